import { describe, expect, it } from 'vitest';
import { decimalsFor } from '../../../src/components/figures/spectrogram/ButterflySums.tsx';
import { eightOf } from '../../../src/components/figures/spectrogram/eight.ts';
import { formatSeconds, powerOfTen } from '../../../src/components/figures/spectrogram/magnitudes.ts';
import { formatComplex } from '../../../src/components/plots/format.ts';
import { timingCalls } from '../../../src/workers/lab/timing-calls.ts';

describe('the eight samples of the butterflies', () => {
  const frame = (loudest: number, sampleRate: number) => ({
    samples: Array.from({ length: 256 }, (_, t) => (t === loudest ? -0.9 : t / 1000)),
    start: 0.5,
    sampleRate,
  });

  it('begin at the loudest, one in four at 16 kHz', () => {
    const eight = eightOf(frame(100, 16000));
    expect(eight).toMatchObject({ step: 4, sampleRate: 4000 });
    expect(eight.start).toBeCloseTo(0.5 + 100 / 16000, 12);
    expect(eight.samples).toEqual([-0.9, 0.104, 0.108, 0.112, 0.116, 0.12, 0.124, 0.128]);
  });

  it('stay within the frame at its end, and at every sample rate', () => {
    for (const sampleRate of [4000, 8000, 22050, 44100, 192000]) {
      const { samples, step } = eightOf(frame(255, sampleRate));
      expect(samples).toHaveLength(8);
      expect(samples.every(Number.isFinite)).toBe(true);
      expect(samples[7]).toBe(-0.9);
      expect(step).toBe(Math.min(36, Math.max(1, Math.round(sampleRate / 4000))));
    }
  });
});

describe('numbers of a butterfly', () => {
  it('have three digits for the largest of their table', () => {
    expect(formatComplex(0.1234, -0.05, { decimals: decimalsFor(0.2) })).toBe('0.123 − 0.050i');
    expect(formatComplex(0.001234, 0.00005, { decimals: decimalsFor(0.002) })).toBe('0.00123 + 0.00005i');
    expect(formatComplex(-1.5, undefined, { decimals: decimalsFor(2) })).toBe('−1.50');
    expect(decimalsFor(0)).toBe(3);
  });
});

describe('times and powers on logarithmic axes', () => {
  it('are written with the unit that suits them', () => {
    expect([1.5e-8, 1.42345e-4, 0.00999999, 0.0314, 2].map(formatSeconds)).toEqual([
      '15\u00a0ns',
      '142\u00a0µs',
      '10\u00a0ms',
      '31.4\u00a0ms',
      '2\u00a0s',
    ]);
    expect([0, 3, 4, 12, -6].map(powerOfTen)).toEqual(['1', '1,000', '10⁴', '10¹²', '10⁻⁶']);
  });
});

describe('the timing of the two transforms', () => {
  it('gives a time to each length, and tells how far it has come', () => {
    const shares: number[] = [];
    const bench = {
      clip: () => ({ samples: Float32Array.from({ length: 5 }, (_, t) => t / 5), sampleRate: 16000, start: 0 }),
      progress: (share: number) => shares.push(share),
    };
    const [small, large] = timingCalls(bench as unknown as Parameters<typeof timingCalls>[0]).timing([8, 256]);
    for (const { naive, fft } of [small, large]) {
      expect(naive).toBeGreaterThan(0);
      expect(fft).toBeGreaterThan(0);
    }
    // 1,024 times the multiplications.
    expect(large.naive).toBeGreaterThan(50 * small.naive);
    expect(large.fft).toBeLessThan(large.naive);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[shares.length - 1]).toBe(1);
  });
});
