import { markOfRegion } from '@/components/plots/marks';
import { type Region, single } from '@/lib/layers/region';
import type { Cell, Shape } from '@/lib/tensor';

interface Props {
  /** A box of cells, or one cell, in a picture of `shape`. */
  readonly of: Region | Cell;
  readonly shape: Shape;
  /** `window`: what is read; `cell`: the one cell that is made; `term`: the term that is pointed at; `winner`. */
  readonly kind: 'window' | 'cell' | 'term' | 'winner';
}

/** A frame around cells of a picture. */
export function Box({ of, shape, kind }: Props) {
  const region = typeof of[0] === 'number' ? single(of as Cell) : (of as Region);
  const { left, top, right, bottom } = markOfRegion(region, shape);
  return (
    <span
      class={`box box-${kind}`}
      style={{
        left: `${100 * left}%`,
        top: `${100 * top}%`,
        width: `${100 * (right - left)}%`,
        height: `${100 * (bottom - top)}%`,
      }}
    />
  );
}
