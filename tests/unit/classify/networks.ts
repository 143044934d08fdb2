/** Small networks of every shape that the page has to show, with weights that nobody trained. */
import type { ModelShell } from '../../../src/components/figures/classify/entries.ts';
import type { StageSpec } from '../../../src/lib/model/architecture.ts';
import { createNetwork, initialise, type Network } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { stagesOf } from '../../../src/workers/stages.ts';
import { classifier, logMel, residualBlock, separableBlock, stem } from '../../../training/recipes/blocks.ts';

function network(name: string, samples: number, classes: readonly string[], stages: readonly StageSpec[]): Network {
  const built = createNetwork({
    format: 'kuulo-architecture-1',
    name,
    input: { sampleRate: 8000, samples },
    classes,
    stages,
  });
  initialise(built, createRandom(5));
  return built;
}

const stft = { winLength: 240, hopLength: 160, nFft: 256, centre: true };
const mel = { sampleRate: 8000, nMels: 20, fMin: 60, fMax: 3800 };
const three = ['a', 'b', 'c'];

/** The family of `keywords-small`: two depthwise-separable residual blocks on log-mel. */
export const separable = network('separable', 4000, three, [
  ...logMel(stft, mel),
  ...stem(8, [10, 4], [2, 2]),
  ...separableBlock('block1', 'stem-relu', 8),
  ...separableBlock('block2', 'block1-relu2', 8),
  ...classifier(3, 0.2),
]);

/** The family of `environment`: a block that keeps its size, and one with a way around that changes it. */
export const residual = network('residual', 4000, three, [
  ...logMel(stft, mel),
  ...stem(4, [3, 3], [1, 1]),
  ...residualBlock('block1', 'stem-relu', 4, 1, false),
  ...residualBlock('block2', 'block1-relu2', 8, 2, true),
  ...classifier(3, 0),
]);

/** The family of `events`: cleaned sound, its mean spectrum, a row of numbers. */
export const cleaned = network('cleaned', 4000, three, [
  { name: 'denoised', type: 'denoise', config: { noiseSamples: 1000 } },
  { name: 'trimmed', type: 'trim', config: { frameLength: 512, hopLength: 64 } },
  { name: 'spectrogram', type: 'spectrogram', config: stft },
  { name: 'mean', type: 'mean-over-time' },
  { name: 'scaled', type: 'min-max' },
  { name: 'dense1', type: 'dense', config: { units: 16 } },
  { name: 'relu', type: 'relu' },
  { name: 'dense2', type: 'dense', config: { units: 3 } },
  { name: 'softmax', type: 'softmax' },
]);

/** The family of `digits-waveform`: series. */
export const series = network('series', 800, three, [
  { name: 'conv1', type: 'conv1d', config: { filters: 4, kernel: 13 } },
  { name: 'relu1', type: 'relu' },
  { name: 'pool1', type: 'max-pool1d', config: { pool: 3 } },
  { name: 'drop', type: 'dropout', config: { rate: 0.3 } },
  { name: 'flatten', type: 'flatten' },
  { name: 'dense', type: 'dense', config: { units: 3 } },
  { name: 'softmax', type: 'softmax' },
]);

/** One of `speech`: an LSTM over the columns of a picture in decibels. */
export const recurrent = network('recurrent', 4000, three, [
  { name: 'spectrogram', type: 'spectrogram', config: { ...stft, power: 2 } },
  { name: 'decibels', type: 'decibels', config: { quantity: 'power' } },
  { name: 'normalised', type: 'normalise' },
  { name: 'lstm', type: 'lstm', config: { units: 6 } },
  { name: 'dense', type: 'dense', config: { units: 3 } },
  { name: 'softmax', type: 'softmax' },
]);

export function shellOf(of: Network): ModelShell {
  const { name, classes, input } = of.architecture;
  return { name, classes, ...input, stages: stagesOf(of) };
}
