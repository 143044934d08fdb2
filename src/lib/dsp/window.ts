/**
 * Windows: the weights that fade a frame of samples in and out before its Fourier transform. All are sums of cosines
 * (F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform", Proc. IEEE 66(1),
 * 1978): w[t] = a0 − a1·cos(2πt/D) + a2·cos(4πt/D). A periodic window has D = N, so that it goes on without a seam when
 * repeated, which suits spectra; a symmetric one has D = N − 1, so that its last weight equals its first.
 */
import { ParameterError } from '../errors.ts';

/** The cosine coefficients a0, a1, a2; hamming and blackman are the usual rounded ones, as in SciPy and tf.signal. */
const COEFFICIENTS = {
  hann: [0.5, 0.5, 0],
  hamming: [0.54, 0.46, 0],
  blackman: [0.42, 0.5, 0.08],
  rectangular: [1, 0, 0],
} as const;

export type WindowName = keyof typeof COEFFICIENTS;

export const windowNames = Object.keys(COEFFICIENTS) as readonly WindowName[];

/**
 * The weights of a window, as scipy.signal.get_window(name, length, fftbins=periodic); a window of one weight is [1].
 * @param length number of weights, >= 1
 * @throws ParameterError for a length that is not a whole number >= 1
 */
export function createWindow(name: WindowName, length: number, periodic: boolean): Float64Array {
  if (!Number.isInteger(length) || length < 1) {
    throw new ParameterError(
      'winLength',
      `A window cannot have ${length} samples. Choose a whole number of 1 or more.`,
    );
  }
  if (length === 1) return Float64Array.of(1);
  const [a0, a1, a2] = COEFFICIENTS[name];
  const turn = (2 * Math.PI) / (periodic ? length : length - 1);
  return Float64Array.from({ length }, (_, t) => a0 - a1 * Math.cos(turn * t) + a2 * Math.cos(2 * turn * t));
}
