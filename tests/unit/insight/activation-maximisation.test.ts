import { describe, expect, it } from 'vitest';
import { ModelError, ShapeError } from '../../../src/lib/errors.ts';
import {
  type AscentOptions,
  ascend,
  ascentParameters,
  type Unit,
} from '../../../src/lib/insight/activation-maximisation.ts';
import { runToEnd } from '../../../src/lib/insight/progress.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import { contains, single } from '../../../src/lib/layers/region.ts';
import {
  createNetwork,
  fieldOf,
  inferencePass,
  initialise,
  runStages,
  stageIndex,
} from '../../../src/lib/model/network.ts';
import { defaults } from '../../../src/lib/parameters.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, cellAt, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { rms } from '../../../src/lib/train/noise.ts';
import { readBuild } from '../kernels/support.ts';
import { loadKeywords } from './keywords.ts';

const standard = defaults<AscentOptions>(ascentParameters);
/** Nothing but steps and decay. */
const bare: AscentOptions = { ...standard, blur: 0, level: 0, decay: 0.05, spread: 0.1 };

describe('of a linear unit', () => {
  const network = createNetwork({
    format: 'kuulo-architecture-1',
    name: 'linear',
    input: { sampleRate: 1000, samples: 20 },
    classes: ['a', 'b'],
    stages: [{ name: 'dense', type: 'dense', config: { units: 2 } }],
  });
  initialise(network, createRandom(3));
  const { weight } = network.stages[0].layer.weights;
  const weights = Float32Array.from({ length: 20 }, (_, i) => weight.data[2 * i + 1]);
  const climb = (options: AscentOptions) =>
    runToEnd(ascend(network, { stage: 0, cell: [1] }, -1, options, plainKernels));

  it('the picture becomes its weights, at the level that step and decay say', () => {
    const { picture } = climb({ ...bare, steps: 400, stepSize: 0.2, decay: 0.05 });
    const level = 0.2 / 0.05 / rms(weights);
    for (const [i, value] of picture.data.entries()) expect(value).toBeCloseTo(level * weights[i], 3);
  });

  it('the picture stays at the level that it is held at, and turns towards the weights', () => {
    const { picture } = climb({ ...standard, blur: 0, steps: 400, level: 2 });
    expect(rms(picture.data)).toBeCloseTo(2, 5);
    for (const [i, value] of picture.data.entries()) expect(value).toBeCloseTo((2 * weights[i]) / rms(weights), 3);
  });

  it('each step is the one of the formula', () => {
    const start = climb({ ...bare, steps: 1, stepSize: 0.001, decay: 0 }).picture;
    const [one, two] = [...ascend(network, { stage: 0, cell: [1] }, -1, { ...bare, steps: 2 }, plainKernels)];
    for (const [i, value] of two.ascent.picture.data.entries()) {
      const expected = (1 - bare.decay) * one.ascent.picture.data[i] + (bare.stepSize * weights[i]) / rms(weights);
      expect(value).toBeCloseTo(expected, 5);
      const before = start.data[i] - (0.001 * weights[i]) / rms(weights);
      const first = (1 - bare.decay) * before + (bare.stepSize * weights[i]) / rms(weights);
      expect(one.ascent.picture.data[i]).toBeCloseTo(first, 5);
    }
  });

  it('the same seed gives the same picture, another one another', () => {
    const options = { ...standard, steps: 5 };
    expect(climb(options)).toEqual(climb(options));
    expect(climb({ ...options, seed: 2 }).picture).not.toEqual(climb(options).picture);
  });

  it('a picture that is to be positive has no cell below 0', () => {
    const { picture } = climb({ ...standard, positive: true, steps: 30 });
    expect(picture.data.every((value) => value >= 0)).toBe(true);
    expect(picture.data.some((value) => value > 0)).toBe(true);
  });
});

