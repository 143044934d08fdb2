import { describe, expect, it } from 'vitest';
import {
  formatDimensions,
  formatNumber,
  formatProbability,
  formatRange,
} from '../../../src/components/plots/format.ts';
import { roundTicks } from '../../../src/components/plots/ticks.ts';

describe('a number', () => {
  it.each([
    [-0.3, { decimals: 2 }, '−0.30'],
    [1563.4, { decimals: 0, unit: 'Hz' }, '1,563\u00a0Hz'],
    [0.0158750001, { significant: 3, unit: 's' }, '0.0159\u00a0s'],
    [16000, {}, '16,000'],
    [0.44, {}, '0.44'],
    [2 / 3, {}, '0.6667'],
    [-0.0004, { decimals: 2 }, '0.00'],
    [-0, {}, '0'],
    [1e-5, { significant: 2 }, '0.000010'],
    [Number.NEGATIVE_INFINITY, { unit: 'dB' }, '−∞\u00a0dB'],
    [Number.NaN, { unit: 'dB' }, 'not a number'],
  ])('%d with %o is %s', (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text);
  });

  it('has its unit once in a range', () => {
    expect(formatRange(-46.2, 24, { decimals: 0, unit: 'dB' })).toBe('−46 to 24\u00a0dB');
  });

  it('gives shapes', () => {
    expect(formatDimensions([30, 30, 32])).toBe('30 × 30 × 32');
    expect(formatDimensions([16000])).toBe('16,000');
  });

  it.each([
    [0.985, '98.5\u00a0%'],
    [1, 'more than 99.9\u00a0%'],
    [0.9994, '99.9\u00a0%'],
    [0.0001, 'less than 0.1\u00a0%'],
    [0, '0.0\u00a0%'],
  ])('gives the probability %d as %s', (probability, text) => {
    expect(formatProbability(probability)).toBe(text);
  });
});

describe('ticks', () => {
  it.each([
    [0, 8000, 4, [0, 2000, 4000, 6000, 8000]],
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-0.05, 0.05, 5, [-0.04, -0.02, 0, 0.02, 0.04]],
    [3, 3, 5, []],
    [-31.25, 8031.25, 8, [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]],
  ])('from %d to %d, about %i', (low, high, wanted, ticks) => {
    expect(roundTicks(low, high, wanted)).toEqual(ticks);
  });
});
