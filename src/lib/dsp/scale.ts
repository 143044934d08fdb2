/**
 * The scales on which a spectrum is looked at: magnitude |X|, power |X|², and decibels. The decibel formulas, their names
 * and their defaults are librosa's (https://librosa.org/doc/latest/generated/librosa.power_to_db.html): 10·log10(power)
 * or 20·log10(amplitude), relative to `ref`, so that both give the same number for the same sound.
 */
import { ParameterError } from '../errors.ts';
import type { ComplexSpectrogram } from './stft.ts';

export interface DecibelOptions {
  /** What counts as 0 dB: a power or an amplitude > 0, or the largest of the values, as librosa's ref=np.max. */
  readonly ref?: number | 'max';
  /** Smaller values count as this one, > 0: silence stays finite. */
  readonly amin?: number;
  /** What lies more than so many dB below the largest value is raised to there; null for no such floor. */
  readonly topDb?: number | null;
}

/** |X|, in the order of the spectra. */
export function magnitude({ real, imaginary }: ComplexSpectrogram): Float32Array {
  const values = new Float32Array(real.length);
  for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]);
  return values;
}

/** |X|², in the order of the spectra. */
export function power({ real, imaginary }: ComplexSpectrogram): Float32Array {
  const values = new Float32Array(real.length);
  for (let i = 0; i < values.length; i++) values[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
  return values;
}

/**
 * 10·log10(max(amin, S)/max(amin, ref)), then nothing further than topDb below the largest.
 * @throws ParameterError for amin <= 0 or topDb < 0
 */
export function powerToDb(values: Float32Array, options: DecibelOptions = {}): Float32Array {
  const { ref = 1, amin = 1e-10, topDb = 80 } = options;
  return decibels(values, 10, ref, amin, topDb);
}

/**
 * 20·log10(max(amin, S)/max(amin, ref)), then nothing further than topDb below the largest.
 * @throws ParameterError for amin <= 0 or topDb < 0
 */
export function amplitudeToDb(values: Float32Array, options: DecibelOptions = {}): Float32Array {
  const { ref = 1, amin = 1e-5, topDb = 80 } = options;
  return decibels(values, 20, ref, amin, topDb);
}

/** ref·10^(dB/10) */
export function dbToPower(db: Float32Array, ref = 1): Float32Array {
  return db.map((value) => ref * 10 ** (value / 10));
}

/** ref·10^(dB/20) */
export function dbToAmplitude(db: Float32Array, ref = 1): Float32Array {
  return db.map((value) => ref * 10 ** (value / 20));
}

function decibels(
  values: Float32Array,
  factor: number,
  ref: number | 'max',
  amin: number,
  topDb: number | null,
): Float32Array {
  if (!(amin > 0)) {
    throw new ParameterError('amin', `The smallest value that decibels tell apart is ${amin}, but must be above 0.`);
  }
  if (topDb !== null && !(topDb >= 0)) {
    throw new ParameterError('topDb', `The range of decibels is ${topDb} dB, but must be 0 or more.`);
  }
  const zero = Math.log10(Math.max(amin, ref === 'max' ? largestOf(values) : ref));
  const db = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) db[i] = factor * (Math.log10(Math.max(amin, values[i])) - zero);
  if (topDb === null) return db;
  const floor = largestOf(db) - topDb;
  for (let i = 0; i < db.length; i++) db[i] = Math.max(db[i], floor);
  return db;
}

function largestOf(values: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]);
  return largest;
}
