import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buffersOf, handOver } from '../../../src/workers/hand-over.ts';
import { toDecibels } from '../../../src/workers/lab/decibels.ts';

describe('decibels from a table', () => {
  it('agree with the logarithm to the precision of a float', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: Math.fround(1e-30), max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (given) => {
          const powers = Float32Array.from(given);
          const reference = Math.max(...powers);
          const decibels = powers.slice();
          toDecibels(decibels, reference, -1000);
          powers.forEach((power, i) => {
            const exact = 10 * Math.log10(power / reference);
            expect(Math.abs(decibels[i] - exact)).toBeLessThan(1e-6 + 6e-8 * Math.abs(exact));
          });
        },
      ),
    );
  });

  it('are 0 for the reference, and never below the lowest, nothing at all included', () => {
    const powers = Float32Array.of(0, 1e-44, 1e-20, 0.37, 0.75);
    toDecibels(powers, Math.fround(0.75), -120);
    expect([...powers.slice(0, 3)]).toEqual([-120, -120, -120]);
    expect(powers[3]).toBeCloseTo(10 * Math.log10(0.37 / 0.75), 5);
    expect(Math.abs(powers[4])).toBeLessThan(1e-6);
  });
});

describe('results that are handed over', () => {
  it('say which buffers move; others move none', () => {
    const cells = new Float32Array(4);
    const result = handOver({ cells, other: new Float32Array(2) }, cells);
    expect(buffersOf(result)).toEqual([cells.buffer]);
    expect(buffersOf({ cells })).toEqual([]);
    expect(buffersOf(undefined)).toEqual([]);
  });
});
