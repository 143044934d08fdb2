import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisWeights, placeOf } from '../../../src/lib/dsp/interpolate.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import { sizeOf, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/resize.json' with { type: 'json' };
import { makeLayer, newPass } from './support.ts';

/** The numbers of the golden script: ((n·factor) mod 2003)/2003 − ½. */
function byFormula(shape: readonly number[], factor: number) {
  return tensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, (_, n) => ((n * factor) % 2003) / 2003 - 0.5),
  );
}

function expectSampled(data: Float32Array, expected: { cells: number[][]; magnitudes: number }): void {
  const largest = Math.max(...expected.cells.map(([, value]) => Math.abs(value)));
  for (const [place, value] of expected.cells) {
    expect(Math.abs(data[place] - value)).toBeLessThanOrEqual(1e-5 * largest);
  }
  const magnitudes = data.reduce((sum, value) => sum + Math.abs(value), 0);
  expect(Math.abs(magnitudes - expected.magnitudes)).toBeLessThanOrEqual(1e-5 * expected.magnitudes);
}

describe('PyTorch and the formulas agree', () => {
  it.each(golden.cases)('$from: $shape, $config', ({ shape, config, y, dx }) => {
    const layer = makeLayer('resize', config);
    const pass = newPass();
    const out = layer.forward(byFormula([1, ...shape], 7919), pass);
    expectSampled(out.data, y);
    expectSampled(layer.backward(byFormula(out.shape, 1543), pass).dx.data, dx);
  });
});

describe('area', () => {
  it('weighs each input by the share that an output covers', () => {
    const { first, count, weights, taps } = axisWeights(5, 2, {
      method: 'area',
      coordinates: 'half-pixel',
      antialias: false,
    });
    expect([...first]).toEqual([0, 2]);
    expect([...count]).toEqual([3, 3]);
    const shares = [...weights.subarray(0, taps), ...weights.subarray(taps)];
    for (const [k, share] of [0.4, 0.4, 0.2, 0.2, 0.4, 0.4].entries()) expect(shares[k]).toBeCloseTo(share, 15);
  });

  it('keeps the mean of the picture, whatever the two lengths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (input, output) => {
        const axis = axisWeights(input, output, { method: 'area', coordinates: 'half-pixel', antialias: false });
        const counted = new Float64Array(input);
        for (let o = 0; o < output; o++)
          for (let j = 0; j < axis.count[o]; j++) counted[axis.first[o] + j] += axis.weights[o * axis.taps + j];
        for (const total of counted) expect(total).toBeCloseTo(output / input, 12);
      }),
    );
  });
});

it('takes the nearest cell by whole numbers, so that no rounding moves it', () => {
  const nearest = { method: 'nearest', antialias: false } as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (input, output) => {
      const asymmetric = axisWeights(input, output, { ...nearest, coordinates: 'asymmetric' });
      const halfPixel = axisWeights(input, output, { ...nearest, coordinates: 'half-pixel' });
      for (let o = 0; o < output; o++) {
        expect(asymmetric.first[o]).toBe(Number((BigInt(o) * BigInt(input)) / BigInt(output)));
        expect(halfPixel.first[o]).toBe(Number((BigInt(2 * o + 1) * BigInt(input)) / BigInt(2 * output)));
      }
    }),
  );
});

it('places the outermost cells as each convention says', () => {
  expect(placeOf(0, 3, 6, 'half-pixel')).toBe(-0.25);
  expect(placeOf(5, 3, 6, 'half-pixel')).toBe(2.25);
  expect(placeOf(5, 3, 6, 'align-corners')).toBe(2);
  expect(placeOf(0, 3, 6, 'asymmetric')).toBe(0);
  expect(placeOf(5, 3, 6, 'asymmetric')).toBe(2.5);
});

describe('settings without a meaning together are refused with a sentence', () => {
  it.each([
    [{ method: 'area', coordinates: 'align-corners' }, 'coordinates', /half-pixel/],
    [{ method: 'area', coordinates: 'asymmetric' }, 'coordinates', /half-pixel/],
    [{ method: 'area', antialias: true }, 'antialias', /covers already.*Switch antialias off/],
    [{ method: 'nearest', antialias: true }, 'antialias', /blends nothing.*Switch antialias off/],
  ])('%j', (config, parameter, message) => {
    expect(() => makeLayer('resize', config)).toThrow(ParameterError);
    expect(() => makeLayer('resize', config)).toThrow(
      expect.objectContaining({ parameter, message: expect.stringMatching(message) }),
    );
  });
});
