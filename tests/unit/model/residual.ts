/** A small network with two residual blocks, as in tests/golden/residual.py. */
import type { Architecture, StageSpec } from '../../../src/lib/model/architecture.ts';
import golden from '../../golden/residual.json' with { type: 'json' };

const { epsilon } = golden.network;
const conv = (part: string, filters: number, stride = 1, size = 3): StageSpec => ({
  name: `conv${part}`,
  type: 'conv2d',
  config: {
    filters,
    kernelHeight: size,
    kernelWidth: size,
    strideHeight: stride,
    strideWidth: stride,
    padding: 'same',
  },
});
const norm = (part: string): StageSpec => ({ name: `norm${part}`, type: 'batch-norm', config: { epsilon } });
const relu = (part: string): StageSpec => ({ name: `relu${part}`, type: 'relu' });

/** The second block has a convolution on its shortcut. Picture: 9 × 8 × 1. */
export const architecture: Architecture = {
  format: 'kuulo-architecture-1',
  name: 'residual',
  input: { sampleRate: 1000, samples: 70 },
  classes: ['a', 'b', 'c'],
  stages: [
    { name: 'spectrogram', type: 'spectrogram', config: { winLength: 14, hopLength: 7, nFft: 14 } },
    ...[conv('0', 3), norm('0'), relu('0')],
    ...[conv('1a', 3), norm('1a'), relu('1a'), conv('1b', 3), norm('1b')],
    { name: 'sum1', type: 'sum', skip: 'relu0' },
    relu('1'),
    ...[conv('2a', 4, 2), norm('2a'), relu('2a'), conv('2b', 4), norm('2b')],
    { ...conv('2s', 4, 2, 1), from: 'relu1' },
    norm('2s'),
    { name: 'sum2', type: 'sum', skip: 'norm2b' },
    relu('2'),
    { name: 'pool', type: 'global-average-pool' },
    { name: 'dense', type: 'dense', config: { units: 3 } },
    { name: 'softmax', type: 'softmax' },
  ],
};
