/**
 * Which cells of a picture share their statistics: all of a clip, or those of one frequency bin. The first axis of an
 * example is time, so a bin is all cells that differ only there.
 */
import type { Parameters } from '../parameters.ts';
import { type Cell, type Shape, sizeOf } from '../tensor.ts';
import { type Region, single, whole } from './region.ts';

/**
 * fitted: over the training set, stored with the model. per-clip: over all cells of the clip at hand. per-bin: over the
 * frames of the clip at hand, for each bin by itself.
 */
export type Statistics = 'fitted' | 'per-clip' | 'per-bin';

/** The places in the data of an example of cells that share their statistics: first, first + stride, … */
export interface Group {
  readonly first: number;
  readonly stride: number;
  readonly count: number;
}

/** The groups of an example of this shape; together they hold each cell once. */
export function groupsOf(statistics: Statistics, shape: Shape): Group[] {
  const count = sizeOf(shape);
  if (statistics !== 'per-bin') return [{ first: 0, stride: 1, count }];
  const bins = sizeOf(shape.slice(1));
  return Array.from({ length: bins }, (_, first) => ({ first, stride: bins, count: shape[0] ?? 1 }));
}

/** The group that a cell belongs to. */
export function groupOf(statistics: Statistics, shape: Shape, cell: Cell): Group {
  const groups = groupsOf(statistics, shape);
  if (groups.length === 1) return groups[0];
  return groups[cell.slice(1).reduce((place, index, axis) => place * shape[axis + 1] + index, 0)];
}

/** The values of a group; where it is all of the data, the data itself. */
export function valuesOf(data: Float32Array, { first, stride, count }: Group): Float32Array {
  if (stride === 1 && count === data.length) return data;
  const values = new Float32Array(count);
  for (let t = 0; t < count; t++) values[t] = data[first + t * stride];
  return values;
}

/** The cells that a cell's output depends on. */
export function fieldOfStatistics(statistics: Statistics, cell: Cell, input: Shape): Region {
  if (statistics === 'fitted') return single(cell);
  if (statistics === 'per-clip') return whole(input);
  return single(cell).with(0, { start: 0, end: input[0] });
}

/** The setting, of a layer that takes these numbers: "mean and variance". */
export function statisticsParameter(
  numbers: string,
  fallback: Statistics,
): Parameters<{ readonly statistics: Statistics }>['statistics'] {
  return {
    kind: 'choice',
    label: 'statistics',
    help: `Whether ${numbers} are those of the whole training set, of each clip by itself, or of each frequency bin over the clip's frames.`,
    choices: ['fitted', 'per-clip', 'per-bin'],
    default: fallback,
  };
}
