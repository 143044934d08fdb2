/** Clips of any length to exactly the number of samples that a model takes. */
import { ParameterError } from '../errors.ts';
import type { Clip } from './clip.ts';

/**
 * Which part of the clip is taken:
 * - 'start': from its first sample; zeros are added at the end.
 * - 'centre': its middle; zeros are added on both sides, the odd one at the end.
 * - a number: from that second on, zeros where the clip has nothing. It may be negative, which adds zeros in front.
 */
export type FitPosition = 'start' | 'centre' | number;

/**
 * A clip of exactly `length` samples: longer ones are cut, shorter ones padded with zeros. Nothing is scaled.
 * @param length samples, a whole number >= 0
 * @param position see FitPosition; seconds are rounded to the nearest sample
 */
export function fitToLength(clip: Clip, length: number, position: FitPosition = 'start'): Clip {
  if (!Number.isInteger(length) || length < 0) {
    throw new ParameterError('length', `A clip cannot be ${length} samples long. Give a whole number from 0.`);
  }
  const { samples, sampleRate } = clip;
  const from = firstSample(samples.length, sampleRate, length, position);
  const fitted = new Float32Array(length);
  const begin = Math.min(Math.max(from, 0), samples.length);
  const end = Math.min(Math.max(from + length, begin), samples.length);
  if (end > begin) fitted.set(samples.subarray(begin, end), begin - from);
  return { samples: fitted, sampleRate };
}

function firstSample(available: number, sampleRate: number, length: number, position: FitPosition): number {
  if (position === 'start') return 0;
  if (position === 'centre') {
    // Padding: floor((length - available) / 2) zeros in front. Cutting: as many samples are dropped in front.
    return available >= length ? Math.floor((available - length) / 2) : -Math.floor((length - available) / 2);
  }
  if (!Number.isFinite(position)) {
    throw new ParameterError('position', `A clip cannot start at second ${position}. Give a number of seconds.`);
  }
  return Math.round(position * sampleRate);
}
