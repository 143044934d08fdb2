/** Recordings made harder before they are judged: over noise, or with their padding filled. Always the same way. */
import { KuuloError } from '../src/lib/errors.ts';
import { createRandom, mixSeed } from '../src/lib/random.ts';
import { fillStill } from '../src/lib/train/augment.ts';
import { cropNoise, type NoiseBank, rms } from '../src/lib/train/noise.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { partOf } from './clips.ts';
import type { Recording } from './data.ts';
import { readSound } from './read-sound.ts';

/** What becomes of the samples of a recording; `index` seeds what is random. */
export type Variation = (samples: Float32Array, recording: Recording, index: number) => Float32Array;

export const unchanged: Variation = (samples) => samples;

/** What is done to the recordings of a split before they are judged, in decibels. */
export interface Harder {
  /** Noise of the same split, this far below each recording. */
  readonly snr?: number | undefined;
  /** Noise this far below full scale where a recording stands still. */
  readonly fill?: number | undefined;
}

/** @throws KuuloError for noise to mix with where the split has none */
export async function variationOf(
  recipe: Recipe,
  recordings: readonly Recording[],
  { snr, fill }: Harder,
): Promise<Variation> {
  const { sampleRate } = recipe.architecture.input;
  const mix = snr === undefined ? unchanged : await overNoise(recordings, recipe.noise?.classes ?? [], snr, sampleRate);
  const close = fill === undefined ? unchanged : filled(fill, sampleRate);
  return (samples, recording, index) => mix(close(samples, recording, index), recording, index);
}

/**
 * Mixes recordings with noise, `snr` decibels below them.
 * @param recordings of the split that is judged: those of the noise classes are the noise, and stay as they are
 * @throws KuuloError if none is of these classes
 */
export async function overNoise(
  recordings: readonly Recording[],
  classes: readonly string[],
  snr: number,
  sampleRate: number,
): Promise<Variation> {
  const bank: Float32Array[] = [];
  for (const recording of recordings.filter((own) => classes.includes(own.class))) {
    const sound = await readSound(recording.file, sampleRate).catch(() => undefined);
    if (sound && sound.samples.length > 0) bank.push(partOf(sound.samples, recording));
  }
  if (bank.length === 0) {
    throw new KuuloError(
      'There is no noise in this split to mix with: its recordings are of none of the noise classes.',
    );
  }
  return (samples, recording, index) =>
    classes.includes(recording.class) ? samples : mixed(samples, bank, snr, mixSeed(7, index));
}

function mixed(samples: Float32Array, bank: NoiseBank, snr: number, seed: number): Float32Array {
  const noise = cropNoise(bank, samples.length, createRandom(seed));
  const factor = rms(samples) * 10 ** (-snr / 20);
  return samples.map((value, i) => value + factor * noise[i]);
}

/** Puts faint noise, `level` decibels below full scale, where a recording stands still. */
export function filled(level: number, sampleRate: number): Variation {
  return (samples, _recording, index) => {
    const out = samples.slice();
    fillStill(out, sampleRate, 10 ** (level / 20), createRandom(mixSeed(8, index)));
    return out;
  };
}
