import { describe, expect, it } from 'vitest';
import { type DenoiseOptions, denoise, denoiseParameters, spectralGate } from '../../../src/lib/dsp/denoise.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { defaults } from '../../../src/lib/parameters.ts';
import { createRandom } from '../../../src/lib/random.ts';
import golden from '../../golden/cleaning.json' with { type: 'json' };

function noise(length: number, seed: number, level: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => level * random.normal());
}

function energy(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0);
}

/** The largest distance, as a share of the largest wanted value. */
function distance(actual: ArrayLike<number>, wanted: readonly number[]): number {
  expect(actual.length).toBe(wanted.length);
  const largest = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, i) => Math.abs(actual[i] - value))) / largest;
}

describe('the spectral gate', () => {
  it.each(golden.denoise)('does what noisereduce does: $name', (given) => {
    const clip = Float32Array.from(given.clip);
    const options = given.options as DenoiseOptions;
    const noisy = clip.subarray(0, given.noiseSamples);
    const { thresholds, gains } = spectralGate(clip, noisy, options);
    expect(distance(thresholds, given.thresholds)).toBeLessThan(1e-5);
    expect(distance(gains, given.gains)).toBeLessThan(1e-6);
    expect(distance(denoise(clip, noisy, options), given.cleaned)).toBeLessThan(1e-5);
  });

  it('takes noise away and leaves a louder sound of many frequencies', () => {
    const sound = noise(32000, 3, 1).fill(0, 0, 16000);
    const hiss = noise(32000, 1, 0.05);
    const clip = sound.map((value, n) => value + hiss[n]);
    const cleaned = denoise(clip, clip.subarray(0, 15000), defaults(denoiseParameters));
    expect(energy(cleaned.subarray(2048, 13000)) / energy(hiss.subarray(2048, 13000))).toBeLessThan(0.01);
    const missed = cleaned.map((value, n) => value - sound[n]);
    expect(energy(missed.subarray(18000, 30000)) / energy(sound.subarray(18000, 30000))).toBeLessThan(0.01);
  });

  it('turns down a tone too that stands alone, since the blur brings in the noise beside it', () => {
    // Of a tone in the middle of bin 128 a Hann window makes three cells; of those to the sides the blur takes 1/9 each.
    const tone = Float32Array.from({ length: 32000 }, (_, n) => Math.sin((2 * Math.PI * n) / 16));
    const { gains, spectra } = spectralGate(tone, noise(16000, 1, 0.05), defaults(denoiseParameters));
    const row = gains.subarray(30 * spectra.bins, 31 * spectra.bins);
    for (const [k, gain] of [0, 1 / 9, 3 / 9, 6 / 9, 7 / 9, 6 / 9, 3 / 9, 1 / 9, 0].entries())
      expect(row[124 + k]).toBeCloseTo(gain, 6);
  });

  it('gives the clip back where nothing is to be taken away, and where the noise is silence', () => {
    const clip = noise(5000, 2, 0.3);
    const options = { ...defaults(denoiseParameters), propDecrease: 0 };
    const same = denoise(clip, clip, options);
    for (const [n, value] of clip.entries()) expect(same[n]).toBeCloseTo(value, 5);
    const open = spectralGate(clip, new Float32Array(3000), { ...options, propDecrease: 1 });
    expect(new Set(open.gains)).toEqual(new Set([1]));
  });

  it('makes silence of silence', () => {
    expect(energy(denoise(new Float32Array(4000), new Float32Array(4000), defaults(denoiseParameters)))).toBe(0);
  });

  it('refuses what cannot be put together again, and too little noise', () => {
    const options = defaults(denoiseParameters);
    const clip = new Float32Array(4000);
    expect(() => denoise(clip, clip, { ...options, hopLength: 1025 })).toThrow(ParameterError);
    expect(() => denoise(clip, clip, { ...options, winLength: 2049 })).toThrow(ParameterError);
    expect(() => denoise(clip, new Float32Array(1024), { ...options, padMode: 'reflect' })).toThrow(ShapeError);
  });
});
