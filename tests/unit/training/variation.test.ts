import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { KuuloError } from '../../../src/lib/errors.ts';
import { rms } from '../../../src/lib/train/noise.ts';
import type { Recording } from '../../../training/data.ts';
import { filled, overNoise } from '../../../training/variation.ts';
import { put, temporaryFolder, tone, wavFile } from './recordings.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = join(folder.path, 'noise.wav');
put(file, wavFile(tone(50, 1, 8000, 3), 8000));
const noise: Recording = { file, class: 'noise', split: 'test', group: '', word: '', fold: '', source: '' };
const speech = { ...noise, class: 'speech' };
const samples = tone(600, 0.5, 8000);

describe('over noise', () => {
  it('lies speech, the asked number of decibels above it and the same each time; noise itself stays', async () => {
    const vary = await overNoise([noise, speech], ['noise'], 6, 8000);
    const mixed = vary(samples, speech, 1);
    const added = mixed.map((value, i) => value - samples[i]);
    expect(20 * Math.log10(rms(samples) / rms(added))).toBeCloseTo(6, 3);
    expect(vary(samples, speech, 1)).toEqual(mixed);
    expect(vary(samples, noise, 1)).toBe(samples);
  });

  it('is refused where the split has no noise', async () => {
    await expect(overNoise([speech], ['noise'], 6, 8000)).rejects.toThrow(KuuloError);
  });
});

describe('filled', () => {
  it('is the padding alone, at the asked level', () => {
    const padded = new Float32Array(12000);
    padded.set(samples, 8000);
    const out = filled(-60, 8000)(padded, speech, 1);
    expect(20 * Math.log10(rms(out.subarray(0, 8000)))).toBeCloseTo(-60, 0);
    expect(out.subarray(8001)).toEqual(padded.subarray(8001));
  });
});
