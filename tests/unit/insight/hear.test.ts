import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFft } from '../../../src/lib/dsp/fft.ts';
import { hearField } from '../../../src/lib/insight/hear.ts';
import { createRandom } from '../../../src/lib/random.ts';

const sampleRate = 16000;

function noise(seed: number, length = sampleRate): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => 0.2 * random.normal());
}

function tone(hertz: number, length = sampleRate): Float32Array {
  return Float32Array.from({ length }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / sampleRate));
}

function sum(a: Float32Array, b: Float32Array, factor = 1): Float32Array {
  return a.map((value, n) => value + factor * b[n]);
}

function peak(samples: Float32Array): number {
  return samples.reduce((loudest, value) => Math.max(loudest, Math.abs(value)), 0);
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, n) => Math.max(largest, Math.abs(value - b[n])), 0);
}

const everything = { seconds: [0, 1], hertz: [0, 8000] } as const;

describe('hearField', () => {
  it('gives the clip back for the whole field, at any length', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20000 }), (seed, length) => {
        const samples = noise(seed, length);
        const whole = { seconds: [0, length / sampleRate], hertz: [0, 8000] } as const;
        const { samples: heard, gain } = hearField({ samples, sampleRate }, whole);
        expect(largestDifference(heard, samples)).toBeLessThan(1e-4);
        expect(gain).toBeCloseTo(0, 5);
      }),
      { numRuns: 20 },
    );
  });

  it('gives two fields that touch, in time or in frequency, as parts of what both cover', () => {
    const samples = noise(1);
    const part = (seconds: readonly [number, number], hertz: readonly [number, number]) => {
      const { samples: heard, gain } = hearField({ samples, sampleRate }, { seconds, hertz });
      return heard.map((value) => value / 10 ** (gain / 20));
    };
    const low = part([0, 1], [0, 1234]);
    const high = part([0, 1], [1234, 8000]);
    expect(largestDifference(sum(low, high), samples)).toBeLessThan(1e-5);
    const early = part([0, 0.4], [500, 3000]);
    const late = part([0.4, 1], [500, 3000]);
    const both = part([0, 1], [500, 3000]);
    expect(largestDifference(sum(early, late), both)).toBeLessThan(1e-5);
  });

  it('silences what lies outside in time, without a jump', () => {
    const { samples } = hearField({ samples: tone(440), sampleRate }, { seconds: [0.3, 0.5], hertz: [0, 8000] });
    expect(rms(samples.subarray(0, 0.297 * sampleRate))).toBe(0);
    expect(rms(samples.subarray(0.503 * sampleRate))).toBe(0);
    expect(rms(samples.subarray(0.31 * sampleRate, 0.49 * sampleRate))).toBeCloseTo(0.5 / Math.SQRT2, 2);
    const steps = samples.slice(1).map((value, n) => Math.abs(value - samples[n]));
    const steepest = 0.5 * 2 * Math.sin((Math.PI * 440) / sampleRate);
    expect(Math.max(...steps)).toBeLessThan(1.2 * steepest);
  });

  it('keeps a tone inside the band and silences one outside', () => {
    const mixed = sum(tone(1000), tone(3000));
    const { samples, gain } = hearField({ samples: mixed, sampleRate }, { seconds: [0, 1], hertz: [800, 1200] });
    const fft = createFft(sampleRate);
    const re = new Float64Array(fft.bins);
    const im = new Float64Array(fft.bins);
    fft.forward(Float64Array.from(samples), re, im);
    const level = (k: number) => 20 * Math.log10(Math.hypot(re[k], im[k]));
    expect(level(1000) - level(3000)).toBeGreaterThan(60);
    expect(peak(samples)).toBeCloseTo(peak(mixed), 5);
    expect(level(1000) - gain).toBeCloseTo(20 * Math.log10(0.25 * sampleRate), 1);
  });

  it('makes a faint field as loud as the clip, but by 24 dB at most', () => {
    const samples = sum(tone(300), tone(5000), 0.1);
    const box = { seconds: [0.3, 0.7], hertz: [4500, 5500] } as const;
    const faint = hearField({ samples, sampleRate }, box);
    expect(faint.gain).toBeCloseTo(20 * Math.log10(11), 0);
    expect(peak(faint.samples)).toBeCloseTo(peak(samples), 5);
    expect(hearField({ samples: sum(tone(300), tone(5000), 1e-4), sampleRate }, box).gain).toBe(24);
  });

  it('leaves silence silent', () => {
    const { samples, gain } = hearField({ samples: new Float32Array(16000), sampleRate }, everything);
    expect(samples.every((value) => value === 0)).toBe(true);
    expect(gain).toBe(0);
  });
});
