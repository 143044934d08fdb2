/** A recipe and clips small enough to train in a test: a low tone, a high tone, noise, and silence. */
import { createRandom } from '../../../src/lib/random.ts';
import type { JudgedClips } from '../../../src/lib/train/engine.ts';
import { type TrainingClips, toPcm } from '../../../src/lib/train/examples.ts';
import { colouredNoise } from '../../../src/lib/train/noise.ts';
import type { Recipe } from '../../../src/lib/train/recipe.ts';

const SAMPLES = 1024;

export const small: Recipe = {
  name: 'small',
  task: 'A test.',
  architecture: {
    format: 'kuulo-architecture-1',
    name: 'small',
    input: { sampleRate: 8000, samples: SAMPLES },
    classes: ['low', 'high', 'unknown', 'silence'],
    stages: [
      { name: 'spectrogram', type: 'spectrogram', config: { winLength: 64, hopLength: 64, nFft: 64 } },
      { name: 'log', type: 'log', config: { offset: 1e-3 } },
      { name: 'resized', type: 'resize', config: { height: 8, width: 8, antialias: true } },
      { name: 'normalised', type: 'normalise' },
      { name: 'conv', type: 'conv2d', config: { filters: 4 } },
      { name: 'relu', type: 'relu' },
      { name: 'dropout', type: 'dropout', config: { rate: 0.2 } },
      { name: 'flatten', type: 'flatten' },
      { name: 'dense', type: 'dense', config: { units: 4 } },
      { name: 'softmax', type: 'softmax' },
    ],
  },
  spectrogram: 'spectrogram',
  picture: 'normalised',
  logits: 'dense',
  silence: 'silence',
  unknown: 'unknown',
  seed: 5,
  epochs: 4,
  examplesPerEpoch: 64,
  batch: 16,
  shard: 4,
  labelSmoothing: 0.05,
  averageDecay: 0.9,
  optimiser: {
    learningRate: 0.02,
    warmUp: 0.1,
    finalShare: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
  },
  sampling: { exponent: 0.5, shares: { silence: 0.2 } },
  augment: {
    shift: 0.01,
    speed: 0.02,
    gain: { min: 0.5, max: 2 },
    noise: { probability: 0.5, snr: { min: 10, max: 30 } },
    floor: { probability: 0.5, level: { min: 1e-5, max: 1e-3 } },
    silence: { level: { min: 1e-5, max: 1e-4 }, zeros: 0.2 },
    warp: 0.02,
    timeMasks: { count: 1, width: 1 },
    frequencyMasks: { count: 1, width: 1 },
    mixup: { probability: 0.5, alpha: 0.4 },
  },
  select: 'loss',
  patience: 0,
  data: { name: 'made in the test', licence: 'none', source: 'none' },
  licence: 'none',
  notes: [],
};

/** 1024 samples of a tone of some hertz, or of noise where none is given. */
function sound(seed: number, hertz?: number): Float32Array {
  const random = createRandom(seed);
  const phase = random.uniform();
  return Float32Array.from({ length: SAMPLES }, (_, i) =>
    hertz === undefined ? 0.2 * random.normal() : 0.3 * Math.sin(2 * Math.PI * ((hertz * i) / 8000 + phase)),
  );
}

/** Ten clips of each of the three classes that have clips. */
export function smallClips(firstSeed: number): { training: TrainingClips; judged: JudgedClips } {
  const pcm = new Int16Array(30 * SAMPLES);
  const hertz = [500, 2500, undefined];
  for (let i = 0; i < 30; i++) toPcm(sound(firstSeed + i, hertz[i % 3]), pcm, i * SAMPLES);
  const indices = Array.from({ length: 30 }, (_, i) => i);
  return {
    training: {
      pcm,
      samples: SAMPLES,
      byClass: [0, 1, 2, 3].map((label) => indices.filter((i) => i % 3 === label)),
      bank: colouredNoise(4000, 2),
    },
    judged: { pcm, samples: SAMPLES, labels: indices.map((i) => i % 3) },
  };
}
