/** Spoken digits at 8 kHz, of any voice, through any line: the family of `keywords-small` with wide variation. */
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';
import { classifier, logMel, separableBlock, stem } from './blocks.ts';

const CHANNELS = 64;
const names = ['block1', 'block2', 'block3', 'block4', 'block5', 'block6'];
const classes = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

export const digits: Recipe = {
  name: 'digits',
  task: 'Names which of the ten digits is spoken in one second of sound.',
  architecture: {
    format: 'kuulo-architecture-1',
    name: 'digits',
    input: { sampleRate: 8000, samples: 8000 },
    classes,
    stages: [
      ...logMel(
        { winLength: 256, hopLength: 128, nFft: 256, centre: true },
        { sampleRate: 8000, nMels: 40, fMin: 60, fMax: 3800 },
      ),
      ...stem(CHANNELS, [10, 4], [2, 2]),
      ...names.flatMap((name, i) => separableBlock(name, i === 0 ? 'stem-relu' : `${names[i - 1]}-relu2`, CHANNELS)),
      ...classifier(classes.length, 0.2),
    ],
  },
  spectrogram: 'mel',
  picture: 'normalised',
  logits: 'dense',
  clips: { longer: 'loudest', shorter: 'anywhere' },
  seed: 1,
  epochs: 40,
  examplesPerEpoch: 4224,
  batch: 64,
  shard: 32,
  labelSmoothing: 0.1,
  averageDecay: 0.998,
  optimiser: adamW(4e-3, 0.05, 0.02),
  sampling: { exponent: 0, shares: {}, sourceExponent: 0.5 },
  augment: {
    shift: 0.1,
    speed: 0.2,
    gain: { min: 0.05, max: 2 },
    band: { probability: 0.5, lowest: { min: 20, max: 400 }, highest: { min: 2000, max: 4000 } },
    noise: { probability: 0.5, snr: { min: 3, max: 30 } },
    fill: { probability: 0.5, level: { min: 1e-5, max: 3e-3 } },
    floor: { probability: 0.5, level: { min: 1e-5, max: 2e-3 } },
    warp: 0.12,
    timeMasks: { count: 2, width: 10 },
    frequencyMasks: { count: 2, width: 5 },
    mixup: { probability: 0, alpha: 1 },
  },
  select: 'balancedAccuracy',
  patience: 0,
  folder: 'digits',
  data: {
    name: 'Free Spoken Digit Dataset (Zohar Jackson and others), digits of Speech Commands (Pete Warden), a part of AudioMNIST (Sören Becker and others) and two small collections, with own splits by speaker',
    licence: 'CC BY-SA 4.0 (FSDD), CC BY 4.0 (Speech Commands), MIT (AudioMNIST)',
    source: 'https://github.com/Jakobovski/free-spoken-digit-dataset',
  },
  licence: 'CC BY-SA 4.0',
  notes: [
    'No speaker is in two splits.',
    'Zero, one, five and eight come from hundreds of speakers, the other digits from a few dozen clips outside FSDD and AudioMNIST.',
    'Everything is judged at 8 kHz, the rate of FSDD.',
  ],
};
