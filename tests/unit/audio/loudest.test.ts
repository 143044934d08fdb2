import { describe, expect, it } from 'vitest';
import { fitLoudest, loudestStart } from '../../../src/lib/audio/loudest.ts';

/** Zeros with a burst of ones. */
function burst(length: number, from: number, to: number): Float32Array {
  return new Float32Array(length).fill(1, from, to);
}

describe('the loudest stretch of a clip', () => {
  it('holds the burst in its middle, wherever the burst stands', () => {
    expect(loudestStart(burst(1000, 600, 640), 100)).toBe(570);
    expect(loudestStart(burst(1000, 300, 340), 100)).toBe(270);
  });

  it('stays within the clip for a burst at its very start or end', () => {
    expect(loudestStart(burst(1000, 0, 20), 100)).toBe(0);
    expect(loudestStart(burst(1000, 990, 1000), 100)).toBe(900);
  });

  it('is taken by brute force when every start has another energy', () => {
    const samples = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i * 0.01) * (1 + Math.sin(i / 17)));
    const energyFrom = (start: number) => samples.slice(start, start + 50).reduce((sum, v) => sum + v * v, 0);
    const energies = Array.from({ length: 251 }, (_, start) => energyFrom(start));
    const best = Math.max(...energies);
    expect(energyFrom(loudestStart(samples, 50))).toBeGreaterThanOrEqual(0.99 * best);
  });

  it('pads a shorter clip on both sides and leaves one of the right length alone', () => {
    const fitted = fitLoudest({ samples: Float32Array.of(1, 2, -3), sampleRate: 8000 }, 6);
    expect([...fitted.samples]).toEqual([0, 1, 2, -3, 0, 0]);
    expect([...fitLoudest({ samples: Float32Array.of(1, -1), sampleRate: 8000 }, 2).samples]).toEqual([1, -1]);
  });

  it('is the same, and comes out the same, whatever the offset of the recording', () => {
    const samples = Float32Array.from({ length: 300 }, (_, i) => (Math.sin(i) * (i % 97)) / 97);
    const clean = fitLoudest({ samples, sampleRate: 8000 }, 50).samples;
    const shifted = fitLoudest({ samples: samples.map((x) => x + 0.5), sampleRate: 8000 }, 50).samples;
    for (const [i, x] of shifted.entries()) expect(x).toBeCloseTo(clean[i], 6);
    expect([...fitLoudest({ samples: new Float32Array(9).fill(0.5), sampleRate: 8000 }, 9).samples]).toEqual(
      Array.from({ length: 9 }, () => 0),
    );
  });
});
