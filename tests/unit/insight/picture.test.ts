import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blurred, rolled } from '../../../src/lib/insight/picture.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, tensor } from '../../../src/lib/tensor.ts';
import { randomTensor } from '../kernels/support.ts';

const shift = fc.integer({ min: -9, max: 9 });
const shape = fc.constantFrom([5, 7, 2], [6, 3], [8], [1, 4, 1]);

it('a shifted picture shifted back is itself, and a cell that leaves comes in again', () => {
  fc.assert(
    fc.property(shape, shift, shift, (size, down, across) => {
      const picture = randomTensor(createRandom(1), size);
      expect(rolled(rolled(picture, down, across), -down, -across)).toEqual(picture);
    }),
  );
  const picture = tensor([2, 3, 1], [1, 2, 3, 4, 5, 6]);
  expect([...rolled(picture, 1, -1).data]).toEqual([5, 6, 4, 2, 3, 1]);
});

it('a blur leaves a constant as it is, and makes a Gaussian of one cell', () => {
  for (const size of [[5, 7, 2], [6, 3], [8]]) {
    const constant = tensor(size, new Float32Array(size.reduce((a, b) => a * b)).fill(0.7));
    for (const value of blurred(constant, 1.5).data) expect(value).toBeCloseTo(0.7, 6);
  }
  const dot = tensor([21, 21, 1]);
  dot.data[10 * 21 + 10] = 1;
  const spot = blurred(dot, 1.2);
  const middle = at(spot, [10, 10, 0]);
  for (const [i, j] of [
    [9, 10],
    [10, 12],
    [8, 13],
  ]) {
    const distance = (i - 10) ** 2 + (j - 10) ** 2;
    expect(at(spot, [i, j, 0]) / middle).toBeCloseTo(Math.exp(-distance / (2 * 1.2 ** 2)), 5);
  }
  expect(spot.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
});

it('a blur of width 0 does nothing, and channels stay apart', () => {
  const picture = randomTensor(createRandom(2), [4, 4, 2]);
  expect(blurred(picture, 0)).toBe(picture);
  const one = tensor(
    [4, 4, 2],
    picture.data.map((value, i) => (i % 2 ? 0 : value)),
  );
  for (const [i, value] of blurred(one, 1).data.entries()) if (i % 2) expect(value).toBe(0);
});
