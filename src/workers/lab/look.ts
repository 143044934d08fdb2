/**
 * A spectrogram as fine as the screen shows it, made little by little. Where the clip has more frames or bins than the
 * canvas has pixels, a cell of the look is the strongest of the spectrogram's cells under one pixel: what `paintCells`
 * would show of all of them.
 *
 * The frames come in an order that makes the whole clip visible soon: one of every sixteenth column, then of every
 * eighth, until each column has one, then all the others. Every frame is computed exactly; a draft only has fewer of
 * them. A column that has none yet repeats the one before it. When all frames are in, nothing is approximate.
 */
import { frameCount, frameTime, type StftOptions } from '../../lib/dsp/frames.ts';
import { createStft } from '../../lib/dsp/stft.ts';
import { lowest, toDecibels } from './decibels.ts';
import { cellsOfPixels, type PixelSize } from './pixels.ts';
import type { DecibelPicture } from './spectrogram-calls.ts';

/** `frames` and `bins` are the spectrogram's own; `decibels` has the cells of the look. */
export interface LookPicture extends Omit<DecibelPicture, 'milliseconds'> {
  readonly columns: number;
  readonly rows: number;
  /** 20·log10(|X|/largest), [columns, rows], `largest` being that of the frames so far. */
  readonly decibels: Float32Array;
  /** The share of the frames that are in it; below 1 it is a draft. */
  readonly share: number;
}

export interface Look {
  /** Computes frames, at least one, for so many milliseconds or until all are in. */
  work(milliseconds: number): void;
  picture(): LookPicture;
}

/** The columns between two frames of the first round. */
const firstStride = 16;

/** @throws ParameterError or ShapeError for settings that cannot be, or where no frame fits */
export function createLook(samples: Float32Array, sampleRate: number, options: StftOptions, size: PixelSize): Look {
  const plan = createStft(options);
  const { bins } = plan;
  const frames = frameCount(options, samples.length);
  const columns = Math.min(frames, size.width);
  const rows = Math.min(bins, size.height);
  const { first: firstFrame, end: endFrame } = cellsOfPixels(frames, columns);
  const { first: firstBin, end: endBin } = cellsOfPixels(bins, rows);
  const order = framesInOrder(firstFrame, endFrame);
  const powers = new Float32Array(columns * rows);
  const known = new Uint8Array(columns);
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  let done = 0;

  const add = (frame: number, column: number) => {
    plan.frame(samples, frame, re, im);
    for (let row = 0, cell = column * rows; row < rows; row++, cell++) {
      let strongest = powers[cell];
      for (let k = firstBin[row]; k < endBin[row]; k++) {
        const power = re[k] * re[k] + im[k] * im[k];
        if (power > strongest) strongest = power;
      }
      powers[cell] = strongest;
    }
    known[column] = 1;
  };

  return {
    work(milliseconds) {
      const end = performance.now() + milliseconds;
      while (done < order.frames.length) {
        add(order.frames[done], order.columns[done]);
        done++;
        if (performance.now() >= end) return;
      }
    },
    picture() {
      const decibels = powers.slice();
      for (let column = 1; column < columns; column++) {
        if (!known[column]) decibels.copyWithin(column * rows, (column - 1) * rows, column * rows);
      }
      let largest = 0;
      for (const power of powers) if (power > largest) largest = power;
      if (largest > 0) toDecibels(decibels, largest, lowest);
      else decibels.fill(lowest);
      return {
        options,
        sampleRate,
        samples: samples.length,
        frames,
        bins,
        columns,
        rows,
        decibels,
        largest: Math.sqrt(largest),
        firstTime: frameTime(options, 0, sampleRate),
        share: done / frames,
      };
    },
  };
}

/** All frames, each with its column: first the middle ones of the columns, in ever narrower strides. */
function framesInOrder(first: Int32Array, end: Int32Array): { frames: Int32Array; columns: Int32Array } {
  const count = end[end.length - 1];
  const frames = new Int32Array(count);
  const columns = new Int32Array(count);
  let at = 0;
  const put = (frame: number, column: number) => {
    frames[at] = frame;
    columns[at] = column;
    at++;
  };
  const middle = (column: number) => (first[column] + end[column]) >> 1;
  for (let stride = firstStride; stride >= 1; stride /= 2) {
    for (let column = 0; column < first.length; column += stride) {
      if (stride === firstStride || column % (2 * stride) !== 0) put(middle(column), column);
    }
  }
  for (let column = 0; column < first.length; column++) {
    for (let frame = first[column]; frame < end[column]; frame++) if (frame !== middle(column)) put(frame, column);
  }
  return { frames, columns };
}
