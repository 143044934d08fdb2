import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/components/chapter/Exercise.tsx';
import { type Numbers, numbersOf } from '../../../src/components/figures/normalisation/numbers.ts';
import {
  epsilonQuestion,
  gainQuestion,
  minMaxQuestion,
  zScoreQuestion,
} from '../../../src/components/figures/normalisation/questions.ts';
import { tensor } from '../../../src/lib/tensor.ts';

const loud: Numbers = { min: 0.01, max: 2.2, mean: 0.25, variance: 0.11, epsilon: 1e-3 };
const silent: Numbers = { min: 0, max: 0, mean: 0, variance: 0, epsilon: 1e-3 };

const accepts = ({ answer, tolerance }: Question, given: number) => Math.abs(given - answer) <= tolerance;

describe('numbersOf', () => {
  it('gives the numbers of the eight cells that the chapter computes by hand', () => {
    const of = numbersOf(tensor([2, 4, 1], [1, 3, 3, 3, 4, 4, 6, 8]));
    expect(of).toMatchObject({ min: 1, max: 8, mean: 4, variance: 4 });
  });
});

describe('the z-score of the strongest cell', () => {
  const question = zScoreQuestion(loud);
  it('is accepted with two decimals, by hand', () => {
    // (2.2 − 0.25) / √0.111 = 1.95 / 0.33317 = 5.853
    expect(accepts(question, 5.85)).toBe(true);
  });
  it.each([
    [1.95 / 0.111, /divided by the variance/],
    [2.2 / Math.sqrt(0.111), /mean is still in there/],
    [1.95, /how far x lies from the mean/],
    [-5.85, /sign is not/],
    [1, /min-max/],
    [-2, /below the mean/],
    [4.4, /Divide it by the deviation/],
  ])('refuses %f, and says what it is', (given, words) => {
    expect(accepts(question, given)).toBe(false);
    expect(question.mistake(given)).toMatch(words);
  });
  it('is 0 in silence', () => {
    expect(zScoreQuestion(silent).answer).toBe(0);
    expect(zScoreQuestion(silent).mistake(3)).toMatch(/silent/);
  });
});

describe('where min-max puts the mean', () => {
  const question = minMaxQuestion(loud);
  it('is the share of the way', () => {
    expect(accepts(question, 0.24 / 2.19)).toBe(true);
  });
  it.each([
    [0.5, /middle between least and greatest/],
    [0, /z-score/],
    [0.25, /mean itself/],
    [1 - 0.24 / 2.19, /left above the mean/],
    [3, /No cell of the clip/],
    [0.7, /2.19 wide/],
  ])('refuses %f, and says what it is', (given, words) => {
    expect(accepts(question, given)).toBe(false);
    expect(question.mistake(given)).toMatch(words);
  });
});

describe('the mean 20 dB further down', () => {
  const question = gainQuestion(loud, loud.mean / Math.sqrt(10));
  it('is the mean over √10', () => {
    expect(accepts(question, 0.079)).toBe(true);
  });
  it.each([
    [0.025, /mean of the magnitudes/],
    [0.0025, /mean of the powers/],
    [0.25, /stays, at 0/],
    [-19.75, /ratio/],
    [0.79, /20 dB up/],
    [0.5, /must become smaller/],
    [0.1, /root of what 20 dB/],
  ])('refuses %f, and says what it is', (given, words) => {
    expect(accepts(question, given)).toBe(false);
    expect(question.mistake(given)).toMatch(words);
  });
});

describe('the gain at which the variance is ε', () => {
  const question = epsilonQuestion(loud);
  it('goes with the amplitude', () => {
    // 20·log10(0.001 / 0.11) = −40.83
    expect(accepts(question, -40.8)).toBe(true);
  });
  it.each([
    [-20.4, /takes the variance for a power/],
    [-81.7, /takes the root twice/],
    [40.8, /gain is negative/],
    [110, /the factor/],
    [-60, /already below ε/],
    [-10, /still above ε/],
  ])('refuses %f, and says what it is', (given, words) => {
    expect(accepts(question, given)).toBe(false);
    expect(question.mistake(given)).toMatch(words);
  });
  it('has an answer for a silent clip too', () => {
    const asked = epsilonQuestion(silent);
    expect(asked.answer).toBeCloseTo(-40, 10);
    expect(asked.given).toMatch(/silent/);
  });
});
