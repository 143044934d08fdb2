/**
 * Noise to mix into words and to stand for silence: recorded backgrounds, and random noise in several colours, since
 * what a reader's room and microphone add was in no recording. Every piece has an RMS of 1 over a crop.
 */
import { createRandom, mixSeed, type Random } from '../random.ts';

/** Long stretches of noise, mono, at the model's rate. */
export type NoiseBank = readonly Float32Array[];

/** Poles of the low-pass filters that colour white noise: 0 leaves it white, near 1 only a rumble is left. */
const POLES = [0, 0.5, 0.8, 0.9, 0.95, 0.99] as const;

/**
 * White noise through one-pole low-pass filters, y[n] = a·y[n−1] + x[n].
 * @param samples the length of each
 */
export function colouredNoise(samples: number, seed: number): Float32Array[] {
  return POLES.map((pole, index) => {
    const random = createRandom(mixSeed(seed, index));
    const noise = new Float32Array(samples);
    let state = 0;
    for (let i = 0; i < samples; i++) {
      state = pole * state + random.normal();
      noise[i] = state;
    }
    return noise;
  });
}

/**
 * A random crop from a random stretch of the bank, scaled to an RMS of 1; a crop of exact zeros stays so.
 * Stretches shorter than the crop are repeated.
 */
export function cropNoise(bank: NoiseBank, samples: number, random: Random): Float32Array {
  const noise = bank[random.integer(bank.length)];
  const start = random.integer(Math.max(1, noise.length - samples + 1));
  const crop = new Float32Array(samples);
  for (let from = 0; from < samples; from += noise.length)
    crop.set(noise.subarray(start, start + samples - from), from);
  const level = rms(crop);
  if (level > 0) for (let i = 0; i < samples; i++) crop[i] /= level;
  return crop;
}

/** The root of the mean square. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return samples.length > 0 ? Math.sqrt(sum / samples.length) : 0;
}
