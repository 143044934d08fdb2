/**
 * From mel energies back to a spectrum. Many spectra have the same mel energies; this finds one without negative numbers,
 * as librosa.feature.inverse.mel_to_stft does, so that what the filters throw away can be heard. It starts from each
 * filter's energy spread over its bins and then corrects bin by bin, by the ratio of the energies wanted to those had:
 *
 *   s[k] ← s[k]·Σ_m w[m, k]·(mel[m]/Σ_j w[m, j]·s[j]) / Σ_m w[m, k]
 *
 * (W. H. Richardson, 1972; D. D. Lee and H. S. Seung, "Algorithms for non-negative matrix factorization", 2001, the update
 * for the divergence). Errors count by their ratio, so that quiet bands become right too; least squares, which librosa
 * takes, favours loud ones.
 */
import { ParameterError, ShapeError } from '../errors.ts';
import type { MelFilterbank } from './mel.ts';

/**
 * A spectrum for every frame of mel energies. Bins that no filter reads become 0; negative energies count as 0.
 * @param mel [frames, nMels], row by row, of the powers or the magnitudes of a spectrum
 * @param rounds how often the spectrum is corrected, >= 0. After 30, the energies of speech are right to half a percent,
 *   and 19 of 20 bands to 0.05 dB
 * @returns [frames, bins] of powers or magnitudes, whichever the mel energies were of
 * @throws ShapeError where the numbers make no whole frames; ParameterError for a negative or broken number of rounds
 */
export function melToSpectrum(bank: MelFilterbank, mel: Float32Array, rounds = 30): Float32Array {
  const { bins } = bank;
  const nMels = bank.first.length;
  if (mel.length % nMels !== 0) {
    throw new ShapeError(`There are ${nMels} mel filters, but ${mel.length} mel energies are no whole frames.`);
  }
  if (!Number.isInteger(rounds) || rounds < 0) {
    throw new ParameterError('rounds', `The spectrum cannot be corrected ${rounds} times. Choose a whole number.`);
  }
  const frames = mel.length / nMels;
  const spectra = new Float32Array(frames * bins);
  const coverage = spread(bank, bank.weights, new Float64Array(nMels).fill(1), new Float64Array(bins));
  // Of each bin, the weights as shares of their sum.
  const shares = overBins(bank, coverage);
  const widths = gather(bank, new Float64Array(bins).fill(1), new Float64Array(nMels));
  const had = new Float64Array(nMels);
  const ratios = new Float64Array(nMels);
  const factors = new Float64Array(bins);
  const spectrum = new Float64Array(bins);
  for (let i = 0; i < frames; i++) {
    const wanted = mel.subarray(i * nMels, (i + 1) * nMels);
    quotients(wanted, widths, ratios);
    spread(bank, shares, ratios, spectrum);
    for (let round = 0; round < rounds; round++) {
      quotients(wanted, gather(bank, spectrum, had), ratios);
      spread(bank, shares, ratios, factors);
      for (let k = 0; k < bins; k++) spectrum[k] *= factors[k];
    }
    spectra.set(spectrum, i * bins);
  }
  return spectra;
}

/** to[m] = Σ_k w[m, k]·spectrum[k] */
function gather({ first, count, start, weights }: MelFilterbank, spectrum: Float64Array, to: Float64Array) {
  for (let m = 0; m < first.length; m++) {
    const weight = start[m];
    const bin = first[m];
    const length = count[m];
    let sum = 0;
    for (let j = 0; j < length; j++) sum += weights[weight + j] * spectrum[bin + j];
    to[m] = sum;
  }
  return to;
}

/** to[k] = Σ_m w[m, k]·values[m], with these weights in the place of the filters' own. */
function spread(
  { first, count, start }: MelFilterbank,
  weights: Float64Array,
  values: Float64Array,
  to: Float64Array,
): Float64Array {
  to.fill(0);
  for (let m = 0; m < first.length; m++) {
    const weight = start[m];
    const bin = first[m];
    const length = count[m];
    const value = values[m];
    for (let j = 0; j < length; j++) to[bin + j] += weights[weight + j] * value;
  }
  return to;
}

/** w[m, k]/divisors[k], in the order of the weights. */
function overBins({ first, count, start, weights }: MelFilterbank, divisors: Float64Array): Float64Array {
  const divided = new Float64Array(weights.length);
  for (let m = 0; m < first.length; m++) {
    for (let j = 0; j < count[m]; j++) divided[start[m] + j] = weights[start[m] + j] / divisors[first[m] + j];
  }
  return divided;
}

/** to[i] = above[i]/below[i], and 0 where there is nothing to divide by or the quotient would be negative. */
function quotients(above: ArrayLike<number>, below: Float64Array, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = below[i] > 0 ? Math.max(0, above[i] / below[i]) : 0;
}
