/**
 * Water, alarm, or another sound, as the document that it comes from does it: spectral gate, trim, the mean magnitude of
 * each frequency, min-max, and five dense layers. What differs: softmax at the end, where the document has ReLU.
 */
import type { StageSpec } from '../../src/lib/model/architecture.ts';
import { type Recipe, unvaried } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';
import { esc50, escNotes, fiveSeconds, waterAndAlarm } from './esc-50.ts';

const dense = (number: number, units: number, rate: number): StageSpec[] => [
  { name: `dense${number}`, type: 'dense', config: { units } },
  { name: `relu${number}`, type: 'relu' },
  ...(rate > 0 ? [{ name: `dropout${number}`, type: 'dropout', config: { rate } }] : []),
];

export const events: Recipe = {
  name: 'events',
  task: 'Tells running or dripping water and alarms from other sounds in five seconds.',
  architecture: {
    format: 'kuulo-architecture-1',
    name: 'events',
    input: fiveSeconds,
    classes: ['water', 'alarm', 'other'],
    stages: [
      { name: 'denoised', type: 'denoise', config: { noiseSamples: 25000 } },
      { name: 'trimmed', type: 'trim', config: { topDb: 20, frameLength: 512, hopLength: 64 } },
      { name: 'spectrogram', type: 'spectrogram', config: { winLength: 512, hopLength: 256, nFft: 512, centre: true } },
      { name: 'mean', type: 'mean-over-time' },
      { name: 'normalised', type: 'min-max', config: { statistics: 'per-clip' } },
      ...dense(1, 256, 0.5),
      ...dense(2, 256, 0.5),
      ...dense(3, 128, 0.5),
      ...dense(4, 128, 0.5),
      { name: 'dense5', type: 'dense', config: { units: 3 } },
      { name: 'softmax', type: 'softmax' },
    ],
  },
  picture: 'normalised',
  logits: 'dense5',
  unknown: 'other',
  sounds: waterAndAlarm,
  seed: 1,
  epochs: 60,
  examplesPerEpoch: 1024,
  batch: 32,
  shard: 16,
  labelSmoothing: 0,
  averageDecay: 0.99,
  optimiser: adamW(1e-3, 0.03, 0.01),
  sampling: { exponent: 0, shares: {} },
  augment: unvaried,
  select: 'balancedAccuracy',
  validateEvery: 5,
  patience: 0,
  folder: 'events',
  ...esc50,
  notes: [
    ...escNotes.slice(0, 1),
    'The classes are small: 120 clips of water, 80 of alarms. So each of the five folds is held out once, and the answers are pooled.',
  ],
};
