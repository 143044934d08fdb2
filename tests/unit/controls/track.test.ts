import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf, shareOf, trackOf, valueAt } from '../../../src/components/controls/track.ts';
import type { NumberParameter } from '../../../src/lib/parameters.ts';

const words = { label: 'window length', help: 'How many samples a frame looks at.' };

/** A setting whose values are spaced by ratios, with a value that its schema allows. */
const octaves = fc
  .record({
    min: fc.integer({ min: 1, max: 200 }),
    times: fc.double({ min: 2, max: 1000, noNaN: true }),
    step: fc.constantFrom(undefined, 1, 5, 10),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ min, times, step, place }) => {
    const max = Math.ceil(min * times);
    const parameter: NumberParameter = {
      ...words,
      kind: 'integer',
      min,
      max,
      default: min,
      scale: 'log',
      ...(step && { step }),
    };
    return { parameter, value: Math.round(min * (max / min) ** place) };
  });

const linear: NumberParameter = { ...words, kind: 'number', min: -60, max: 30, step: 0.5, default: 0 };

describe('a track of ratios', () => {
  it('gives each doubling the same length', () => {
    const parameter: NumberParameter = { ...words, kind: 'integer', min: 16, max: 4096, default: 255, scale: 'log' };
    const shares = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096].map((value) => shareOf(parameter, value));
    for (const [index, share] of shares.entries()) expect(share).toBeCloseTo(index / 8, 12);
    expect(positionOf(parameter, 256)).toBe(500);
    expect(valueAt(parameter, 500, 16)).toBe(256);
    expect(trackOf(parameter)).toEqual({ min: 0, max: 1000, step: 1 });
  });

  it('goes there and back, to within a position', () => {
    fc.assert(
      fc.property(octaves, ({ parameter, value }) => {
        const position = positionOf(parameter, value);
        expect(Math.abs(position - 1000 * shareOf(parameter, value))).toBeLessThanOrEqual(1);
        const { min, max, step = 1 } = parameter;
        const back = valueAt(parameter, position, Number.NaN);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(value * ((max / min) ** 0.001 - 1) + step);
      }),
    );
  });

  it('moves the value at every step of an arrow, in its direction and within the bounds', () => {
    fc.assert(
      fc.property(octaves, ({ parameter, value }) => {
        const { min, max } = parameter;
        const position = positionOf(parameter, value);
        if (position < 1000) {
          const above = valueAt(parameter, position + 1, value);
          expect(above).toBeGreaterThan(value);
          expect(above).toBeLessThanOrEqual(max);
          expect(Number.isInteger(above)).toBe(true);
        } else expect(value).toBe(max);
        if (position > 0) {
          const below = valueAt(parameter, position - 1, value);
          expect(below).toBeLessThan(value);
          expect(below).toBeGreaterThanOrEqual(min);
          expect(Number.isInteger(below)).toBe(true);
        } else expect(value).toBe(min);
      }),
    );
  });

  it('reaches both ends by arrows, in no more steps than it has positions', () => {
    fc.assert(
      fc.property(octaves, ({ parameter, value }) => {
        const { min, max } = parameter;
        const walk = (from: number, to: number, step: number): number => {
          let [reached, steps] = [from, 0];
          for (; reached !== to && steps < 1000; steps++) {
            reached = valueAt(parameter, positionOf(parameter, reached) + step, reached);
          }
          return reached;
        };
        expect(walk(value, max, 1)).toBe(max);
        expect(walk(value, min, -1)).toBe(min);
      }),
      { numRuns: 30 },
    );
  });

  it('comes back from what was typed beyond its ends, or is no number', () => {
    const parameter: NumberParameter = { ...words, kind: 'integer', min: 16, max: 4096, default: 255, scale: 'log' };
    expect([positionOf(parameter, 99999), shareOf(parameter, 99999)]).toEqual([1000, 1]);
    expect(valueAt(parameter, 999, 99999)).toBe(4073);
    expect([positionOf(parameter, -3), shareOf(parameter, 0)]).toEqual([0, 0]);
    expect(valueAt(parameter, 1, -3)).toBe(16);
    expect(positionOf(parameter, Number.NaN)).toBe(0);
    expect(valueAt(parameter, 500, Number.NaN)).toBe(256);
  });
});

describe('an even track', () => {
  it('has its values as positions', () => {
    expect(trackOf(linear)).toEqual({ min: -60, max: 30, step: 0.5 });
    expect(valueAt(linear, -12.5, 3)).toBe(-12.5);
    expect(positionOf(linear, -12.5)).toBe(-12.5);
    expect(shareOf(linear, -15)).toBe(0.5);
  });

  it('has 0 at its place, not at the least value', () => {
    expect(positionOf(linear, 0)).toBe(0);
    expect(shareOf(linear, 0)).toBeCloseTo(2 / 3, 12);
  });

  it('holds what lies beyond, or is no number, at an end', () => {
    expect([positionOf(linear, 40), positionOf(linear, -100), positionOf(linear, Number.NaN)]).toEqual([30, -60, -60]);
  });

  it('has a thousand steps where the setting names none, and whole ones where it is counted', () => {
    const { step: _, ...bare } = linear;
    expect(trackOf(bare).step).toBeCloseTo(0.09, 12);
    expect(trackOf({ ...bare, kind: 'integer' }).step).toBe(1);
  });
});
