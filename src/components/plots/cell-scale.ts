/**
 * Where values lie along a picture of cells. A column of a spectrogram is centred on its frame's middle, a row on its
 * bin's frequency: bin k on k·sampleRate/nFft. So the picture reaches half a cell beyond the first and the last centre,
 * and 0 Hz lies half a bin above its lower edge.
 */
import { frameTime, type StftOptions } from '../../lib/dsp/frames.ts';

export interface CellScale {
  readonly count: number;
  /** The value at the centre of cell 0: seconds or hertz. */
  readonly first: number;
  /** From one centre to the next. */
  readonly step: number;
}

/** The bins of a spectrum: cell k is centred on k·sampleRate/nFft hertz. */
export function binScale(bins: number, nFft: number, sampleRate: number): CellScale {
  return { count: bins, first: 0, step: sampleRate / nFft };
}

/** The frames of a spectrogram: column i is centred on the middle of frame i's window. */
export function frameScale(frames: number, options: StftOptions, sampleRate: number): CellScale {
  return { count: frames, first: frameTime(options, 0, sampleRate), step: options.hopLength / sampleRate };
}

/** The place of a value: 0 at the picture's beginning (left or bottom), 1 at its end. */
export function placeOf({ count, first, step }: CellScale, value: number): number {
  return ((value - first) / step + 0.5) / count;
}

/** The value at a place from 0 to 1: the inverse of `placeOf`. */
export function valueAtPlace({ count, first, step }: CellScale, place: number): number {
  return first + (place * count - 0.5) * step;
}

/** The cell at a place from 0 to 1; the first or last one beyond the ends. */
export function cellAtPlace({ count }: CellScale, place: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(place * count)));
}

/** The values at the two edges of the picture. */
export function edgesOf(scale: CellScale): readonly [number, number] {
  return [valueAtPlace(scale, 0), valueAtPlace(scale, 1)];
}

/** The scale of a picture made smaller or larger by cells of equal size (half-pixel centres), such as 124 → 32. */
export function resizedScale({ count, first, step }: CellScale, cells: number): CellScale {
  const wider = (step * count) / cells;
  return { count: cells, first: first - step / 2 + wider / 2, step: wider };
}
