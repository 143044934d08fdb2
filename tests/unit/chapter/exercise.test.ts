import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../src/components/chapter/Exercise.tsx';
import { formatNumber } from '../../../src/components/plots/format.ts';

describe('an answer', () => {
  it.each([
    ['124', 124],
    [' 124 ', 124],
    ['16,000', 16000],
    ['16 000', 16000],
    ['16\u00a0000', 16000],
    ['−3.5', -3.5],
    ['-3.5', -3.5],
    ['+3', 3],
    ['0,5', 0.5],
    ['1e3', 1000],
    ['0', 0],
  ])('"%s" is %d', (text, value) => {
    expect(parseAnswer(text)).toBe(value);
  });

  it.each(['', '  ', '−', ',', 'ten', '12 frames', '1..5', 'NaN', 'Infinity', '-Infinity', '1e999', '1/2'])(
    '"%s" is none',
    (text) => {
      expect(parseAnswer(text)).toBeUndefined();
    },
  );

  it('may be written as the book writes it', () => {
    for (const value of [124, 16000, 1234567, -26.02, 0.5, 0.0312, -0.3]) {
      expect(parseAnswer(formatNumber(value, { significant: 7 }))).toBe(value);
    }
  });
});
