import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FitPosition, fitToLength } from '../../../src/lib/audio/fit.ts';
import { ParameterError } from '../../../src/lib/errors.ts';

const clip = { samples: Float32Array.of(1, 2, 3, 4, 5), sampleRate: 10 };
const fitted = (length: number, position?: FitPosition) => [...fitToLength(clip, length, position).samples];

describe('fitToLength', () => {
  it('pads and cuts at the end by default', () => {
    expect(fitted(7)).toEqual([1, 2, 3, 4, 5, 0, 0]);
    expect(fitted(3, 'start')).toEqual([1, 2, 3]);
    expect(fitted(5)).toEqual([1, 2, 3, 4, 5]);
    expect(fitted(0)).toEqual([]);
  });

  it('pads and cuts on both sides when centred, the odd one at the end', () => {
    expect(fitted(9, 'centre')).toEqual([0, 0, 1, 2, 3, 4, 5, 0, 0]);
    expect(fitted(8, 'centre')).toEqual([0, 1, 2, 3, 4, 5, 0, 0]);
    expect(fitted(3, 'centre')).toEqual([2, 3, 4]);
    expect(fitted(2, 'centre')).toEqual([2, 3]);
  });

  it('starts at a given second, also before and after the clip', () => {
    expect(fitted(3, 0.2)).toEqual([3, 4, 5]);
    expect(fitted(3, 0.16)).toEqual([3, 4, 5]);
    expect(fitted(4, 0.3)).toEqual([4, 5, 0, 0]);
    expect(fitted(4, -0.2)).toEqual([0, 0, 1, 2]);
    expect(fitted(2, 7)).toEqual([0, 0]);
    expect(fitted(2, -7)).toEqual([0, 0]);
  });

  it('gives exactly the length, each sample from its place, and leaves the clip alone', () => {
    const position = fc.oneof(
      fc.constantFrom('start' as const, 'centre' as const),
      fc.double({ min: -9, max: 9, noNaN: true }),
    );
    const samples = fc.float32Array({ maxLength: 40, noNaN: true, min: 1, max: 2 });
    fc.assert(
      fc.property(samples, fc.nat(60), position, (given, length, at) => {
        const before = given.slice();
        const result = fitToLength({ samples: given, sampleRate: 8 }, length, at).samples;
        expect(result).toHaveLength(length);
        expect(given).toEqual(before);
        // What is not zero is one unbroken piece of the clip.
        const kept = [...result].filter((sample) => sample !== 0);
        const first = kept.length > 0 ? result.findIndex((sample) => sample !== 0) : 0;
        expect([...result.subarray(first, first + kept.length)]).toEqual(kept);
        expect(kept.length === 0 || [...given.keys()].some((n) => kept.every((x, i) => given[n + i] === x))).toBe(true);
      }),
    );
  });

  it('refuses lengths and places that are none', () => {
    for (const length of [-1, 2.5, Number.NaN]) expect(() => fitted(length)).toThrow(ParameterError);
    expect(() => fitted(2, Number.NaN)).toThrow(/second NaN/);
    expect(() => fitted(-3)).toThrow(/-3 samples/);
  });
});
