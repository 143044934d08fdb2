/**
 * Spectral gate: cells of the short-time Fourier transform that are no louder than a sample of noise are turned down. The
 * method is that of noisereduce in its versions 1 and 2, for stationary noise
 * (https://github.com/timsainb/noisereduce, `reduce_noise` with a noise clip), after Audacity's noise reduction:
 *
 * 1. threshold[k] = mean + nStdThresh · standard deviation of bin k of the noise, over its frames, in dB;
 * 2. mask[i, k] = 1 where cell [i, k] of the clip lies below threshold[k], 0 elsewhere;
 * 3. the mask is blurred by a triangle over time and one over frequency, with zeros beyond its edges;
 * 4. gain[i, k] = 1 − propDecrease · mask[i, k]; the cells keep their phases, are multiplied by it and transformed back.
 *
 * Decibels are those of amplitudes, and none lies further than topDb below the loudest of the same clip. Where noise is
 * fainter than that floor of the clip, the gate is open.
 */
import { ParameterError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { createFft } from './fft.ts';
import {
  checkStftOptions,
  frameCount,
  type StftOptions,
  sampleAt,
  stftParameters,
  windowOffset,
  windowStart,
} from './frames.ts';
import { istft, windowCoverage } from './istft.ts';
import { momentsOf } from './moments.ts';
import { presetOptions } from './presets.ts';
import { amplitudeToDb, magnitude } from './scale.ts';
import { type ComplexSpectrogram, createStft, stft } from './stft.ts';

export interface DenoiseOptions {
  readonly nFft: number;
  readonly winLength: number;
  readonly hopLength: number;
  /** What centred frames find beyond the clip. librosa pads with zeros; up to its version 0.8 it mirrored the clip. */
  readonly padMode: 'constant' | 'reflect';
  readonly nStdThresh: number;
  readonly nGradFreq: number;
  readonly nGradTime: number;
  readonly propDecrease: number;
  readonly topDb: number;
}

const { winLength, hopLength, nFft } = stftParameters;

/** The defaults are noisereduce's. */
export const denoiseParameters: Parameters<DenoiseOptions> = {
  nFft: { ...nFft, default: 2048 },
  winLength: { ...winLength, min: 2, default: 2048 },
  hopLength: { ...hopLength, default: 512 },
  padMode: {
    kind: 'choice',
    label: 'padding',
    help: 'What the frames at both ends find beyond the clip: zeros, or its mirror image.',
    choices: ['constant', 'reflect'],
    default: 'constant',
  },
  nStdThresh: {
    kind: 'number',
    label: 'threshold',
    help: 'How many standard deviations of the noise a cell must lie above the mean of the noise to be let through.',
    min: 0,
    max: 20,
    default: 1.5,
  },
  nGradFreq: {
    kind: 'integer',
    label: 'blur over frequency',
    help: 'How many bins the edge of what is let through fades over.',
    unit: 'bins',
    min: 0,
    max: 256,
    default: 2,
  },
  nGradTime: {
    kind: 'integer',
    label: 'blur over time',
    help: 'How many frames the edge of what is let through fades over.',
    unit: 'frames',
    min: 0,
    max: 256,
    default: 4,
  },
  propDecrease: {
    kind: 'number',
    label: 'reduction',
    help: 'How much of the noise is taken away: 1 is all of it, 0 is none.',
    min: 0,
    max: 1,
    default: 1,
  },
  topDb: {
    kind: 'number',
    label: 'range',
    help: 'How far below the loudest cell the floor of the decibels lies.',
    unit: 'dB',
    min: 0,
    max: 1000,
    default: 80,
  },
};

/** What the gate found in a clip, cells as [frames, bins]. */
export interface Gate {
  /** Of the clip, one hop of zeros longer, so that no frame at its end is lost. */
  readonly spectra: ComplexSpectrogram;
  readonly decibels: Float32Array;
  /** For each bin the level in dB below which it counts as noise. */
  readonly thresholds: Float64Array;
  /** What each cell is multiplied by, from 1 − propDecrease to 1. */
  readonly gains: Float32Array;
}

/** The short-time Fourier transform that the gate works on: librosa's. */
export function gateStft({ nFft, winLength, hopLength, padMode }: DenoiseOptions): StftOptions {
  return { ...presetOptions('librosa', { nFft, winLength, hopLength }), padMode };
}

/** @throws ParameterError for a window longer than the FFT, or a hop that leaves samples in hardly any window */
export function checkDenoiseOptions(options: DenoiseOptions): void {
  checkStftOptions(gateStft(options));
  if (options.hopLength > options.winLength / 2) {
    throw new ParameterError(
      'hopLength',
      `The hop length of ${options.hopLength} samples is more than half of the window of ${options.winLength}, so that the clip could not be put together again. Choose a shorter hop.`,
    );
  }
}

/** The number of frames of a clip of so many samples. Throws ShapeError where it is too short to be padded. */
export function gateFrames(options: DenoiseOptions, samples: number): number {
  return frameCount(gateStft(options), samples + options.hopLength);
}

/**
 * Thresholds from a sample of noise, and what they let through of a clip.
 * @throws ParameterError as `checkDenoiseOptions`; ShapeError for a clip or noise too short to be padded
 */
export function spectralGate(samples: Float32Array, noise: Float32Array, options: DenoiseOptions): Gate {
  checkDenoiseOptions(options);
  const transform = gateStft(options);
  const longer = new Float32Array(samples.length + options.hopLength);
  longer.set(samples);
  const spectra = stft(longer, transform);
  const { frames, bins } = spectra;
  const decibels = levels(spectra, options);
  const thresholds = thresholdsOf(stft(noise, transform), options);
  const mask = new Float64Array(frames * bins);
  for (let cell = 0; cell < mask.length; cell++) mask[cell] = decibels[cell] < thresholds[cell % bins] ? 1 : 0;
  const blurred = blur(mask, frames, bins, options);
  const gains = Float32Array.from(blurred, (share) => 1 - share * options.propDecrease);
  return { spectra, decibels, thresholds, gains };
}

/** The clip, of so many samples, that the gate lets through. */
export function throughGate({ spectra, gains }: Gate, length: number, options: DenoiseOptions): Float32Array {
  const real = spectra.real.map((value, cell) => value * gains[cell]);
  const imaginary = spectra.imaginary.map((value, cell) => value * gains[cell]);
  return istft({ ...spectra, real, imaginary }, gateStft(options), { length }).samples;
}

/**
 * The clip without its noise.
 * @throws ParameterError as `checkDenoiseOptions`; ShapeError for a clip or noise too short to be padded
 */
export function denoise(samples: Float32Array, noise: Float32Array, options: DenoiseOptions): Float32Array {
  return throughGate(spectralGate(samples, noise, options), samples.length, options);
}

/**
 * With these gains held fast, the clip let through is a weighted sum of the samples of the clip. This is the transpose:
 * given weights for the samples let through, those for the samples of the clip. So from the gradient of a number with
 * respect to the one it gives that with respect to the other, and from a 1 at one sample the weights that make it up.
 */
export function transposedGate(dy: Float32Array, gains: Float32Array, options: DenoiseOptions): Float64Array {
  const transform = gateStft(options);
  const length = dy.length;
  const frames = gateFrames(options, length);
  const { weights, bins, frame } = createStft({ ...transform, padMode: 'constant' });
  const fft = createFft(options.nFft);
  const coverage = windowCoverage(transform, weights, frames, length);
  const shares = dy.map((value, n) => value / coverage[n]);
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  const back = new Float64Array(options.nFft);
  const offset = windowOffset(transform);
  const dx = new Float64Array(length);
  for (let i = 0; i < frames; i++) {
    frame(shares, i, re, im);
    for (let k = 0; k < bins; k++) {
      re[k] *= gains[i * bins + k];
      im[k] *= gains[i * bins + k];
    }
    fft.inverse(re, im, back);
    const start = windowStart(transform, i);
    for (let t = 0; t < weights.length; t++) {
      const source = sampleAt(transform, start + t, length + options.hopLength);
      if (source >= 0 && source < length) dx[source] += weights[t] * back[offset + t];
    }
  }
  return dx;
}

function levels(spectra: ComplexSpectrogram, { topDb }: DenoiseOptions): Float32Array {
  return amplitudeToDb(magnitude(spectra), { ref: 1, amin: 1e-20, topDb });
}

function thresholdsOf(noise: ComplexSpectrogram, options: DenoiseOptions): Float64Array {
  const { frames, bins } = noise;
  const decibels = levels(noise, options);
  const bin = new Float32Array(frames);
  return new Float64Array(bins).map((_, k) => {
    for (let i = 0; i < frames; i++) bin[i] = decibels[i * bins + k];
    const { mean, variance } = momentsOf(bin);
    return mean + options.nStdThresh * Math.sqrt(variance);
  });
}

/**
 * Each cell becomes the mean of its neighbours, weighted by a triangle over time and one over frequency. The sums are of
 * whole numbers, so that a cell with nothing but masked cells around it is masked exactly.
 */
function blur(
  mask: Float64Array,
  frames: number,
  bins: number,
  { nGradTime, nGradFreq }: DenoiseOptions,
): Float64Array {
  const overTime = triangle(nGradTime);
  const overFrequency = triangle(nGradFreq);
  const rows = new Float64Array(mask.length);
  for (let i = 0; i < frames; i++) {
    for (let from = Math.max(0, i - nGradTime); from <= Math.min(frames - 1, i + nGradTime); from++) {
      const weight = overTime[from - i + nGradTime];
      for (let k = 0; k < bins; k++) rows[i * bins + k] += weight * mask[from * bins + k];
    }
  }
  const cells = new Float64Array(mask.length);
  for (let i = 0; i < frames; i++) {
    for (let k = 0; k < bins; k++) {
      for (let from = Math.max(0, k - nGradFreq); from <= Math.min(bins - 1, k + nGradFreq); from++) {
        cells[i * bins + k] += overFrequency[from - k + nGradFreq] * rows[i * bins + from];
      }
    }
  }
  const sum = ((nGradTime + 1) * (nGradFreq + 1)) ** 2;
  return cells.map((value) => value / sum);
}

/** 2·reach + 1 weights that rise by 1 from 1 to the middle and fall again; their sum is (reach + 1)². */
function triangle(reach: number): Float64Array {
  return new Float64Array(2 * reach + 1).map((_, d) => reach + 1 - Math.abs(d - reach));
}
