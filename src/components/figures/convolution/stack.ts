/** A stack of maps that add up to one. */
import { type Tensor, tensor } from '@/lib/tensor';
import type { TakenApart } from '@/workers/lab/convolution-calls';

/** The maps that are left in the stack, and the bias, added up: [time, frequency, 1]. */
export function sumOfStack({ parts, bias }: TakenApart, out: ReadonlySet<number>): Tensor {
  const [times, frequencies, maps] = parts.shape;
  const kept = Array.from({ length: maps }, (_, map) => map).filter((map) => !out.has(map));
  const sum = tensor([times, frequencies, 1]);
  for (let cell = 0; cell < sum.data.length; cell++) {
    let total = bias;
    for (const map of kept) total += parts.data[cell * maps + map];
    sum.data[cell] = total;
  }
  return sum;
}

/** The input maps from the one that adds most, in magnitude and over all cells, to the one that adds least. */
export function byStrength({ parts }: Pick<TakenApart, 'parts'>): readonly number[] {
  const maps = parts.shape[2];
  const strength = new Float64Array(maps);
  for (let i = 0; i < parts.data.length; i++) strength[i % maps] += Math.abs(parts.data[i]);
  return Array.from(strength.keys()).sort((a, b) => strength[b] - strength[a]);
}
