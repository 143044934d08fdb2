/**
 * A picture's cells: one plane of a tensor, seen as time × frequency. Tensors are [time, frequency] or [time,
 * frequency, channel]; pictures have time to the right and frequency up.
 */
import type { Tensor } from '@/lib/tensor';

export interface Cells {
  readonly data: ArrayLike<number>;
  /** Columns of the picture. */
  readonly times: number;
  /** Rows of the picture. */
  readonly frequencies: number;
  /** Where in the data the cell of time 0, frequency 0 lies, and how far it is to the next time and frequency. */
  readonly offset: number;
  readonly timeStride: number;
  readonly frequencyStride: number;
}

/** One channel of a tensor of [time, frequency] or [time, frequency, channel]. */
export function planeOf({ shape, data }: Tensor, channel = 0): Cells {
  const [times, frequencies, channels = 1] = shape;
  return {
    data,
    times,
    frequencies,
    offset: channel,
    timeStride: frequencies * channels,
    frequencyStride: channels,
  };
}

/** A list of numbers as a block of so many columns, filled row by row from the top left, as one reads. */
export function blockOf(data: ArrayLike<number>, columns: number): Cells {
  const rows = Math.ceil(data.length / columns);
  return {
    data,
    times: columns,
    frequencies: rows,
    offset: (rows - 1) * columns,
    timeStride: 1,
    frequencyStride: -columns,
  };
}

export function valueAt(cells: Cells, time: number, frequency: number): number {
  return cells.data[cells.offset + time * cells.timeStride + frequency * cells.frequencyStride];
}

export interface Extent {
  readonly min: number;
  readonly max: number;
}

/** The least and the greatest value; both NaN where there is none. */
export function extentOf(data: ArrayLike<number>): Extent {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < min) min = data[i];
    if (data[i] > max) max = data[i];
  }
  return min <= max ? { min, max } : { min: Number.NaN, max: Number.NaN };
}

/**
 * The magnitude below which the given share of the cells that are not zero lies; 0 where all are zero. Maps are shown
 * in full colour from here on, lest one outstanding cell make all others pale.
 */
export function magnitudeQuantile(data: ArrayLike<number>, share: number): number {
  const magnitudes = Float32Array.from(data, Math.abs)
    .filter((value) => value > 0)
    .sort();
  return magnitudes[Math.floor(share * (magnitudes.length - 1))] ?? 0;
}

/** The index of the largest value; the first of equals. */
export function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index;
  return best;
}
