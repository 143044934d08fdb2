/** The settings of the flattening figure, and the way from a cell to its place in the row. */
import type { Parameters } from '@/lib/parameters';

export interface Place {
  readonly time: number;
  readonly frequency: number;
  readonly channel: number;
}

export interface FlattenLook extends Place {
  readonly laid: number;
}

/** The pooled picture of `keywords`: [time, frequency, channels]. */
export const pooledShape = [14, 14, 64] as const;
export const rowLength = 14 * 14 * 64;

export const flattenSchema: Parameters<FlattenLook> = {
  time: { kind: 'integer', label: 'moment i', help: 'The column of the picture.', min: 0, max: 13, default: 5 },
  frequency: { kind: 'integer', label: 'band j', help: 'Its row, from below.', min: 0, max: 13, default: 8 },
  channel: { kind: 'integer', label: 'channel c', help: 'Which of the 64 maps.', min: 0, max: 63, default: 12 },
  laid: {
    kind: 'integer',
    label: 'laid out',
    help: 'How many numbers are in the row so far.',
    min: 0,
    max: rowLength,
    default: rowLength,
  },
};

/** How many numbers are laid out after so many seconds: one place, then one moment, then all the others. */
export function laidAfter(seconds: number): number {
  const [, frequencies, channels] = pooledShape;
  const column = frequencies * channels;
  const between = (from: number, to: number, share: number) => Math.round(from + (to - from) * Math.min(share, 1));
  if (seconds < 2) return between(0, channels, seconds / 2);
  if (seconds < 4) return between(channels, column, (seconds - 2) / 2);
  return between(column, rowLength, (seconds - 4) / 4);
}
