import { expect, it } from 'vitest';
import { sigmoid, tanh } from '../../../src/lib/layers/squash.ts';

it.each([0, 1e-300, 1e-12, 9e-4, 1.1e-3, 0.02, 0.5, 1, 3, 19, 400, 1e9, Number.POSITIVE_INFINITY])(
  'tanh and the logistic function of ± %d',
  (z) => {
    for (const value of [z, -z]) {
      expect(Math.abs(tanh(value) - Math.tanh(value))).toBeLessThanOrEqual(1e-12 * Math.abs(Math.tanh(value)));
      expect(sigmoid(value)).toBeCloseTo(0.5 + 0.5 * Math.tanh(value / 2), 15);
    }
  },
);

it('keep what is not a number', () => {
  expect(tanh(Number.NaN)).toBeNaN();
  expect(sigmoid(Number.NaN)).toBeNaN();
});
