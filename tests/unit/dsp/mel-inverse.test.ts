import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readWav } from '../../../src/lib/audio/wav.ts';
import { applyFilterbank, type MelOptions, melFilterbank } from '../../../src/lib/dsp/mel.ts';
import { melToSpectrum } from '../../../src/lib/dsp/mel-inverse.ts';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { power } from '../../../src/lib/dsp/scale.ts';
import { stft } from '../../../src/lib/dsp/stft.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';

/** A spoken word, one second at 16 kHz. */
const word = readWav(readFileSync(new URL('../../../public/audio/yes-american-woman.wav', import.meta.url))).recording
  .channels[0];

const cases: readonly [string, MelOptions, number][] = [
  [
    '40 HTK bands of an FFT of 512',
    { sampleRate: 16000, nFft: 512, nMels: 40, fMin: 0, fMax: 8000, scale: 'htk', norm: 'none' },
    160,
  ],
  [
    '128 Slaney bands of an FFT of 1024, area 1',
    { sampleRate: 16000, nFft: 1024, nMels: 128, fMin: 0, fMax: 8000, scale: 'slaney', norm: 'slaney' },
    256,
  ],
  [
    '128 HTK bands of an FFT of 400, some empty',
    { sampleRate: 16000, nFft: 400, nMels: 128, fMin: 20, fMax: 7600, scale: 'htk', norm: 'none' },
    200,
  ],
];

describe.each(cases)('a spectrum from %s', (_, options, hopLength) => {
  const { nFft } = options;
  const bank = melFilterbank(options);
  const spectra = power(stft(word, presetOptions('librosa', { nFft, winLength: nFft, hopLength })));
  const mel = applyFilterbank(bank, spectra);
  const found = melToSpectrum(bank, mel);

  it('has the mel energies that it came from: to half a percent in all, and 19 of 20 bands to 0.05 dB', () => {
    const again = applyFilterbank(bank, found);
    let error = 0;
    let energy = 0;
    const apart: number[] = [];
    const largest = Math.max(...mel);
    for (let i = 0; i < mel.length; i++) {
      error += (again[i] - mel[i]) ** 2;
      energy += mel[i] ** 2;
      if (mel[i] > 1e-8 * largest) apart.push(Math.abs(10 * Math.log10(again[i] / mel[i])));
    }
    expect(Math.sqrt(error / energy)).toBeLessThan(0.005);
    apart.sort((a, b) => a - b);
    expect(apart[Math.floor(0.95 * apart.length)]).toBeLessThan(0.05);
  });

  it('comes nearer with every ten rounds', () => {
    const errors = [0, 10, 20, 30].map((rounds) => {
      const again = applyFilterbank(bank, melToSpectrum(bank, mel, rounds));
      // The divergence that the rounds reduce.
      return again.reduce((sum, had, i) => {
        const log = mel[i] > 0 && had > 0 ? mel[i] * Math.log(mel[i] / had) : 0;
        return sum + log - mel[i] + had;
      }, 0);
    });
    for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThan(errors[i - 1]);
  });

  it('is never negative, and 0 where no filter reads', () => {
    expect(found.length).toBe(spectra.length);
    expect(found.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    const outside = Array.from({ length: bank.bins }, (_, k) => k).filter((k) => {
      const hertz = (k * options.sampleRate) / nFft;
      return hertz <= options.fMin || hertz >= options.fMax;
    });
    expect(outside.length).toBeGreaterThan(0);
    for (const k of outside) expect(found[k]).toBe(0);
  });
});

describe('from mel energies back', () => {
  const bank = melFilterbank({
    sampleRate: 8000,
    nFft: 64,
    nMels: 12,
    fMin: 0,
    fMax: 4000,
    scale: 'slaney',
    norm: 'none',
  });

  it('silence stays silence, and negative energies count as silence', () => {
    expect(melToSpectrum(bank, new Float32Array(24)).every((value) => value === 0)).toBe(true);
    expect(melToSpectrum(bank, new Float32Array(12).fill(-1)).every((value) => value === 0)).toBe(true);
    expect(melToSpectrum(bank, new Float32Array(0)).length).toBe(0);
  });

  it('a frame does not depend on the others', () => {
    const mel = Float32Array.from({ length: 24 }, (_, i) => 1 + Math.sin(i));
    const both = melToSpectrum(bank, mel);
    expect(both.slice(bank.bins)).toEqual(melToSpectrum(bank, mel.slice(12)));
  });

  it('refuses what makes no whole frames, and broken rounds', () => {
    expect(() => melToSpectrum(bank, new Float32Array(13))).toThrow(ShapeError);
    expect(() => melToSpectrum(bank, new Float32Array(13))).toThrow(/12 mel filters, but 13 mel energies/);
    expect(() => melToSpectrum(bank, new Float32Array(12), 1.5)).toThrow(ParameterError);
  });
});
