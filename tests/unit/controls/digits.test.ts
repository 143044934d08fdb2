import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf, numberOf } from '../../../src/components/controls/digits.ts';

describe('a typed number', () => {
  it.each([
    ['512', 512],
    ['16,000', 16000],
    ['−3.5', -3.5],
    ['-3.5', -3.5],
    [' 7 ', 7],
    ['16 000', 16000],
    ['16\u00a0000', 16000],
    ['1,234,567.5', 1234567.5],
    ['0,5', 0.5],
    ['−26,02', -26.02],
    ['0,125', 0.125],
    ['.5', 0.5],
    ['1e3', 1000],
  ])('%s is %d', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it.each(['', ' ', '-', '−', '.', '1e', 'many', '1,2,3', '12 samples'])('"%s" is none', (text) => {
    expect(numberOf(text)).toBeNaN();
  });

  it('is written as it is read, to six digits', () => {
    const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(numbers, (value) => {
        expect(Math.abs(numberOf(digitsOf(value)) - value)).toBeLessThanOrEqual(5e-6 * Math.abs(value));
      }),
    );
    expect([digitsOf(0.30000000000000004), digitsOf(16000), digitsOf(Number.NaN)]).toEqual(['0.3', '16000', '']);
  });
});