describe('of the shipped network', async () => {
  const network = await loadKeywords();
  const kernels = await loadWasmKernels(readBuild('simd'));
  const of = stageIndex(network, 'normalised');
  const [relu1, conv2, relu2, dense1, dense2] = ['relu1', 'conv2', 'relu2', 'dense1', 'dense2'].map((name) =>
    stageIndex(network, name),
  );
  const climb = (unit: Unit, options: AscentOptions = standard, from = of) =>
    runToEnd(ascend(network, unit, from, options, kernels));
  const outputOf = (picture: Tensor, stage: number) =>
    runStages(network, tensor([1, ...picture.shape], picture.data), inferencePass(kernels), of + 1, stage + 1);

  it.each<[string, Unit]>([
    ['a kernel of conv1', { stage: relu1, channel: 4 }],
    ['a kernel of conv2', { stage: relu2, channel: 5 }],
    ['a cell of conv2', { stage: conv2, cell: [14, 14, 33] }],
    ['a hidden unit', { stage: dense1, cell: [11] }],
    ['a logit', { stage: dense2, cell: [5] }],
  ])('%s is excited far more than by random pictures of the same strength', (_, unit) => {
    const { picture, value } = climb(unit, { ...standard, steps: 30 });
    const random = createRandom(8);
    const level = rms(picture.data);
    const others = Array.from({ length: 20 }, () => {
      const noise = picture.data.map(() => level * random.normal());
      const y = outputOf(tensor(picture.shape, noise), unit.stage);
      if ('cell' in unit) return at(y, [0, ...unit.cell]);
      const channels = y.shape[3];
      return (
        y.data.reduce((sum, v, i) => sum + (i % channels === unit.channel ? v : 0), 0) / (y.data.length / channels)
      );
    });
    const mean = others.reduce((sum, v) => sum + v, 0) / others.length;
    const deviation = Math.sqrt(others.reduce((sum, v) => sum + (v - mean) ** 2, 0) / others.length);
    expect(value).toBeGreaterThan(mean + 8 * deviation);
  });

  it('a class excited by its logit wins, with near certainty', () => {
    const { picture } = climb({ stage: dense2, cell: [5] }, { ...standard, steps: 30 });
    expect(outputOf(picture, network.stages.length - 1).data[5]).toBeGreaterThan(0.99);
  });

  it('one cell of conv2 changes its field alone', () => {
    const { picture } = climb({ stage: conv2, cell: [10, 12, 3] }, { ...bare, steps: 40, decay: 0.1 });
    const field = fieldOf(network, conv2, single([10, 12, 3]), of);
    const start = 0.1 * 0.9 ** 40;
    for (const [i, value] of picture.data.entries()) {
      if (!contains(field, cellAt(picture.shape, i))) expect(Math.abs(value)).toBeLessThan(5 * start);
    }
    expect(rms(picture.data)).toBeGreaterThan(10 * start);
  });

  it('climbs from magnitudes, too, and keeps them positive', () => {
    const compressed = stageIndex(network, 'compressed');
    const options = { ...standard, positive: true, steps: 30 };
    const steps = [...ascend(network, { stage: dense2, cell: [7] }, compressed, options, kernels)];
    const { picture, value } = steps[29].ascent;
    expect(picture.data.every((cell) => cell >= 0)).toBe(true);
    expect(value).toBeGreaterThan(steps[0].ascent.value + 10);
    expect(steps.map(({ done }) => done)).toEqual(steps.map((_, k) => k + 1));
  });

  it('refuses stages in the wrong order, cells and channels that are not there', () => {
    expect(() => climb({ stage: of, channel: 0 })).toThrow(ModelError);
    expect(() => climb({ stage: 99, channel: 0 })).toThrow(/stages 0 to 15/);
    expect(() => climb({ stage: conv2, channel: 0 }, standard, -2)).toThrow(ModelError);
    expect(() => climb({ stage: conv2, channel: 64 })).toThrow(/"conv2" has no channel number 64: its output is 28/);
    expect(() => climb({ stage: dense1, channel: 1 })).toThrow(ModelError);
    expect(() => climb({ stage: dense1, cell: [128] })).toThrow(ShapeError);
  });
});
