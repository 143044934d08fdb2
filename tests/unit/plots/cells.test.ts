import { describe, expect, it } from 'vitest';
import { blockOf, extentOf, magnitudeQuantile, planeOf, valueAt } from '../../../src/components/plots/cells.ts';
import { at, tensor } from '../../../src/lib/tensor.ts';

describe('cells of a tensor', () => {
  it('are its plane of time and frequency', () => {
    const t = tensor(
      [3, 4, 2],
      Float32Array.from({ length: 24 }, (_, i) => i),
    );
    const plane = planeOf(t, 1);
    expect([plane.times, plane.frequencies]).toEqual([3, 4]);
    for (let time = 0; time < 3; time++) {
      for (let frequency = 0; frequency < 4; frequency++) {
        expect(valueAt(plane, time, frequency)).toBe(at(t, [time, frequency, 1]));
      }
    }
    expect(valueAt(planeOf(tensor([2, 2], [1, 2, 3, 4])), 1, 0)).toBe(3);
  });

  it('are a list read from the top left', () => {
    const block = blockOf([0, 1, 2, 3, 4, 5], 2);
    // The top row of the picture is the highest frequency.
    expect([valueAt(block, 0, 2), valueAt(block, 1, 2)]).toEqual([0, 1]);
    expect([valueAt(block, 0, 0), valueAt(block, 1, 0)]).toEqual([4, 5]);
  });
});

describe('the range of values', () => {
  it('is the least and the greatest', () => {
    expect(extentOf([3, -2, 0.5])).toEqual({ min: -2, max: 3 });
    expect(extentOf([])).toEqual({ min: Number.NaN, max: Number.NaN });
  });

  it('has a quantile of the magnitudes that are not zero', () => {
    const values = [0, 0, 0, ...Array.from({ length: 101 }, (_, i) => (i % 2 ? -1 : 1) * (i + 1))];
    expect(magnitudeQuantile(values, 0.98)).toBe(99);
    expect(magnitudeQuantile(values, 1)).toBe(101);
    expect(magnitudeQuantile([0, 0], 0.98)).toBe(0);
  });
});
