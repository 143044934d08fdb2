/** Rows of log-mel through their first cosines, and back from these alone. */
import { dctBasis } from '../../lib/dsp/dct.ts';

/**
 * The first coefficients of each row, and the rows that these alone make: as the cosines are unit vectors at right angles
 * ('ortho'), the way back is the same table the other way round. As `dct` and `inverseDct`, with one table for all rows.
 * @param values [rows, bands]
 * @returns mfcc [rows, nMfcc] and smoothed [rows, bands]
 * @throws ParameterError for more coefficients than bands
 */
export function throughCosines(
  values: Float32Array,
  bands: number,
  nMfcc: number,
): { readonly mfcc: Float32Array; readonly smoothed: Float32Array } {
  const basis = dctBasis(bands, nMfcc, 'ortho');
  const mfcc = new Float32Array((values.length / bands) * nMfcc);
  const smoothed = new Float32Array(values.length);
  const row = new Float64Array(bands);
  for (let first = 0, cell = 0; first < values.length; first += bands) {
    row.fill(0);
    for (let k = 0; k < nMfcc; k++, cell++) {
      let sum = 0;
      for (let b = 0; b < bands; b++) sum += basis[k * bands + b] * values[first + b];
      for (let b = 0; b < bands; b++) row[b] += basis[k * bands + b] * sum;
      mfcc[cell] = sum;
    }
    smoothed.set(row, first);
  }
  return { mfcc, smoothed };
}
