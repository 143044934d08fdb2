import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinMoments, momentsOf, noMoments } from '../../../src/lib/dsp/moments.ts';

const someValues = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { maxLength: 40 });

describe('moments', () => {
  it('joined piece by piece are those of everything at once', () => {
    fc.assert(
      fc.property(fc.array(someValues, { maxLength: 6 }), (pieces) => {
        const all = pieces.flat().map(Math.fround);
        const joined = pieces.map((piece) => momentsOf(Float32Array.from(piece))).reduce(joinMoments, noMoments);
        const mean = all.reduce((sum, v) => sum + v, 0) / (all.length || 1);
        const variance = all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (all.length || 1);
        expect(joined.count).toBe(all.length);
        expect(joined.mean).toBeCloseTo(mean, 9);
        expect(joined.variance).toBeCloseTo(variance, 7);
      }),
    );
  });

  it('of equal numbers are exactly those numbers, without variance', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 50 }), (v, count) => {
        expect(momentsOf(new Float32Array(count).fill(v))).toEqual({ count, mean: v + 0, variance: 0 });
      }),
    );
  });

  it('keep a small spread about a large mean', () => {
    const { mean, variance } = momentsOf(Float32Array.of(16777210, 16777212, 16777214));
    expect(mean).toBe(16777212);
    expect(variance).toBeCloseTo(8 / 3, 12);
  });
});
