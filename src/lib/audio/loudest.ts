/**
 * Which part of a longer clip is judged where nobody chose one: the stretch with the most energy. Page, trainer and
 * commands fit clips by this one rule.
 */
import type { Clip } from './clip.ts';
import { fitToLength } from './fit.ts';
import { removeOffset } from './offset.ts';

/** Stretches with at least this share of the greatest energy count as equally loud. */
const NEARLY = 0.99;

/**
 * The first sample of the `length` samples with the most energy. Where neighbouring starts are equally loud, as around
 * a short word between pauses, it is the middle one, so that the word stands in the middle. 0 for a clip that is no
 * longer than `length`.
 */
export function loudestStart(samples: Float32Array, length: number): number {
  const starts = samples.length - length + 1;
  if (starts <= 1) return 0;
  const energies = new Float64Array(starts);
  let energy = 0;
  for (let i = 0; i < length; i++) energy += samples[i] ** 2;
  energies[0] = energy;
  for (let start = 1; start < starts; start++) {
    energy += samples[start + length - 1] ** 2 - samples[start - 1] ** 2;
    energies[start] = energy;
  }
  let loudest = 0;
  for (let start = 1; start < starts; start++) if (energies[start] > energies[loudest]) loudest = start;
  const enough = NEARLY * energies[loudest];
  let first = loudest;
  let last = loudest;
  while (first > 0 && energies[first - 1] >= enough) first--;
  while (last < starts - 1 && energies[last + 1] >= enough) last++;
  return Math.floor((first + last) / 2);
}

/**
 * A clip of exactly `length` samples, its offset removed: of a longer one the loudest stretch, a shorter one in the
 * middle of zeros.
 */
export function fitLoudest(clip: Clip, length: number): Clip {
  const { sampleRate } = clip;
  const samples = removeOffset(clip.samples);
  if (samples.length <= length) return fitToLength({ samples, sampleRate }, length, 'centre');
  const start = loudestStart(samples, length);
  return { samples: samples.slice(start, start + length), sampleRate };
}
