/**
 * The task of `speech` with an autoencoder: an encoder squeezes the picture into 64 numbers, a decoder of transposed
 * convolutions gives the picture back from them, and both learn that without labels. Then a readout of one dense layer
 * learns from few labelled seconds which of the 64 numbers mean speech.
 */
import type { StageSpec } from '../../src/lib/model/architecture.ts';
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';
import { speech, speechArchitecture } from './speech.ts';

const halving = { kernelHeight: 3, kernelWidth: 3, strideHeight: 2, strideWidth: 2, padding: 'same' };
/** The window that is as large as the smallest picture. */
const everything = { kernelHeight: 8, kernelWidth: 8, strideHeight: 1, strideWidth: 1, padding: 'valid' };

function halve(number: number, filters: number): StageSpec[] {
  return [
    { name: `conv${number}`, type: 'conv2d', config: { ...halving, filters } },
    { name: `relu${number}`, type: 'relu' },
  ];
}

function double(number: number, filters: number): StageSpec[] {
  return [
    { name: `up${number}`, type: 'transposed-conv2d', config: { ...halving, filters } },
    { name: `up-relu${number}`, type: 'relu' },
  ];
}

const architecture = speechArchitecture('speech-autoencoder', [
  ...halve(1, 16),
  ...halve(2, 32),
  ...halve(3, 64),
  { name: 'bottleneck', type: 'conv2d', config: { ...everything, filters: 64 } },
  { name: 'unfolded', type: 'transposed-conv2d', config: { ...everything, filters: 64 } },
  { name: 'unfolded-relu', type: 'relu' },
  ...double(1, 32),
  ...double(2, 16),
  { name: 'decoded', type: 'transposed-conv2d', config: { ...halving, filters: 1 } },
  { name: 'flatten', type: 'flatten', from: 'bottleneck' },
  { name: 'readout', type: 'dense', config: { units: 2 } },
]);

const common = { ...speech, name: 'speech-autoencoder', architecture };

const autoencoder: Recipe = {
  ...common,
  logits: 'decoded',
  loss: 'reconstruction',
  epochs: 30,
};

export const speechAutoencoder: Recipe = {
  ...common,
  picture: 'bottleneck',
  logits: 'readout',
  before: autoencoder,
  labels: 100,
  epochs: 10,
  examplesPerEpoch: 2048,
  optimiser: adamW(1e-2, 0.05, 0.02),
  augment: { ...speech.augment, timeMasks: { count: 0, width: 0 }, frequencyMasks: { count: 0, width: 0 } },
  notes: [
    ...speech.notes,
    'Encoder and decoder learned from the recordings without their labels; the readout from a second each of 100 recordings of speech and 100 of noise.',
  ],
};
