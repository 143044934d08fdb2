import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binScale,
  cellAtPlace,
  edgesOf,
  frameScale,
  placeOf,
  resizedScale,
  valueAtPlace,
} from '../../../src/components/plots/cell-scale.ts';

describe('the place of a value', () => {
  it('is the centre of its cell', () => {
    const bins = binScale(129, 256, 16000);
    for (const bin of [0, 16, 128]) expect(placeOf(bins, bin * 62.5)).toBeCloseTo((bin + 0.5) / 129, 12);
    expect(edgesOf(bins)).toEqual([-31.25, 8031.25]);
  });

  it('puts a frame at the middle of the samples that it reads', () => {
    const frames = frameScale(124, 255, 128, 16000);
    expect(frames.first).toBeCloseTo(127 / 16000, 12);
    expect(placeOf(frames, (10 * 128 + 127) / 16000)).toBeCloseTo(10.5 / 124, 12);
  });

  it('goes there and back', () => {
    const scale = fc.record({
      count: fc.integer({ min: 1, max: 500 }),
      first: fc.double({ min: -10, max: 10, noNaN: true }),
      step: fc.double({ min: 0.001, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(scale, fc.nat(), (s, seed) => {
        const cell = seed % s.count;
        const place = (cell + 0.5) / s.count;
        expect(cellAtPlace(s, place)).toBe(cell);
        expect(valueAtPlace(s, place)).toBeCloseTo(s.first + cell * s.step, 6);
        expect(placeOf(s, valueAtPlace(s, place))).toBeCloseTo(place, 6);
      }),
    );
  });

  it('keeps its edges when the picture is resized', () => {
    const bins = binScale(129, 256, 16000);
    const small = resizedScale(bins, 32);
    expect(edgesOf(small)[0]).toBeCloseTo(edgesOf(bins)[0], 9);
    expect(edgesOf(small)[1]).toBeCloseTo(edgesOf(bins)[1], 9);
    expect(small.step).toBeCloseTo((62.5 * 129) / 32, 9);
  });
});
