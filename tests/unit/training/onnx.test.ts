import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import type { StageSpec } from '../../../src/lib/model/architecture.ts';
import { loadNetwork } from '../../../src/lib/model/load.ts';
import { createNetwork, inferencePass, initialise, type Network, runStages } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { permuted } from '../../../training/onnx/layout.ts';
import { describeInput, firstWritable, writeOnnx } from '../../../training/onnx/write.ts';
import { randomTensor } from '../kernels/support.ts';

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

const samples = 2000;
const models = new URL('../../../public/models/', import.meta.url);

/** A network of these stages with weights, biases and statistics that are all different from 0 and 1. */
function networkOf(stages: readonly StageSpec[]): Network {
  const network = createNetwork({
    format: 'kuulo-architecture-1',
    name: 'small',
    input: { sampleRate: 8000, samples },
    classes: ['a', 'b', 'c'],
    stages,
  });
  const random = createRandom(4);
  initialise(network, random);
  for (const { layer } of network.stages) {
    for (const [name, { shape }] of Object.entries(layer.weights)) {
      const values = randomTensor(random, shape);
      if (name === 'variance' || name === 'max') values.data.set(values.data.map((value) => 0.5 + value * value));
      if (name !== 'weight') layer.weights[name] = values;
    }
  }
  return network;
}

/** What onnxruntime makes of a batch, and what our engine makes of it. */
async function both(network: Network, first: number, x: Tensor): Promise<{ theirs: Float32Array; ours: Float32Array }> {
  const session = await ort.InferenceSession.create(writeOnnx(network, first));
  const rank = x.shape.length;
  const turned = rank > 2 ? permuted(x, [0, rank - 1, ...x.shape.slice(1, -1).map((_, axis) => axis + 1)]) : x;
  const { output } = await session.run({ input: new ort.Tensor('float32', turned.data, [...turned.shape]) });
  const ours = runStages(network, x, inferencePass(plainKernels), first).data;
  return { theirs: output.data as Float32Array, ours };
}

function expectSame({ theirs, ours }: { theirs: Float32Array; ours: Float32Array }, count: number): void {
  expect(theirs.length).toBe(count);
  for (const [k, value] of theirs.entries()) expect(Math.abs(value - ours[k])).toBeLessThan(1e-4);
}

const stft = { name: 'spectrogram', type: 'spectrogram', config: { nFft: 64, winLength: 50, hopLength: 37 } };
const mel = { name: 'mel', type: 'mel', config: { sampleRate: 8000, nFft: 64, nMels: 9, fMin: 0, fMax: 4000 } };
const end = [
  { name: 'pooled', type: 'global-average-pool' },
  { name: 'dense', type: 'dense', config: { units: 3 } },
  { name: 'softmax', type: 'softmax' },
];
const centred = { ...stft.config, centre: true, power: 2 };

/** Every kind of layer but trim and denoise is in one of these. */
const networks: Readonly<Record<string, readonly StageSpec[]>> = {
  'a plain chain': [
    stft,
    { name: 'resized', type: 'resize', config: { height: 13, width: 12 } },
    { name: 'root', type: 'power', config: { exponent: 0.5 } },
    { name: 'normalised', type: 'normalise', config: { statistics: 'per-clip' } },
    { name: 'conv1', type: 'conv2d', config: { filters: 5, kernelHeight: 4, strideWidth: 2, padding: 'same' } },
    { name: 'relu1', type: 'relu' },
    { name: 'conv2', type: 'conv2d', config: { filters: 7, kernelWidth: 2, strideHeight: 2 } },
    { name: 'pool', type: 'max-pool2d', config: { poolHeight: 2, poolWidth: 1 } },
    { name: 'dropout', type: 'dropout' },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense1', type: 'dense', config: { units: 6 } },
    { name: 'relu2', type: 'relu' },
    { name: 'dense2', type: 'dense', config: { units: 3 } },
    { name: 'softmax', type: 'softmax' },
  ],
  'log-mel and residual blocks': [
    { ...stft, config: { ...centred, padMode: 'reflect' } },
    mel,
    { name: 'db', type: 'decibels', config: { reference: 'max', topDb: 40 } },
    { name: 'normalised', type: 'normalise', config: { statistics: 'per-bin', epsilon: 1e-2 } },
    { name: 'conv', type: 'conv2d', config: { filters: 6, strideHeight: 2, padding: 'same' } },
    { name: 'norm1', type: 'batch-norm' },
    { name: 'relu1', type: 'relu' },
    { name: 'depthwise', type: 'depthwise-conv2d', config: { kernelHeight: 3, kernelWidth: 2, padding: 'same' } },
    { name: 'pointwise', type: 'conv2d', config: { filters: 6, kernelHeight: 1, kernelWidth: 1 } },
    { name: 'norm2', type: 'batch-norm' },
    { name: 'sum', type: 'sum', skip: 'relu1' },
    ...end,
  ],
  'MFCC with fitted statistics': [
    { ...stft, config: { ...centred, padMode: 'constant' } },
    mel,
    { name: 'log', type: 'log', config: { scale: 2, floor: 1e-3, offset: 1e-4 } },
    { name: 'mfcc', type: 'dct', config: { nMfcc: 5 } },
    { name: 'normalised', type: 'normalise', config: { statistics: 'fitted' } },
    { name: 'conv', type: 'conv2d', config: { filters: 4 } },
    ...end,
  ],
  'a series': [
    { name: 'conv1', type: 'conv1d', config: { filters: 4, kernel: 7, stride: 3, padding: 'same' } },
    { name: 'pool1', type: 'max-pool1d', config: { pool: 5 } },
    { name: 'conv2', type: 'conv1d', config: { filters: 5, kernel: 4 } },
    { name: 'turned', type: 'transpose' },
    { name: 'conv3', type: 'conv1d', config: { filters: 6, kernel: 2 } },
    { name: 'states', type: 'lstm', config: { units: 5, returnSequences: true } },
    { name: 'state', type: 'lstm', config: { units: 4 } },
    ...end.slice(1),
  ],
  'a picture read column by column': [
    stft,
    {
      name: 'up',
      type: 'transposed-conv2d',
      config: { filters: 2, kernelHeight: 3, kernelWidth: 4, strideHeight: 2, strideWidth: 1 },
    },
    {
      name: 'gaps',
      type: 'transposed-conv2d',
      config: { filters: 3, kernelHeight: 1, kernelWidth: 2, strideHeight: 2, strideWidth: 3, padding: 'valid' },
    },
    { name: 'conv', type: 'conv1d', config: { filters: 8, kernel: 3, stride: 4, padding: 'same' } },
    { name: 'state', type: 'lstm', config: { units: 6 } },
    ...end.slice(1),
  ],
  'a mean spectrum': [
    { ...stft, config: { ...centred, padMode: 'replicate', power: 1 } },
    { name: 'db', type: 'decibels', config: { quantity: 'amplitude', limited: false, ref: 0.5 } },
    { name: 'ranged', type: 'min-max', config: { statistics: 'per-bin' } },
    { name: 'mean', type: 'mean-over-time' },
    { name: 'min-max', type: 'min-max', config: { statistics: 'per-clip' } },
    { name: 'norm', type: 'batch-norm' },
    { name: 'fitted', type: 'min-max', config: { statistics: 'fitted' } },
    ...end.slice(1),
  ],
};

