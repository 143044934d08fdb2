/**
 * The Fourier transform of real samples, of any length n: X[k] = Σ x[t]·exp(−2πi·kt/n) for k from 0 to ⌊n/2⌋; the other
 * bins are their mirror image. An even length is done as a complex transform of half the length, with even samples as
 * real parts and odd samples as imaginary parts (H. V. Sorensen et al., "Real-valued fast Fourier transform
 * algorithms", IEEE Trans. ASSP 35(6), 1987).
 */
import { ParameterError } from '../errors.ts';
import { createComplexFft } from './complex-fft.ts';

export interface Fft {
  /** The number of samples. */
  readonly size: number;
  /** The number of bins, ⌊size/2⌋ + 1. */
  readonly bins: number;
  /** `size` samples of x → `bins` complex numbers, as numpy.fft.rfft. */
  forward(x: Float64Array, re: Float64Array, im: Float64Array): void;
  /**
   * `bins` complex numbers → `size` samples, as numpy.fft.irfft: divided by `size`, so that it undoes `forward`. The
   * imaginary parts of bin 0, and of the last bin where the size is even, are taken as 0.
   */
  inverse(re: Float64Array, im: Float64Array, x: Float64Array): void;
}

/**
 * Tables and buffers for one length, made once; `forward` and `inverse` allocate nothing.
 * @throws ParameterError for a size that is not a whole number >= 1
 */
export function createFft(size: number): Fft {
  if (!Number.isInteger(size) || size < 1) {
    throw new ParameterError('nFft', `A Fourier transform cannot have length ${size}. Choose a whole number >= 1.`);
  }
  return size % 2 === 0 ? evenFft(size) : oddFft(size);
}

function evenFft(size: number): Fft {
  const half = size / 2;
  const complex = createComplexFft(half);
  const z = new Float64Array(size);
  const twiddles = new Float64Array(size);
  for (let k = 0; k < half; k++) {
    twiddles[2 * k] = Math.cos((2 * Math.PI * k) / size);
    twiddles[2 * k + 1] = -Math.sin((2 * Math.PI * k) / size);
  }
  return {
    size,
    bins: half + 1,
    forward(x, re, im) {
      complex.transform(x, z);
      unpack(z, twiddles, re, im);
    },
    inverse(re, im, x) {
      packConjugate(re, im, twiddles, z);
      complex.transform(z, x);
      for (let t = 0; t < size; t += 2) {
        x[t] /= half;
        x[t + 1] /= -half;
      }
    },
  };
}

/**
 * Z = E + iO, where E and O are the transforms of the even and of the odd samples; X[k] = E[k] + exp(−2πik/n)·O[k].
 * Bins k and m = n/2 − k are done together, as E[m] = conj(E[k]) and O[m] = conj(O[k]).
 */
function unpack(z: Float64Array, twiddles: Float64Array, re: Float64Array, im: Float64Array): void {
  const half = z.length / 2;
  re[0] = z[0] + z[1];
  im[0] = 0;
  re[half] = z[0] - z[1];
  im[half] = 0;
  for (let k = 1, m = half - 1; k <= m; k++, m--) {
    const kRe = z[2 * k];
    const kIm = z[2 * k + 1];
    const mRe = z[2 * m];
    const mIm = z[2 * m + 1];
    const wRe = twiddles[2 * k];
    const wIm = twiddles[2 * k + 1];
    const evenRe = 0.5 * (kRe + mRe);
    const evenIm = 0.5 * (kIm - mIm);
    const oddRe = 0.5 * (kIm + mIm);
    const oddIm = 0.5 * (mRe - kRe);
    const turnedRe = oddRe * wRe - oddIm * wIm;
    const turnedIm = oddRe * wIm + oddIm * wRe;
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[m] = evenRe - turnedRe;
    im[m] = turnedIm - evenIm;
  }
}

/** The conjugate of the Z that `unpack` takes apart: its transform is the conjugate of the inverse transform of Z. */
function packConjugate(re: Float64Array, im: Float64Array, twiddles: Float64Array, z: Float64Array): void {
  const half = z.length / 2;
  z[0] = 0.5 * (re[0] + re[half]);
  z[1] = -0.5 * (re[0] - re[half]);
  for (let k = 1, m = half - 1; k < half; k++, m--) {
    const evenRe = 0.5 * (re[k] + re[m]);
    const evenIm = 0.5 * (im[k] - im[m]);
    const turnedRe = 0.5 * (re[k] - re[m]);
    const turnedIm = 0.5 * (im[k] + im[m]);
    const oddRe = turnedRe * twiddles[2 * k] + turnedIm * twiddles[2 * k + 1];
    const oddIm = turnedIm * twiddles[2 * k] - turnedRe * twiddles[2 * k + 1];
    z[2 * k] = evenRe - oddIm;
    z[2 * k + 1] = -evenIm - oddRe;
  }
}

function oddFft(size: number): Fft {
  const bins = (size + 1) / 2;
  const complex = createComplexFft(size);
  const from = new Float64Array(2 * size);
  const to = new Float64Array(2 * size);
  return {
    size,
    bins,
    forward(x, re, im) {
      for (let t = 0; t < size; t++) {
        from[2 * t] = x[t];
        from[2 * t + 1] = 0;
      }
      complex.transform(from, to);
      for (let k = 0; k < bins; k++) {
        re[k] = to[2 * k];
        im[k] = to[2 * k + 1];
      }
      im[0] = 0;
    },
    inverse(re, im, x) {
      // The transform of the conjugate spectrum: bin n − k is the conjugate of bin k, and the samples are real.
      from[0] = re[0];
      from[1] = 0;
      for (let k = 1; k < bins; k++) {
        const m = size - k;
        from[2 * k] = from[2 * m] = re[k];
        from[2 * k + 1] = -im[k];
        from[2 * m + 1] = im[k];
      }
      complex.transform(from, to);
      for (let t = 0; t < size; t++) x[t] = to[2 * t] / size;
    },
  };
}
