/**
 * The short-time Fourier transform: X[i, k] = Σ w[t]·x[s + t]·exp(−2πi·k(o + t)/nFft), where frame i's window starts at
 * sample s of the clip and lies at place o of the FFT (`frames.ts`). Frames are rows, bins are columns: [time,
 * frequency].
 */
import { ParameterError } from '../errors.ts';
import { createFft } from './fft.ts';
import {
  binCount,
  checkStftOptions,
  frameCount,
  type StftOptions,
  sampleAt,
  windowOffset,
  windowStart,
} from './frames.ts';
import { createWindow } from './window.ts';

/** A clip's complex spectra, [frames, bins] each, row by row. */
export interface ComplexSpectrogram {
  readonly frames: number;
  readonly bins: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Window, tables and buffers for one set of options, made once for many clips. */
export interface Stft {
  readonly options: StftOptions;
  readonly bins: number;
  /** The window's weights, scaling included: what each sample is multiplied by. */
  readonly weights: Float64Array;
  /** The spectrum of frame i of a clip: `bins` complex numbers. Allocates nothing. */
  frame(samples: Float32Array, i: number, re: Float64Array, im: Float64Array): void;
  /**
   * The transpose of `frame`: given the gradients of a number with respect to the real and imaginary parts of frame i's
   * spectrum, adds its gradients with respect to the samples. Overwrites re and im.
   */
  addFrameGradient(re: Float64Array, im: Float64Array, i: number, gradient: Float64Array): void;
}

/** @throws ParameterError for settings that exclude each other, or a window of zeros that is to be scaled by its sum */
export function createStft(options: StftOptions): Stft {
  checkStftOptions(options);
  const { nFft, winLength, hopLength } = options;
  const fft = createFft(nFft);
  const weights = scaledWindow(options);
  const offset = windowOffset(options);
  const firstStart = windowStart(options, 0);
  // Zero outside the window, which is all that `frame` writes.
  const windowed = new Float64Array(nFft);
  const adjoint = new Float64Array(nFft);
  return {
    options,
    bins: binCount(options),
    weights,
    frame(samples, i, re, im) {
      const start = firstStart + i * hopLength;
      if (start >= 0 && start + winLength <= samples.length) {
        multiply(weights, samples, start, windowed, offset);
      } else {
        for (let t = 0; t < winLength; t++) {
          const source = sampleAt(options, start + t, samples.length);
          windowed[offset + t] = source < 0 ? 0 : weights[t] * samples[source];
        }
      }
      fft.forward(windowed, re, im);
    },
    addFrameGradient(re, im, i, gradient) {
      // Every bin but the first, and the last of an even FFT, counts twice in the inverse transform.
      for (let k = 0; k < fft.bins; k++) {
        const scale = k === 0 || 2 * k === nFft ? nFft : nFft / 2;
        re[k] *= scale;
        im[k] *= scale;
      }
      fft.inverse(re, im, adjoint);
      const start = firstStart + i * hopLength;
      for (let t = 0; t < winLength; t++) {
        const source = sampleAt(options, start + t, gradient.length);
        if (source >= 0) gradient[source] += weights[t] * adjoint[offset + t];
      }
    },
  };
}

/**
 * The complex spectra of a clip.
 * @throws ParameterError for settings that exclude each other; ShapeError where no frame fits
 */
export function stft(samples: Float32Array, options: StftOptions): ComplexSpectrogram {
  const plan = createStft(options);
  const { bins } = plan;
  const frames = frameCount(options, samples.length);
  const real = new Float64Array(frames * bins);
  const imaginary = new Float64Array(frames * bins);
  for (let i = 0; i < frames; i++) {
    const row = [i * bins, (i + 1) * bins] as const;
    plan.frame(samples, i, real.subarray(...row), imaginary.subarray(...row));
  }
  return { frames, bins, real, imaginary };
}

/** product[offset + t] = weights[t]·samples[start + t] */
function multiply(weights: Float64Array, samples: Float32Array, start: number, product: Float64Array, offset: number) {
  const count = weights.length;
  for (let t = 0; t < count; t++) product[offset + t] = weights[t] * samples[start + t];
}

/** What is left of a window of zeros by rounding lies below this, what real windows have far above. */
const LEAST_DIVISOR = 1e-9;

function scaledWindow({ window, winLength, periodic, scaling, nFft }: StftOptions): Float64Array {
  const weights = createWindow(window, winLength, periodic);
  const divisor = {
    none: 1,
    'window-sum': weights.reduce((sum, w) => sum + w, 0),
    'window-energy': Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)),
    'frame-length': Math.sqrt(nFft),
  }[scaling];
  if (divisor < LEAST_DIVISOR) {
    throw new ParameterError(
      'scaling',
      `The ${window} window of ${winLength} samples is zero throughout, so nothing can be divided by its ${scaling === 'window-sum' ? 'sum' : 'energy'}. Choose a longer window.`,
    );
  }
  return weights.map((w) => w / divisor);
}
