import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../src/lib/errors.ts';
import { at, cellAt, example, formatShape, offsetOf, reshape, sizeOf, tensor } from '../../src/lib/tensor.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });

describe('cells', () => {
  it('are counted row by row, the last axis fastest', () => {
    const x = tensor([2, 3], [0, 1, 2, 3, 4, 5]);
    expect(at(x, [0, 2])).toBe(2);
    expect(at(x, [1, 0])).toBe(3);
  });

  it('and places of the data belong together one to one', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        for (let offset = 0; offset < sizeOf(shape); offset++) {
          const cell = cellAt(shape, offset);
          expect(cell).toHaveLength(shape.length);
          expect(offsetOf(shape, cell)).toBe(offset);
        }
      }),
    );
  });

  it.each([[[2, 0]], [[0, 3]], [[-1, 0]], [[0.5, 0]], [[Number.NaN, 0]], [[0]], [[0, 0, 0]]])(
    'outside of 2 × 3 are refused: %j',
    (cell) => {
      expect(() => offsetOf([2, 3], cell)).toThrow(ShapeError);
      expect(() => offsetOf([2, 3], cell)).toThrow(/There is no cell .* 2 × 3/);
    },
  );
});

describe('a tensor', () => {
  it('refuses data of another size', () => {
    expect(() => tensor([2, 3], [1, 2])).toThrow('A tensor of 2 × 3 holds 6 numbers, but 2 were given.');
    expect(() => reshape(tensor([4]), [3])).toThrow(ShapeError);
  });

  it('shares its data with its examples and with its other shapes', () => {
    const batch = tensor([2, 2], [1, 2, 3, 4]);
    const second = example(batch, 1);
    expect(second.shape).toEqual([2]);
    second.data[0] = 9;
    expect(at(reshape(batch, [4]), [2])).toBe(9);
  });

  it('has its shape said in words', () => {
    expect([formatShape([124, 129, 1]), formatShape([])]).toEqual(['124 × 129 × 1', 'one number']);
  });
});
