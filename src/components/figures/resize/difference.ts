/** What a picture has lost, or been given. */
import { type Tensor, tensor } from '@/lib/tensor';

export interface Difference {
  /** after − before, cell by cell. */
  readonly signed: Tensor;
  /** √(Σ (after − before)² / Σ before²); 0 where both are silent. */
  readonly share: number;
}

/** Of two pictures of the same shape. */
export function differenceOf(before: Tensor, after: Tensor): Difference {
  const signed = after.data.map((value, index) => value - before.data[index]);
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  const all = squares(before.data);
  return { signed: tensor(before.shape, signed), share: all > 0 ? Math.sqrt(squares(signed) / all) : 0 };
}
