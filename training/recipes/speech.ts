/**
 * Speech or noise in a second of a stream: a plain convolutional network on the log-spectrogram. Speech is mixed with the
 * noise of training recordings at random signal-to-noise ratios.
 */
import type { Architecture, StageSpec } from '../../src/lib/model/architecture.ts';
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';

/** The architecture of a network that is shown the log-spectrogram of a second, 64 moments × 64 bands. */
export function speechArchitecture(name: string, stages: readonly StageSpec[]): Architecture {
  return {
    format: 'kuulo-architecture-1',
    name,
    input: { sampleRate: 16000, samples: 16000, hop: 16000 },
    classes: ['noise', 'speech'],
    stages: [
      { name: 'spectrogram', type: 'spectrogram', config: { winLength: 512, hopLength: 256, nFft: 512 } },
      { name: 'resized', type: 'resize', config: { height: 64, width: 64, antialias: true } },
      { name: 'log', type: 'log', config: { offset: 1e-3 } },
      { name: 'normalised', type: 'normalise', config: { statistics: 'per-clip', epsilon: 1e-3 } },
      ...stages,
      { name: 'softmax', type: 'softmax' },
    ],
  };
}

export const speech: Recipe = {
  name: 'speech',
  task: 'Tells whether somebody speaks in a second of sound.',
  architecture: speechArchitecture('speech', [
    { name: 'conv1', type: 'conv2d', config: { filters: 16, padding: 'same' } },
    { name: 'relu1', type: 'relu' },
    { name: 'pool1', type: 'max-pool2d' },
    { name: 'conv2', type: 'conv2d', config: { filters: 32, padding: 'same' } },
    { name: 'relu2', type: 'relu' },
    { name: 'pool2', type: 'max-pool2d' },
    { name: 'conv3', type: 'conv2d', config: { filters: 32, padding: 'same' } },
    { name: 'relu3', type: 'relu' },
    { name: 'pool3', type: 'max-pool2d' },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense1', type: 'dense', config: { units: 64 } },
    { name: 'relu4', type: 'relu' },
    { name: 'dropout', type: 'dropout', config: { rate: 0.5 } },
    { name: 'dense2', type: 'dense', config: { units: 2 } },
  ]),
  spectrogram: 'spectrogram',
  picture: 'normalised',
  logits: 'dense2',
  clips: { longer: 'anywhere', shorter: 'anywhere' },
  noise: { classes: ['noise'], made: false },
  seed: 1,
  epochs: 30,
  examplesPerEpoch: 4096,
  batch: 32,
  shard: 16,
  labelSmoothing: 0.05,
  averageDecay: 0.998,
  optimiser: adamW(1e-3, 0.05, 0.02),
  sampling: { exponent: 0, shares: { speech: 0.25 } },
  augment: {
    shift: 0,
    speed: 0.1,
    gain: { min: 0.05, max: 2 },
    noise: { probability: 0.6, snr: { min: 0, max: 25 } },
    fill: { probability: 0.7, level: { min: 1e-5, max: 1e-3 } },
    floor: { probability: 0, level: { min: 1e-5, max: 1e-3 } },
    warp: 0.05,
    timeMasks: { count: 1, width: 8 },
    frequencyMasks: { count: 1, width: 8 },
    mixup: { probability: 0, alpha: 1 },
  },
  select: 'loss',
  patience: 0,
  folder: 'speech',
  data: {
    name: 'LibriSpeech test-clean (Vassil Panayotov and others), ESC-50 (Karol J. Piczak), backgrounds of Speech Commands (Pete Warden)',
    licence: 'CC BY 4.0 (speech and backgrounds), CC BY-NC 3.0 (ESC-50)',
    source: 'https://www.openslr.org/12',
  },
  licence: 'CC BY-NC 3.0',
  notes: [
    'No speaker and no original recording is in two splits.',
    'The speech is read, clean and close to the microphone; the noise was recorded elsewhere. Training mixes the two, the figures of the splits are of unmixed clips.',
  ],
};
