/** How many of the old cells have a say in the new picture. */
import { axisWeights } from '@/lib/dsp/interpolate';
import type { ResizeConfig } from '@/lib/layers/resize';
import type { Shape } from '@/lib/tensor';

/** The old cells of a picture of [height, width, …] that at least one new cell reads. */
export function countedCells([height, width]: Shape, config: ResizeConfig): number {
  return countedAlong(height, config.height, config) * countedAlong(width, config.width, config);
}

function countedAlong(before: number, after: number, config: ResizeConfig): number {
  const { first, count } = axisWeights(before, after, config);
  const read = new Set<number>();
  for (let o = 0; o < after; o++) for (let j = 0; j < count[o]; j++) read.add(first[o] + j);
  return read.size;
}
