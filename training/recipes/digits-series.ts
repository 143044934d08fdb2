/**
 * Spoken digits as the document that they come from names them: a one-dimensional network of four convolutions, on the
 * log-mel spectrogram or on the waveform. What differs: on the spectrogram its windows do not fit, so they are padded;
 * zero is a digit too; the waveform is normalised as the spectrogram is; and no voice of the test was heard in training.
 */
import type { StageSpec } from '../../src/lib/model/architecture.ts';
import { type Recipe, unvaried } from '../../src/lib/train/recipe.ts';
import { digits } from './digits.ts';

const WIDTHS = [
  { filters: 8, kernel: 13 },
  { filters: 16, kernel: 11 },
  { filters: 32, kernel: 9 },
  { filters: 64, kernel: 7 },
];
const RATE = 0.3;

function network(padding: 'same' | 'valid'): StageSpec[] {
  const dropout = (name: string): StageSpec => ({ name, type: 'dropout', config: { rate: RATE } });
  const dense = (number: number, units: number): StageSpec[] => [
    { name: `dense${number}`, type: 'dense', config: { units } },
    { name: `dense-relu${number}`, type: 'relu' },
    dropout(`dense-dropout${number}`),
  ];
  return [
    ...WIDTHS.flatMap(({ filters, kernel }, i) => [
      { name: `conv${i + 1}`, type: 'conv1d', config: { filters, kernel, padding } },
      { name: `relu${i + 1}`, type: 'relu' },
      { name: `pool${i + 1}`, type: 'max-pool1d', config: { pool: 3 } },
      dropout(`dropout${i + 1}`),
    ]),
    { name: 'flatten', type: 'flatten' },
    ...dense(1, 256),
    ...dense(2, 128),
    { name: 'dense3', type: 'dense', config: { units: digits.architecture.classes.length } },
    { name: 'softmax', type: 'softmax' },
  ];
}

function recipeOf(
  name: string,
  preprocessing: readonly StageSpec[],
  picture: string,
  padding: 'same' | 'valid',
): Recipe {
  const { input, classes } = digits.architecture;
  const { spectrogram, clips, ...task } = digits;
  return {
    ...task,
    name,
    architecture: {
      format: 'kuulo-architecture-1',
      name,
      input,
      classes,
      stages: [...preprocessing, ...network(padding)],
    },
    picture,
    logits: 'dense3',
    epochs: 100,
    examplesPerEpoch: 0,
    batch: 32,
    shard: 16,
    labelSmoothing: 0,
    averageDecay: 0,
    // Adam with the settings of Keras, and no decay.
    optimiser: {
      learningRate: 1e-3,
      warmUp: 0,
      finalShare: 1,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    },
    sampling: { exponent: 1, shares: {} },
    augment: unvaried,
    select: 'loss',
    patience: 10,
    notes: [...digits.notes, 'The network and its training are those of the document, which varies no example.'],
  };
}

export const digitsMel = recipeOf(
  'digits-mel',
  [
    {
      name: 'spectrogram',
      type: 'spectrogram',
      config: { winLength: 2048, hopLength: 512, nFft: 2048, centre: true, padMode: 'constant', power: 2 },
    },
    {
      name: 'mel',
      type: 'mel',
      config: { sampleRate: 8000, nFft: 2048, nMels: 128, fMin: 0, fMax: 4000, scale: 'slaney', norm: 'slaney' },
    },
    { name: 'decibels', type: 'decibels', config: { quantity: 'power', reference: 'max', topDb: 80 } },
    { name: 'normalised', type: 'normalise', config: { statistics: 'per-clip' } },
    { name: 'transposed', type: 'transpose' },
  ],
  'transposed',
  'same',
);

export const digitsWaveform = recipeOf(
  'digits-waveform',
  [{ name: 'normalised', type: 'normalise', config: { statistics: 'per-clip' } }],
  'normalised',
  'valid',
);
