/**
 * The discrete Fourier transform as its definition has it: bin k of n samples is X[k] = Σ x[t]·exp(−2πi·kt/n). Each sample
 * is a length, turned by an angle that grows from sample to sample, and the sum of all these arrows is the bin. `fft.ts`
 * finds the same numbers in far fewer steps; this file is for looking on, and for counting.
 */
import type { ComplexFft } from './complex-fft.ts';

/** One bin as a walk: term t is an arrow, total t the place after it. The last total is X[k]. */
export interface DftBin {
  /** The terms x[t]·exp(−2πi·kt/n), one a sample. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  /** The sums of the terms from the first to this one. */
  readonly totalReal: Float64Array;
  readonly totalImaginary: Float64Array;
  /** |X[k]| */
  readonly magnitude: number;
}

/**
 * @param samples n samples of a frame, window included
 * @param k turns in the frame: whole numbers are the bins, at k·sampleRate/n Hz; between them lie the other frequencies
 */
export function dftBin(samples: ArrayLike<number>, k: number): DftBin {
  const n = samples.length;
  const [real, imaginary, totalReal, totalImaginary] = Array.from({ length: 4 }, () => new Float64Array(n));
  let re = 0;
  let im = 0;
  for (let t = 0; t < n; t++) {
    const angle = (-2 * Math.PI * ((k * t) % n)) / n;
    real[t] = samples[t] * Math.cos(angle);
    imaginary[t] = samples[t] * Math.sin(angle);
    re += real[t];
    im += imaginary[t];
    totalReal[t] = re;
    totalImaginary[t] = im;
  }
  return { real, imaginary, totalReal, totalImaginary, magnitude: Math.sqrt(re * re + im * im) };
}

/**
 * The n bins of n complex numbers by n² multiplications. It has its table of sines and cosines made beforehand, as the
 * FFT has, so that the two can be timed against each other. size: a whole number >= 1
 */
export function createNaiveDft(size: number): ComplexFft {
  const cosines = Float64Array.from({ length: size }, (_, t) => Math.cos((2 * Math.PI * t) / size));
  const sines = Float64Array.from({ length: size }, (_, t) => -Math.sin((2 * Math.PI * t) / size));
  return {
    transform(from, to) {
      for (let k = 0; k < size; k++) {
        let re = 0;
        let im = 0;
        for (let t = 0, turn = 0; t < size; t++) {
          re += from[2 * t] * cosines[turn] - from[2 * t + 1] * sines[turn];
          im += from[2 * t] * sines[turn] + from[2 * t + 1] * cosines[turn];
          turn += k;
          if (turn >= size) turn -= size;
        }
        to[2 * k] = re;
        to[2 * k + 1] = im;
      }
    },
  };
}
