import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWindow, type WindowName, windowNames } from '../../../src/lib/dsp/window.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import golden from '../../golden/dsp.json' with { type: 'json' };

describe('windows', () => {
  it.each(golden.windows)('$name of $length, periodic $periodic, are those of scipy.signal.get_window', (want) => {
    const weights = createWindow(want.name as WindowName, want.length, want.periodic);
    expect(weights.length).toBe(want.length);
    for (const [t, w] of want.weights.entries()) expect(weights[t]).toBeCloseTo(w, 10);
  });

  it('of even length, periodic, begin at their lowest and peak at 1 in the middle', () => {
    for (const name of ['hann', 'hamming', 'blackman'] as const) {
      const weights = createWindow(name, 256, true);
      expect(weights[128]).toBeCloseTo(1, 12);
      expect(Math.min(...weights)).toBe(weights[0]);
    }
    expect(createWindow('hann', 256, true)[0]).toBe(0);
  });

  it('are even: symmetric ones about their middle, periodic ones about the middle of a period', () => {
    fc.assert(
      fc.property(fc.constantFrom(...windowNames), fc.integer({ min: 2, max: 300 }), (name, length) => {
        const symmetric = createWindow(name, length, false);
        const periodic = createWindow(name, length, true);
        const unevenness = (w: Float64Array, mirror: (t: number) => number) =>
          Math.max(...w.map((weight, t) => Math.abs(weight - w[mirror(t)])));
        expect(unevenness(symmetric, (t) => length - 1 - t)).toBeLessThan(1e-12);
        expect(unevenness(periodic, (t) => (length - t) % length)).toBeLessThan(1e-12);
      }),
    );
  });

  it('that overlap by half add up to a constant where they are periodic, and do not where symmetric', () => {
    const ripple = (periodic: boolean) => {
      const w = createWindow('hann', 64, periodic);
      const sums = Array.from({ length: 32 }, (_, t) => w[t] + w[t + 32]);
      return Math.max(...sums) - Math.min(...sums);
    };
    expect(ripple(true)).toBeLessThan(1e-12);
    expect(ripple(false)).toBeGreaterThan(0.01);
  });

  it('cannot have no sample', () => {
    expect(() => createWindow('hann', 0, true)).toThrow(ParameterError);
    expect(() => createWindow('hann', 2.5, true)).toThrow(/2\.5 samples/);
  });
});
