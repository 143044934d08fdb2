/** The questions of chapter 6, asked of the picture of the reader's second before it is normalised. */
import type { Question } from '@/components/chapter/Exercise';
import { formatNumber } from '@/components/plots/format';
import { type Numbers, same } from './numbers.ts';

const n = (value: number) => formatNumber(value);
const two = (value: number) => formatNumber(value, { decimals: 2 });
const silent = (of: Numbers) => of.variance === 0;

/** The z-score of the strongest cell. */
export function zScoreQuestion(of: Numbers): Question {
  const { max: x, mean, variance, epsilon } = of;
  const divisor = Math.sqrt(variance + epsilon);
  const answer = (x - mean) / divisor;
  return {
    given: `Your strongest cell has x = ${n(x)}. The mean of the 1,024 cells is ${n(mean)}, their variance ${n(variance)}, and ε is ${epsilon}.`,
    unit: '',
    answer,
    tolerance: Math.max(0.02, 0.005 * Math.abs(answer)),
    why: `(${n(x)} − ${n(mean)}) / √(${n(variance)} + ${epsilon}) = ${n(x - mean)} / ${n(divisor)} = ${two(answer)}: so many deviations above the mean.`,
    hint: 'Take the mean away first. Then divide by the root of the variance, to which ε is added.',
    mistake: (given) => {
      if (silent(of)) return 'Your clip is silent: value and mean are both 0, and 0 over √ε is 0.';
      if (same(given, (x - mean) / (variance + epsilon)))
        return 'That is divided by the variance. The deviation is its root.';
      if (same(given, x / divisor)) return 'The mean is still in there. Take it away from x before you divide.';
      if (same(given, x - mean)) return 'That is how far x lies from the mean. How many deviations is that?';
      if (same(given, -answer))
        return 'The distance is right, the sign is not: the strongest cell lies above the mean.';
      if (same(given, (x - mean) / (Math.sqrt(variance) + epsilon)))
        return 'There ε stands outside the root. Here it is added to the variance, under it.';
      if (same(given, 1)) return 'That is what min-max makes of the strongest cell.';
      return given < 0
        ? 'That would be a cell below the mean. The strongest one lies above it.'
        : `The distance from the mean is ${n(x - mean)}. Divide it by the deviation, ${n(divisor)}.`;
    },
  };
}

/** Where min-max puts a cell that has the mean value. */
export function minMaxQuestion(of: Numbers): Question {
  const { min, max, mean, epsilon } = of;
  const answer = (mean - min) / Math.max(max - min, epsilon);
  return {
    given: `The least of your cells has ${n(min)}, the greatest ${n(max)}, and their mean is ${n(mean)}.`,
    unit: '',
    answer,
    tolerance: 0.01,
    why: `(${n(mean)} − ${n(min)}) / (${n(max)} − ${n(min)}) = ${two(answer)}. Most cells are quiet, and a few loud ones hold the other end.`,
    hint: 'How far is it from the least value to the mean, as a share of the way to the greatest?',
    mistake: (given) => {
      if (silent(of)) return 'Your clip is silent: all cells are alike, and what is alike everywhere becomes 0.';
      if (same(given, 0.5))
        return 'The middle between least and greatest becomes 0.5. The mean lies much lower: most cells are quiet.';
      if (same(given, 0)) return 'The mean becomes 0 in a z-score. Min-max gives 0 to the least value.';
      if (same(given, mean)) return 'That is the mean itself, not yet a share of the range.';
      if (same(given, 1 - answer)) return 'That is the share that is left above the mean. Count from the least value.';
      return given > 1 || given < 0
        ? 'No cell of the clip leaves the range from 0 to 1 when its own least and greatest value are used.'
        : `The range is ${n(max - min)} wide, and the mean lies ${n(mean - min)} above its lower end.`;
    },
  };
}

/** What the mean of the picture becomes 20 dB further down. */
export function gainQuestion(of: Numbers, quieterMean: number): Question {
  const { mean } = of;
  return {
    given: `The mean of your 1,024 cells, which hold roots of magnitudes, is ${n(mean)}. Then the clip is turned down by 20 dB.`,
    unit: '',
    answer: quieterMean,
    tolerance: Math.max(1e-6, 0.02 * quieterMean),
    why: `20 dB are a factor of 10 for the amplitude, so of √10 = 3.162 for its root: ${n(mean)} / 3.162 = ${n(quieterMean)}.`,
    hint: 'What does 20 dB do to the amplitude? And what does that do to its root?',
    mistake: (given) => {
      if (mean === 0) return 'Your clip is silent: its mean is 0 at any gain.';
      if (same(given, mean / 10)) return 'So would the mean of the magnitudes. These cells hold their roots.';
      if (same(given, mean / 100)) return 'So would the mean of the powers. These cells hold roots of magnitudes.';
      if (same(given, mean)) return 'The mean of the z-scores stays, at 0. This is the mean before they are taken.';
      if (same(given, mean - 20)) return 'Decibels are a ratio: they divide, they are not taken away.';
      if (same(given, mean * Math.sqrt(10))) return 'That is 20 dB up.';
      return given > mean
        ? 'It is turned down: the mean must become smaller.'
        : `Divide by the root of what 20 dB mean for the amplitude.`;
    },
  };
}

/** How far a clip may fall until its variance is no more than ε. */
export function epsilonQuestion(of: Numbers): Question {
  const { epsilon } = of;
  // A silent clip has no such gain: the question is then asked of a variance that it could have.
  const variance = silent(of) ? 0.1 : of.variance;
  const ratio = epsilon / variance;
  const answer = 20 * Math.log10(ratio);
  const db = (value: number) => formatNumber(value, { decimals: 1, unit: 'dB' });
  return {
    given: silent(of)
      ? `Your clip is silent and has no variance. Take one of ${variance}; ε is ${epsilon}.`
      : `The variance of your 1,024 cells is ${n(variance)}; ε is ${epsilon}.`,
    unit: 'dB',
    answer,
    tolerance: 0.5,
    why: `The cells go with the root of the amplitude, so their variance goes with the amplitude itself: 20·log₁₀(${epsilon} / ${n(variance)}) = ${db(answer)}. There the spread is down to √½ = 0.71.`,
    hint: 'A factor for the amplitude is the same factor for the variance of its roots. Then turn the factor into decibels.',
    mistake: (given) => {
      if (same(given, 10 * Math.log10(ratio)))
        return 'That takes the variance for a power. Of roots of magnitudes it goes with the amplitude, for which a factor of 10 is 20 dB.';
      if (same(given, 40 * Math.log10(ratio)))
        return 'That takes the root twice. The values go with the root of the amplitude, their variance with the amplitude.';
      if (same(given, -answer)) {
        return answer < 0
          ? 'So much louder would it be. It has to become fainter: the gain is negative.'
          : 'Your clip is so faint that its variance is below ε already. It has to become louder: the gain is positive.';
      }
      if (same(given, ratio) || same(given, 1 / ratio)) return 'That is the factor. How many decibels is it?';
      return given < answer
        ? 'There the variance is already below ε.'
        : 'There the variance is still above ε. Turn it down further.';
    },
  };
}