describe('a network as ONNX', () => {
  for (const [name, stages] of Object.entries(networks)) {
    it(`gives the same answers in onnxruntime, from the clip on: ${name}`, async () => {
      expectSame(await both(networkOf(stages), 0, randomTensor(createRandom(7), [2, samples])), 6);
    }, 30_000);
  }

  it('knows every kind of layer but those that choose samples of the clip', () => {
    const tried = new Set(Object.values(networks).flatMap((stages) => stages.map(({ type }) => type)));
    expect(Object.keys(layerKinds).filter((type) => !tried.has(type))).toEqual(['denoise', 'trim']);
  });

  it('begins at any stage that all others follow from', async () => {
    const network = networkOf(networks['a plain chain']);
    expectSame(await both(network, 2, randomTensor(createRandom(8), [3, 13, 12, 1])), 9);
    expectSame(await both(network, 6, randomTensor(createRandom(9), [1, 13, 6, 5])), 3);
  }, 30_000);

  it.each(readdirSync(models))(
    'holds for %s as it is shipped, from the clip on or as near to it as can be',
    async (name) => {
      const network = await loadNetwork((file) => readFile(new URL(`${name}/${file}`, models)));
      const { samples: length } = network.architecture.input;
      // Two tones that begin and end, over faint noise.
      const random = createRandom(3);
      const clip = Float32Array.from({ length }, (_, t) => {
        const loud = t > 0.25 * length && t < 0.7 * length ? 0.3 : 0;
        return loud * (Math.sin(0.15 * t) + Math.sin(0.4 * t + 1e-5 * t * t)) + 0.001 * random.normal();
      });
      const first = firstWritable(network);
      const x = runStages(network, tensor([1, length], clip), inferencePass(plainKernels), 0, first);
      expectSame(await both(network, first, x), network.architecture.classes.length);
    },
    30_000,
  );

  it('says what goes in', () => {
    const network = networkOf(networks['a plain chain']);
    expect(describeInput(network, 0)).toBe(
      'Input [batch, 2000]: mono clips of 2000 samples at 8000 Hz, between -1 and 1.',
    );
    expect(describeInput(network, 5)).toBe('Input [batch, 5, 13, 6]: the output of the stage "conv1".');
  });

  it('begins behind what it cannot write, and says so where it is asked to', () => {
    const network = networkOf([{ name: 'trimmed', type: 'trim' }, ...networks['a mean spectrum']]);
    expect(firstWritable(network)).toBe(1);
    expect(() => writeOnnx(network, 0)).toThrow(ModelError);
    expect(() => writeOnnx(network, 0)).toThrow(/"trimmed" is of the kind "trim"/);
  });

  it('says so where a stage reads what is left out', () => {
    const network = networkOf(networks['log-mel and residual blocks']);
    expect(() => writeOnnx(network, 8)).toThrow(/"sum" reads what lies before "pointwise"/);
  });
});
