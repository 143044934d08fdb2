import { describe, expect, it } from 'vitest';
import { spreadAfter } from '../../../src/components/figures/normalisation/epsilon.ts';
import { countValues, heightOf } from '../../../src/components/figures/normalisation/histogram.ts';
import { numeral } from '../../../src/components/figures/normalisation/numeral.ts';
import { momentsOf } from '../../../src/lib/dsp/moments.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { normalised, ownWay } from '../../../src/workers/lab/normalisation-ways.ts';

describe('countValues', () => {
  it('counts each value once, the greatest in the last interval', () => {
    const { counts, edges } = countValues([0, 0.1, 1, 1.9, 2, 5, -1, Number.NaN], 0, 2, 2);
    expect([...counts]).toEqual([2, 3]);
    expect([...edges]).toEqual([0, 1, 2]);
  });
});

describe('heightOf', () => {
  it('is the highest bar, unless that towers over the second', () => {
    expect(heightOf([3, 9, 5])).toBe(9);
    expect(heightOf([500, 100, 5])).toBe(120);
    expect(heightOf([1024, 0, 0])).toBe(1024);
    expect(heightOf([0, 0])).toBe(1);
  });
});

describe('spreadAfter', () => {
  it('is the deviation that the engine leaves', () => {
    const random = createRandom(3);
    for (const size of [1, 0.03, 1e-3]) {
      const picture = tensor(
        [32, 32, 1],
        Array.from({ length: 1024 }, () => size * random.normal()),
      );
      const after = momentsOf(normalised(picture, ownWay).data);
      const { variance } = momentsOf(picture.data);
      expect(Math.sqrt(after.variance)).toBeCloseTo(spreadAfter(variance, ownWay.epsilon), 5);
    }
  });
  it('is √½ where the variance is epsilon, and one half at a third of it', () => {
    expect(spreadAfter(1e-3, 1e-3)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(spreadAfter(1e-3 / 3, 1e-3)).toBeCloseTo(0.5, 12);
  });
});

describe('numeral', () => {
  it.each([
    [0, '0'],
    [1.3764, '1.376'],
    [-0.25, '−0.25'],
    [1.1e-4, '1.1·10⁻⁴'],
    [1e-7, '10⁻⁷'],
    [-2e-5, '−2·10⁻⁵'],
    [9.996e-5, '10⁻⁴'],
  ])('writes %f', (value, text) => {
    expect(numeral(value)).toBe(text);
  });
});
