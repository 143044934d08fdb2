import { describe, expect, it } from 'vitest';
import { dct, inverseDct } from '../../../src/lib/dsp/dct.ts';
import { melPresets } from '../../../src/lib/dsp/mel-presets.ts';
import type { MelSettings } from '../../../src/lib/dsp/mel-settings.ts';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import { melStages } from '../../../src/lib/layers/mel-stages.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { hearMel } from '../../../src/workers/lab/hear-mel.ts';
import { type BandSettings, bandsOf, belowLargest, cosinesOf, valuesOf } from '../../../src/workers/lab/mel-calls.ts';

const random = createRandom(4);
const noise = Float32Array.from({ length: 6000 }, (_, t) => 0.2 * Math.sin(0.35 * t) + 0.02 * random.normal());

const settings: MelSettings = {
  sampleRate: 16000,
  stft: presetOptions('librosa', { winLength: 512, nFft: 512, hopLength: 128 }),
  power: 2,
  mel: { nMels: 40, fMin: 0, fMax: 8000, scale: 'htk', norm: 'none' },
  decibels: { ref: 1, amin: 1e-10, topDb: 80 },
  mfcc: { nMfcc: 13, norm: 'ortho' },
};

/** The clip through the network's own layers. */
function throughLayers(samples: Float32Array): Map<string, Tensor> {
  const made = new Map<string, Tensor>();
  let x = tensor([1, samples.length], samples);
  for (const { name, type, config } of melStages(settings)) {
    x = layerKinds[type].create(config).forward(x, { training: false, random, kernels: plainKernels });
    made.set(name, x);
  }
  return made;
}

function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, relative = 1e-5): void {
  expect(found.length).toBe(wanted.length);
  const largest = Math.max(...Array.from(wanted, Math.abs));
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThanOrEqual(relative * largest);
}

describe('the pictures of chapter 4', () => {
  it('are those of the layers', () => {
    const bands = bandsOf(noise, 16000, settings);
    const layers = throughLayers(noise);
    expectNear(bands.energies, layers.get('mel')?.data ?? []);
    const logMel = valuesOf(bands, { kind: 'decibels', ref: 1, topDb: 80 });
    expectNear(logMel.values, layers.get('log-mel')?.data ?? []);
    const { mfcc, smoothed } = cosinesOf(logMel, 13);
    expectNear(mfcc, layers.get('mfcc')?.data ?? []);
    const row = logMel.values.subarray(80, 120);
    expectNear(smoothed.subarray(80, 120), inverseDct(dct(row, 'ortho', 13), 40, 'ortho'));
  });

  it('of silence, and of a clip of three samples, are finite', () => {
    for (const samples of [new Float32Array(4000), Float32Array.of(0.1, -0.2, 0.05)]) {
      const bands = bandsOf(samples, 16000, settings);
      for (const { values } of [valuesOf(bands, { kind: 'decibels' }), valuesOf(bands, { kind: 'ln' })]) {
        expect(values.every(Number.isFinite)).toBe(true);
      }
      expect(belowLargest(bands).decibels.every(Number.isFinite)).toBe(true);
    }
  });

  it('take a clip of another rate to their own, and leave out filters where there are none', () => {
    const { settings: environment } = melPresets.environment;
    const bands = bandsOf(noise.subarray(0, 1600), 16000, environment as BandSettings);
    expect([bands.frames, bands.bands]).toEqual([1 + Math.floor(4410 / 308), 256]);
    expect(bandsOf(noise, 16000, { ...settings, mel: null }).bands).toBe(257);
  });

  it('say which filters are empty', () => {
    const { settings: torchaudio } = melPresets['torchaudio-mel'];
    expect(bandsOf(noise, 16000, torchaudio as BandSettings).empty).toEqual([0, 3, 6, 13]);
  });
});

describe('what is heard of a mel picture', () => {
  const heard = (nMels: number, nMfcc: number | null, phase: 'clip' | 'griffin-lim' = 'clip') =>
    hearMel(
      { samples: noise, sampleRate: 16000, start: 0 },
      { bands: { ...settings, power: 2, mel: { ...settings.mel, nMels } }, nMfcc, phase, iterations: 2 },
      () => {},
    );

  it('is as long as the clip, and nearer to it the more is kept', () => {
    const few = heard(20, 4);
    const more = heard(20, null);
    const most = heard(80, null);
    for (const { samples } of [few, more, most]) expect(samples.length).toBe(noise.length);
    expect(few.distance).toBeGreaterThan(more.distance);
    expect(more.distance).toBeGreaterThan(most.distance);
  });

  it('with all cosines is what the bands give', () => {
    expectNear(heard(20, 20).samples, heard(20, null).samples, 1e-4);
  });

  it('tells how far it has come, and is silent for silence', () => {
    const shares: number[] = [];
    const { samples, distance } = hearMel(
      { samples: new Float32Array(3000), sampleRate: 16000, start: 0 },
      { bands: { ...settings, power: 2 }, nMfcc: 13, phase: 'griffin-lim', iterations: 3 },
      (share) => shares.push(share),
    );
    expect(samples.every((value) => Math.abs(value) < 1e-3)).toBe(true);
    expect(Number.isFinite(distance)).toBe(true);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });
});
