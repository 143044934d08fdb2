/**
 * The discrete cosine transform: how much of each cosine there is in a row of N numbers,
 *
 *   y[k] = s[k]·Σ x[n]·cos(πk(2n + 1)/(2N)),
 *
 * type II as in scipy.fft.dct (https://docs.scipy.org/doc/scipy/reference/generated/scipy.fft.dct.html). Without norm,
 * s[k] = 2; with 'ortho', s[0] = √(1/N) and the others √(2/N), so that the cosines are unit vectors at right angles to
 * each other. Of a row of log-mel energies, the first few y are the mel-frequency cepstral coefficients (MFCC): its rough
 * shape.
 */
import { ParameterError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';

export type DctNorm = 'ortho' | 'none';

export interface DctOptions {
  /** How many coefficients are kept, from the first on. */
  readonly nMfcc: number;
  readonly norm: DctNorm;
}

export const dctParameters: Parameters<DctOptions> = {
  nMfcc: {
    kind: 'integer',
    label: 'coefficients',
    help: 'How many cosines are kept, from the flattest on: at most as many as there are mel bands.',
    min: 1,
    max: 512,
    default: 13,
  },
  norm: {
    kind: 'choice',
    label: 'norm',
    help: 'ortho: every cosine has length 1. none: every cosine is 2 high.',
    choices: ['ortho', 'none'],
    default: 'ortho',
  },
};

/**
 * The first `count` basis vectors as a matrix of [count, length], row by row: y[k] = Σ basis[k·length + n]·x[n].
 * @throws ParameterError for more vectors than numbers
 */
export function dctBasis(length: number, count: number, norm: DctNorm): Float64Array {
  if (!Number.isInteger(count) || count < 1 || count > length) {
    throw new ParameterError(
      'nMfcc',
      `A row of ${length} numbers cannot have ${count} cosine coefficients. Choose from 1 to ${length}.`,
    );
  }
  // cos(πj/(2N)) repeats after 4N steps, so that its angles stay exact however large k(2n + 1) is.
  const cosines = Float64Array.from({ length: 4 * length }, (_, j) => Math.cos((Math.PI * j) / (2 * length)));
  const basis = new Float64Array(count * length);
  for (let k = 0; k < count; k++) {
    const scale = norm === 'none' ? 2 : Math.sqrt((k === 0 ? 1 : 2) / length);
    for (let n = 0; n < length; n++) basis[k * length + n] = scale * cosines[(k * (2 * n + 1)) % (4 * length)];
  }
  return basis;
}

/**
 * The first `count` coefficients of the values, all of them if no count is given.
 * @throws ParameterError for more coefficients than values
 */
export function dct(values: ArrayLike<number>, norm: DctNorm, count: number = values.length): Float64Array {
  const { length } = values;
  const basis = dctBasis(length, count, norm);
  return Float64Array.from({ length: count }, (_, k) => {
    let sum = 0;
    for (let n = 0; n < length; n++) sum += basis[k * length + n] * values[n];
    return sum;
  });
}

/**
 * The `length` values that have these coefficients, and 0 for those that are not given: type III, scaled so that it undoes
 * `dct` of the same norm.
 * @throws ParameterError for more coefficients than values
 */
export function inverseDct(coefficients: ArrayLike<number>, length: number, norm: DctNorm): Float64Array {
  const count = coefficients.length;
  const basis = dctBasis(length, count, norm);
  const values = new Float64Array(length);
  for (let k = 0; k < count; k++) {
    // Without norm a basis vector has the squared length 2N, the flat one 4N.
    const share = norm === 'ortho' ? coefficients[k] : coefficients[k] / ((k === 0 ? 4 : 2) * length);
    for (let n = 0; n < length; n++) values[n] += share * basis[k * length + n];
  }
  return values;
}
