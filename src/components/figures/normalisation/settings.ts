/** The settings that the chapter's figures share. */

import { statisticsParameter } from '@/lib/layers/statistics';
import type { ChoiceParameter, NumberParameter } from '@/lib/parameters';
import type { Way } from '@/workers/lab/normalisation-ways';

export const gainParameter: NumberParameter = {
  kind: 'number',
  label: 'gain',
  help: '−20 dB is a tenth of the amplitude, +20 dB ten times as much.',
  unit: 'dB',
  min: -60,
  max: 30,
  step: 1,
  default: 0,
};

export const methodParameter: ChoiceParameter<Way['method']> = {
  kind: 'choice',
  label: 'normalisation',
  help: 'What is done with each cell.',
  choices: ['z-score', 'min-max', 'none'],
  default: 'z-score',
};

export const statistics: ChoiceParameter<Way['statistics']> = {
  ...statisticsParameter('the numbers', 'per-clip'),
  help: 'Whose mean and variance, or whose least and greatest value.',
};

/** What stands for the choices on the page. */
export const names: Readonly<Record<string, string>> = {
  none: 'none',
  fitted: 'training set',
  'per-clip': 'this clip',
  'per-bin': 'each bin',
};
