import { describe, expect, it } from 'vitest';
import { decayAt, moveAverage } from '../../../src/lib/train/average.ts';
import { learningRateAt } from '../../../src/lib/train/schedule.ts';

const recipe = { learningRate: 0.01, warmUp: 0.1, finalShare: 0.2 };

describe('the learning rate', () => {
  it('rises in equal steps to its peak at the end of the warm-up', () => {
    expect([1, 5, 10].map((step) => learningRateAt(step, 100, recipe))).toEqual([0.001, 0.005, 0.01]);
  });

  it('falls along half a cosine: half way down in the middle, to its final share at the end', () => {
    expect(learningRateAt(55, 100, recipe)).toBeCloseTo(0.01 * (0.2 + 0.8 * 0.5), 12);
    expect(learningRateAt(100, 100, recipe)).toBeCloseTo(0.002, 12);
  });

  it('starts at its peak without a warm-up', () => {
    expect(learningRateAt(1, 1000, { ...recipe, warmUp: 0 })).toBeCloseTo(0.01, 6);
  });
});

describe('the running average', () => {
  it('forgets the fresh weights at once, then as slowly as its decay says', () => {
    expect(decayAt(1, 0.99)).toBeCloseTo(0.1, 12);
    expect(decayAt(100_000, 0.99)).toBe(0.99);
  });

  it('stays where the weights stay, and comes near them when they move', () => {
    const weights = Float32Array.of(1, 2);
    const average = Float32Array.of(1, 0);
    for (let step = 0; step < 100; step++) moveAverage(average, weights, 0.9);
    expect(average[0]).toBe(1);
    expect(average[1]).toBeCloseTo(2 - 2 * 0.9 ** 100, 5);
  });
});

describe('stairs', () => {
  it('cut the rate by the factor after equal parts of the run, after the rise', () => {
    const recipe = { learningRate: 1, warmUp: 0.1, finalShare: 0, stairs: { drops: 3, factor: 0.1 } };
    const rates = [1, 2, 5, 6, 10, 11, 20].map((step) => learningRateAt(step, 20, recipe));
    for (const [i, rate] of [0.5, 1, 1, 0.1, 0.1, 0.01, 0.001].entries()) expect(rates[i]).toBeCloseTo(rate, 12);
  });
});
