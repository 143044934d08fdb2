/** Chapter 3: spectrograms of the clip. */
import { frameCount, frameTime, type StftOptions } from '../../lib/dsp/frames.ts';
import { createStft } from '../../lib/dsp/stft.ts';
import type { Bench } from './bench.ts';

/** A clip's spectrogram in decibels, with what is needed to draw it on axes. */
export interface DecibelPicture {
  readonly options: StftOptions;
  /** Hz. */
  readonly sampleRate: number;
  /** Of the clip. */
  readonly samples: number;
  readonly frames: number;
  readonly bins: number;
  /** 20·log10(|X|/largest), [frames, bins]: 0 for the strongest cell, never below `lowest`. */
  readonly decibels: Float32Array;
  /** The largest |X|; 0 for a silent clip, all of whose cells are at `lowest`. */
  readonly largest: number;
  /** The middle of frame 0, seconds. */
  readonly firstTime: number;
  /** How long the transform took. */
  readonly milliseconds: number;
}

/** What counts as nothing, dB below the strongest cell. */
export const lowest = -120;

export function spectrogramCalls(bench: Bench) {
  return {
    /** The spectrogram of the whole clip. */
    spectrogram(options: StftOptions): DecibelPicture {
      const { samples, sampleRate } = bench.clip();
      return decibelPicture(samples, sampleRate, options);
    },
  };
}

/** @throws ParameterError or ShapeError for settings that cannot be, or where no frame fits */
export function decibelPicture(samples: Float32Array, sampleRate: number, options: StftOptions): DecibelPicture {
  const before = performance.now();
  const plan = createStft(options);
  const frames = frameCount(options, samples.length);
  const { bins } = plan;
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  const decibels = new Float32Array(frames * bins);
  let largest = 0;
  for (let i = 0, cell = 0; i < frames; i++) {
    plan.frame(samples, i, re, im);
    for (let k = 0; k < bins; k++, cell++) {
      const power = re[k] * re[k] + im[k] * im[k];
      decibels[cell] = power;
      if (power > largest) largest = power;
    }
  }
  const milliseconds = performance.now() - before;
  for (let cell = 0; cell < decibels.length; cell++) {
    decibels[cell] = largest > 0 ? Math.max(lowest, 10 * Math.log10(decibels[cell] / largest)) : lowest;
  }
  return {
    options,
    sampleRate,
    samples: samples.length,
    frames,
    bins,
    decibels,
    largest: Math.sqrt(largest),
    firstTime: frameTime(options, 0, sampleRate),
    milliseconds,
  };
}
