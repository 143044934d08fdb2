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
  const packedRe = new Float64Array(half);
  const packedIm = new Float64Array(half);
  const zRe = new Float64Array(half);
  const zIm = new Float64Array(half);
  const cosine = Float64Array.from({ length: half + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sine = Float64Array.from({ length: half + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  return {
    size,
    bins: half + 1,
    forward(x, re, im) {
      for (let t = 0; t < half; t++) {
        packedRe[t] = x[2 * t];
        packedIm[t] = x[2 * t + 1];
      }
      complex.transform(packedRe, packedIm, zRe, zIm);
      re[0] = zRe[0] + zIm[0];
      im[0] = 0;
      re[half] = zRe[0] - zIm[0];
      im[half] = 0;
      // Z = E + iO, where E and O are the transforms of the even and the odd samples: X[k] = E[k] + exp(−2πik/n)·O[k].
      for (let k = 1, m = half - 1; k <= m; k++, m--) {
        const evenRe = 0.5 * (zRe[k] + zRe[m]);
        const evenIm = 0.5 * (zIm[k] - zIm[m]);
        const oddRe = 0.5 * (zIm[k] + zIm[m]);
        const oddIm = 0.5 * (zRe[m] - zRe[k]);
        const turnedRe = oddRe * cosine[k] + oddIm * sine[k];
        const turnedIm = oddIm * cosine[k] - oddRe * sine[k];
        re[k] = evenRe + turnedRe;
        im[k] = evenIm + turnedIm;
        re[m] = evenRe - turnedRe;
        im[m] = turnedIm - evenIm;
      }
    },
    inverse(re, im, x) {
      zRe[0] = 0.5 * (re[0] + re[half]);
      zIm[0] = 0.5 * (re[0] - re[half]);
      for (let k = 1, m = half - 1; k < half; k++, m--) {
        const evenRe = 0.5 * (re[k] + re[m]);
        const evenIm = 0.5 * (im[k] - im[m]);
        const turnedRe = 0.5 * (re[k] - re[m]);
        const turnedIm = 0.5 * (im[k] + im[m]);
        zRe[k] = evenRe - (turnedIm * cosine[k] + turnedRe * sine[k]);
        zIm[k] = evenIm + (turnedRe * cosine[k] - turnedIm * sine[k]);
      }
      complex.transform(zIm, zRe, packedIm, packedRe);
      for (let t = 0; t < half; t++) {
        x[2 * t] = packedRe[t] / half;
        x[2 * t + 1] = packedIm[t] / half;
      }
    },
  };
}

function oddFft(size: number): Fft {
  const bins = (size + 1) / 2;
  const complex = createComplexFft(size);
  const zeros = new Float64Array(size);
  const fullRe = new Float64Array(size);
  const fullIm = new Float64Array(size);
  const outRe = new Float64Array(size);
  const outIm = new Float64Array(size);
  return {
    size,
    bins,
    forward(x, re, im) {
      complex.transform(x, zeros, outRe, outIm);
      for (let k = 0; k < bins; k++) {
        re[k] = outRe[k];
        im[k] = outIm[k];
      }
      im[0] = 0;
    },
    inverse(re, im, x) {
      fullRe[0] = re[0];
      fullIm[0] = 0;
      for (let k = 1; k < bins; k++) {
        fullRe[k] = fullRe[size - k] = re[k];
        fullIm[k] = im[k];
        fullIm[size - k] = -im[k];
      }
      complex.transform(fullIm, fullRe, outIm, outRe);
      for (let t = 0; t < size; t++) x[t] = outRe[t] / size;
    },
  };
}
