/**
 * Eight command words, told apart from other words and from silence. The network is that of the TensorFlow tutorial
 * "Simple audio recognition"; what differs from it (the compression of the magnitudes, the low-pass before the resize,
 * the normalisation of each clip by itself) was chosen on the validation clips.
 */
import type { Architecture } from '../../src/lib/model/architecture.ts';
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';

const architecture: Architecture = {
  format: 'kuulo-architecture-1',
  name: 'keywords',
  input: { sampleRate: 16000, samples: 16000 },
  classes: ['down', 'go', 'left', 'no', 'right', 'stop', 'up', 'yes', 'unknown', 'silence'],
  stages: [
    { name: 'spectrogram', type: 'spectrogram', config: { winLength: 255, hopLength: 128, nFft: 256 } },
    { name: 'resized', type: 'resize', config: { height: 32, width: 32, antialias: true } },
    { name: 'compressed', type: 'power', config: { exponent: 0.5 } },
    { name: 'normalised', type: 'normalise', config: { statistics: 'per-clip', epsilon: 1e-3 } },
    { name: 'conv1', type: 'conv2d', config: { filters: 32, kernelHeight: 3, kernelWidth: 3 } },
    { name: 'relu1', type: 'relu' },
    { name: 'conv2', type: 'conv2d', config: { filters: 64, kernelHeight: 3, kernelWidth: 3 } },
    { name: 'relu2', type: 'relu' },
    { name: 'pool', type: 'max-pool2d' },
    { name: 'dropout1', type: 'dropout', config: { rate: 0.25 } },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense1', type: 'dense', config: { units: 128 } },
    { name: 'relu3', type: 'relu' },
    { name: 'dropout2', type: 'dropout', config: { rate: 0.5 } },
    { name: 'dense2', type: 'dense', config: { units: 10 } },
    { name: 'softmax', type: 'softmax' },
  ],
};

export const keywords: Recipe = {
  name: 'keywords',
  task: 'Names which of eight words is spoken in one second of sound, or that it is another word, or none.',
  architecture,
  spectrogram: 'spectrogram',
  picture: 'normalised',
  logits: 'dense2',
  silence: 'silence',
  unknown: 'unknown',
  seed: 1,
  epochs: 50,
  examplesPerEpoch: 0,
  batch: 32,
  shard: 16,
  labelSmoothing: 0.1,
  averageDecay: 0.998,
  optimiser: adamW(2e-3, 0.03, 0.02),
  sampling: { exponent: 0, shares: { silence: 0.1 } },
  augment: {
    shift: 0.1,
    speed: 0.1,
    gain: { min: 0.1, max: 2 },
    noise: { probability: 0.5, snr: { min: 5, max: 30 } },
    floor: { probability: 0.5, level: { min: 1e-5, max: 1e-3 } },
    silence: { level: { min: 1e-5, max: 3e-2 }, zeros: 0.1 },
    warp: 0.08,
    timeMasks: { count: 1, width: 4 },
    frequencyMasks: { count: 1, width: 4 },
    mixup: { probability: 0, alpha: 1 },
  },
  select: 'loss',
  patience: 0,
  data: {
    name: 'Speech Commands v0.01 and v0.02 (Pete Warden), subsets found in public repositories, with own splits by speaker',
    licence: 'CC BY 4.0',
    source: 'https://arxiv.org/abs/1804.03209',
  },
  licence: 'CC BY 4.0',
  notes: [
    'No speaker is in two splits.',
    'Clips of the official test set are among the training clips, so the figures cannot be compared with published ones.',
    'A second without a word is judged on later parts of the same six background recordings that training heard.',
  ],
};
