import { describe, expect, it } from 'vitest';
import { ModelError, ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { contains } from '../../../src/lib/layers/region.ts';
import { type Architecture, hashArchitecture } from '../../../src/lib/model/architecture.ts';
import { loadNetwork } from '../../../src/lib/model/load.ts';
import {
  classifyClip,
  completeArchitecture,
  createNetwork,
  fieldOfCell,
  getWeights,
  initialise,
  setWeights,
  stageIndex,
  traceClip,
} from '../../../src/lib/model/network.ts';
import { writeSafetensors } from '../../../src/lib/model/safetensors.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, cellAt, tensor } from '../../../src/lib/tensor.ts';

const dense = (...units: number[]) =>
  units.map((count, k) => ({ name: `dense${k}`, type: 'dense', config: { units: count } }));

/** The chain of `keywords` in small, with fitted statistics, so that a cell's field is less than the whole clip. */
const architecture: Architecture = {
  format: 'kuulo-architecture-1',
  name: 'small',
  input: { sampleRate: 1000, samples: 400 },
  classes: ['a', 'b', 'c'],
  stages: [
    { name: 'spectrogram', type: 'spectrogram', config: { winLength: 31, hopLength: 16, nFft: 32 } },
    { name: 'resized', type: 'resize', config: { height: 12, width: 10, antialias: true } },
    { name: 'compressed', type: 'power', config: { exponent: 0.5 } },
    { name: 'normalised', type: 'normalise' },
    { name: 'conv1', type: 'conv2d', config: { filters: 3 } },
    { name: 'relu1', type: 'relu' },
    { name: 'pool', type: 'max-pool2d' },
    { name: 'dropout', type: 'dropout' },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense', type: 'dense', config: { units: 3 } },
    { name: 'softmax', type: 'softmax' },
  ],
};

function built() {
  const network = createNetwork(architecture);
  initialise(network, createRandom(3));
  return network;
}
const random = createRandom(7);
const clip = tensor(
  [400],
  Float32Array.from({ length: 400 }, () => random.normal() / 4),
);

describe('createNetwork', () => {
  const changed = (index: number, change: object): Architecture => ({
    ...architecture,
    stages: architecture.stages.map((stage, i) => (i === index ? { ...stage, ...change } : stage)),
  });

  it('says which kind of layer it does not know, and which it does', () => {
    expect(() => createNetwork(changed(4, { type: 'conv3d' }))).toThrow(ModelError);
    expect(() => createNetwork(changed(4, { type: 'conv3d' }))).toThrow(/"conv1".*"conv3d".*conv2d/);
  });

  it('says which setting is out of bounds', () => {
    expect(() => createNetwork(changed(4, { config: { filters: 0 } }))).toThrow(ParameterError);
    expect(() => createNetwork(changed(4, { config: { filter: 3 } }))).toThrow(/no setting "filter"/);
  });

  it.each(['__proto__', 'constructor', 'toString'])('knows no kind of layer and no setting called %s', (name) => {
    expect(() => createNetwork(changed(4, { type: name }))).toThrow(ModelError);
    const config: unknown = JSON.parse(`{"${name}": 5}`);
    expect(() => createNetwork(changed(4, { config }))).toThrow(/no setting/);
  });

  it.each([[[]], [5], ['filters'], [true]])('refuses %j in place of settings', (config) => {
    expect(() => createNetwork(changed(4, { config }))).toThrow(ParameterError);
  });

  it('refuses a power law that makes everything infinite', () => {
    expect(() => createNetwork(changed(2, { config: { exponent: 10, floor: 1e6 } }))).toThrow(/infinite/);
  });

  it('refuses what would fill the memory, before any of it is taken', () => {
    const samples = { ...architecture, input: { sampleRate: 16000, samples: 1e12 } };
    expect(() => createNetwork(samples)).toThrow(/its input.* 1000000 million.* 67 million/);
    const large = { config: { height: 4096, width: 4096 } };
    const wide = { config: { filters: 4096, kernelHeight: 1, kernelWidth: 1 } };
    const cells = {
      ...changed(1, large),
      stages: changed(1, large).stages.with(4, { ...architecture.stages[4], ...wide }),
    };
    expect(() => createNetwork(cells)).toThrow(/"conv1".*numbers for one clip/);
    const deep = { ...architecture, stages: [...architecture.stages.slice(0, 9), ...dense(65536, 65536)] };
    expect(() => createNetwork(deep)).toThrow(/"dense1".*million weights/);
  });

  it('says which stage does not fit', () => {
    expect(() => createNetwork(changed(1, { config: { height: 2, width: 2 } }))).toThrow(ShapeError);
    expect(() => createNetwork(changed(1, { config: { height: 2, width: 2 } }))).toThrow(/"conv1"/);
    expect(() => createNetwork(changed(9, { config: { units: 4 } }))).toThrow(/names 3 classes/);
  });
});

describe('weights', () => {
  it('come back under their full names', () => {
    const network = built();
    const other = createNetwork(architecture);
    setWeights(other, getWeights(network));
    expect(classifyClip(other, clip, plainKernels)).toEqual(classifyClip(network, clip, plainKernels));
  });

  it('are refused where one is missing, left over, or of another shape', () => {
    const network = built();
    const { 'conv1.bias': bias, ...rest } = getWeights(network);
    expect(() => setWeights(network, rest)).toThrow(/lack "conv1.bias"/);
    expect(() => setWeights(network, { ...rest, 'conv1.bias': bias, 'conv9.bias': bias })).toThrow(/conv9.bias/);
    expect(() => setWeights(network, { ...rest, 'conv1.bias': tensor([4]) })).toThrow(/needs 3/);
  });
});

describe('a trace', () => {
  it('ends in what classifyClip says, and its probabilities add up to 1', () => {
    const network = built();
    const { outputs } = traceClip(network, clip, plainKernels);
    const probabilities = outputs[outputs.length - 1].data;
    expect(probabilities).toEqual(classifyClip(network, clip, plainKernels));
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
    expect(outputs.map(({ shape }) => shape)).toEqual(network.stages.map(({ outputShape }) => outputShape));
  });

  it('changes at a cell only where its field in the clip changes', () => {
    const network = built();
    const stage = stageIndex(network, 'conv1');
    const before = traceClip(network, clip, plainKernels).outputs[stage];
    for (const cell of [0, 17, before.data.length - 1].map((offset) => cellAt(before.shape, offset))) {
      const field = fieldOfCell(network, stage, cell, -1);
      const changed = (inside: boolean) => {
        const data = clip.data.map((x, i) => (contains(field, [i]) === inside ? x + Math.sin(i) : x));
        return at(traceClip(network, tensor(clip.shape, data), plainKernels).outputs[stage], cell);
      };
      expect(changed(false)).toBe(at(before, cell));
      expect(changed(true)).not.toBe(at(before, cell));
    }
  });
});

it('writes out every setting, and the network stays the same', () => {
  const network = built();
  const complete = completeArchitecture(network);
  expect(complete.stages[3].config).toEqual({ statistics: 'fitted', epsilon: 1e-7 });
  const again = createNetwork(complete);
  setWeights(again, getWeights(network));
  expect(classifyClip(again, clip, plainKernels)).toEqual(classifyClip(network, clip, plainKernels));
});

it('refuses weights that are not finite, though their checksum fits', async () => {
  const weights = getWeights(built());
  weights['conv1.bias'] = tensor([3], [0, Number.NaN, 0]);
  const files: Record<string, Uint8Array> = {
    'architecture.json': new TextEncoder().encode(JSON.stringify(architecture)),
    'weights.safetensors': writeSafetensors(weights, hashArchitecture(architecture), 'F32'),
  };
  await expect(loadNetwork(async (file) => files[file])).rejects.toThrow(/"conv1.bias" are not all finite/);
});

it('loads what was written, with progress, and says what is damaged', async () => {
  const network = built();
  const hash = hashArchitecture(architecture);
  const files: Record<string, Uint8Array> = {
    'architecture.json': new TextEncoder().encode(JSON.stringify(architecture)),
    'weights.safetensors': writeSafetensors(getWeights(network), hash, 'F32'),
  };
  const fetchFile = async (file: string, onBytes?: (done: number, total: number) => void) => {
    onBytes?.(50, 100);
    return files[file];
  };
  const shares: number[] = [];
  const loaded = await loadNetwork(fetchFile, (share) => shares.push(share));
  expect(classifyClip(loaded, clip, plainKernels)).toEqual(classifyClip(network, clip, plainKernels));
  expect(shares).toEqual([0.5]);

  files['architecture.json'] = files['architecture.json'].subarray(0, 100);
  await expect(loadNetwork(fetchFile)).rejects.toThrow(/architecture.json is not readable/);
});
