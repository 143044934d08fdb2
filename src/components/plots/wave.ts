/** A waveform as the stylus draws it: in each column of pixels a stroke from the lowest to the highest sample. */
import type { CanvasSize } from './canvas';

export interface Envelope {
  /** The lowest sample of each column. */
  readonly low: Float32Array;
  /** The highest sample of each column. */
  readonly high: Float32Array;
}

/**
 * The lowest and highest sample in each of so many equal stretches. With fewer samples than columns, the columns between
 * two samples repeat the earlier one.
 * @param from, to the part of the samples to draw, from the first index to the one after the last
 */
export function envelope(samples: Float32Array, columns: number, from = 0, to = samples.length): Envelope {
  const low = new Float32Array(columns);
  const high = new Float32Array(columns);
  const step = (to - from) / columns;
  for (let column = 0; column < columns; column++) {
    const begin = from + Math.floor(column * step);
    const end = Math.max(begin + 1, from + Math.floor((column + 1) * step));
    let lowest = samples[begin] ?? 0;
    let highest = lowest;
    for (let n = begin + 1; n < end; n++) {
      const value = samples[n];
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    low[column] = lowest;
    high[column] = highest;
  }
  return { low, high };
}

/** The largest magnitude of an envelope. */
export function peakOf({ low, high }: Envelope): number {
  let peak = 0;
  for (let column = 0; column < low.length; column++) peak = Math.max(peak, -low[column], high[column]);
  return peak;
}

export interface WaveOptions {
  /** The part of the samples to draw, from the first index to the one after the last; without it, all. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The amplitude that fills the height; without it, the loudest sample shown. */
  readonly full?: number | undefined;
}

/** The loudest stroke leaves this share of the height free, so that it does not touch the edge. */
const margin = 0.06;
/** A pause is a line of this thickness, CSS pixels. */
const restingStroke = 0.9;

/** Draws samples over the whole canvas in the canvas's own CSS colour. */
export function drawWave(
  canvas: HTMLCanvasElement,
  { width, height, ratio }: CanvasSize,
  samples: Float32Array,
  { from, to, full }: WaveOptions = {},
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const columns = envelope(samples, width, from, to);
  const scale = ((1 - margin) * height) / 2 / ((full ?? peakOf(columns)) || 1);
  context.clearRect(0, 0, width, height);
  context.fillStyle = getComputedStyle(canvas).color;
  for (let column = 0; column < width; column++) {
    const top = height / 2 - columns.high[column] * scale;
    const bottom = height / 2 - columns.low[column] * scale;
    const stroke = Math.max(restingStroke * ratio, bottom - top);
    context.fillRect(column, (top + bottom - stroke) / 2, 1, stroke);
  }
}
