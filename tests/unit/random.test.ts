import { describe, expect, it } from 'vitest';
import { createRandom, mixSeed, shuffle } from '../../src/lib/random.ts';

const draws = 100_000;

describe('createRandom', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const first = (seed: number) => Array.from({ length: 5 }, createRandom(seed).uniform);
    expect(first(7)).toEqual(first(7));
    expect(first(7)).not.toEqual(first(8));
  });

  it('draws evenly from [0, 1)', () => {
    const { uniform } = createRandom(1);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < draws; i++) tenths[Math.floor(10 * uniform())]++;
    // Each count has a standard deviation of 95: four of them.
    for (const count of tenths) expect(Math.abs(count - draws / 10)).toBeLessThan(380);
  });

  it('draws normally with mean 0, variance 1 and the tails of a bell', () => {
    const { normal } = createRandom(2);
    const values = Array.from({ length: draws }, normal);
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / draws;
    // Four standard deviations of each mean: 1, √2 and √96 over the root of the number of draws.
    const within = 4 / Math.sqrt(draws);
    expect(Math.abs(moment(1))).toBeLessThan(within);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(within * Math.SQRT2);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(within * Math.sqrt(96));
  });
});

it('mixSeed gives neighbours unrelated streams, and heeds the order', () => {
  const firsts = Array.from({ length: 1000 }, (_, n) => createRandom(mixSeed(1, n)).uniform());
  const next = firsts.slice(1);
  const product = next.reduce((sum, value, i) => sum + (value - 0.5) * (firsts[i] - 0.5), 0) / next.length;
  // Uncorrelated, the mean product of two uniform numbers around 0 has a standard deviation of 1/(12·√999).
  expect(Math.abs(product)).toBeLessThan(4 / (12 * Math.sqrt(999)));
  expect(mixSeed(1, 2)).not.toBe(mixSeed(2, 1));
});

it('shuffle gives every order alike', () => {
  const random = createRandom(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const items = ['a', 'b', 'c', 'd'];
    shuffle(items, random);
    const order = items.join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // Each count has a standard deviation of 31: four of them.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(124);
});
