import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { softmaxCrossEntropy } from '../../../src/lib/train/loss.ts';
import golden from '../../golden/network.json' with { type: 'json' };
import windows from '../../golden/windows.json' with { type: 'json' };
import { readBuild } from '../kernels/support.ts';
import { expectClose, makeLayer, type Numbers, newPass, read, readAll } from './support.ts';

const allKernels = [
  plainKernels,
  await loadWasmKernels(readBuild('simd')),
  await loadWasmKernels(readBuild('relaxed')),
];

describe.each(allKernels)('with $name, PyTorch agrees', (kernels) => {
  it.each([...golden.cases, ...windows])(
    'on $layer $config',
    ({ layer: type, config, x, weights, y, dy, dx, dweights }) => {
      const layer = makeLayer(type, config);
      layer.weights = readAll(weights);
      const pass = newPass({ kernels });
      expect(layer.outputShape(x.shape.slice(1))).toEqual(y.shape.slice(1));
      expectClose(layer.forward(read(x), pass), read(y));
      const gradients = layer.backward(read(dy), pass);
      expectClose(gradients.dx, read(dx));
      expect(Object.keys(gradients.dweights).sort()).toEqual(Object.keys(dweights).sort());
      for (const [name, want] of Object.entries(readAll(dweights))) expectClose(gradients.dweights[name], want);
    },
  );

  it('on a whole network and its loss', () => {
    const { x, targets, probabilities, loss, dx } = golden.network;
    const weights: Record<string, Numbers> = golden.network.weights;
    const dweights: Record<string, Numbers> = golden.network.dweights;
    const own = (name: string) => ({ weight: read(weights[`${name}.weight`]), bias: read(weights[`${name}.bias`]) });
    const stages = [
      { name: 'conv1', type: 'conv2d', config: { filters: 4 } },
      { name: 'relu1', type: 'relu' },
      { name: 'conv2', type: 'conv2d', config: { filters: 5 } },
      { name: 'relu2', type: 'relu' },
      { name: 'pool', type: 'max-pool2d' },
      { name: 'dropout', type: 'dropout' },
      { name: 'flatten', type: 'flatten' },
      { name: 'dense1', type: 'dense', config: { units: 6 } },
      { name: 'relu3', type: 'relu' },
      { name: 'dense2', type: 'dense', config: { units: 4 } },
    ].map(({ name, type, config }) => ({ name, layer: makeLayer(type, config), pass: newPass({ kernels }) }));
    let value = read(x);
    for (const { name, layer, pass } of stages) {
      if (layer.trained.length > 0) layer.weights = own(name);
      value = layer.forward(value, pass);
    }
    expectClose(makeLayer('softmax', {}).forward(value, newPass({ kernels })), read(probabilities));
    const judged = softmaxCrossEntropy(value, read(targets));
    expect(judged.loss).toBeCloseTo(loss, 6);
    let gradient = judged.gradient;
    for (const { name, layer, pass } of stages.reverse()) {
      const gradients = layer.backward(gradient, pass);
      for (const [key, dw] of Object.entries(gradients.dweights)) expectClose(dw, read(dweights[`${name}.${key}`]));
      gradient = gradients.dx;
    }
    expectClose(gradient, read(dx));
  });
});

describe('bounds', () => {
  it('refuses pictures smaller than the window, and inputs of another kind, with a sentence', () => {
    expect(() => makeLayer('conv2d', {}).outputShape([2, 9, 1])).toThrow(ShapeError);
    expect(() => makeLayer('conv2d', {}).outputShape([2, 9, 1])).toThrow(/3 × 3 cells.*2 × 9/);
    expect(() => makeLayer('conv2d', {}).outputShape([9])).toThrow(/height × width × channels, but 9 came/);
    expect(() => makeLayer('depthwise-conv2d', {}).outputShape([2, 9, 1])).toThrow(/^depthwise-conv2d.*3 × 3 cells/);
    expect(() => makeLayer('transposed-conv2d', {}).outputShape([9, 2])).toThrow(/^transposed-conv2d.*9 × 2 came/);
    expect(() => makeLayer('conv1d', {}).outputShape([2, 40])).toThrow(
      /^conv1d has a window of 3 steps, but only 2 steps are left of the series \(2 × 40 came\)/,
    );
    expect(() => makeLayer('transpose', {}).outputShape([4, 5, 2])).toThrow(/^transpose needs.*4 × 5 × 2 came/);
    expect(() => makeLayer('conv1d', {}).outputShape([0, 4])).toThrow(/^conv1d needs.*0 × 4 came/);
    expect(() => makeLayer('max-pool1d', {}).outputShape([4, 0])).toThrow(/^max-pool1d needs.*4 × 0 came/);
    expect(() => makeLayer('max-pool2d', {}).outputShape([1, 4, 2])).toThrow(/2 × 2 cells.*1 × 4/);
    expect(() => makeLayer('max-pool2d', {}).outputShape([4, 4])).toThrow(ShapeError);
    expect(() => makeLayer('dense', {}).outputShape([4, 4, 1])).toThrow(/flatten/);
  });

  it('gives an empty gradient of the input where it is skipped', () => {
    for (const [type, input] of [
      ['conv2d', [4, 4, 1]],
      ['depthwise-conv2d', [4, 4, 2]],
      ['conv1d', [4, 2]],
      ['transposed-conv2d', [4, 4, 2]],
      ['dense', [6]],
    ] as const) {
      const layer = makeLayer(type, {});
      layer.weights = layer.initialWeights(input, createRandom(1));
      const pass = { ...newPass(), skipInputGradient: true };
      const y = layer.forward(tensor([1, ...input]), pass);
      expect(layer.backward(y, pass).dx.shape).toEqual([0]);
    }
  });

  it('lets what is not a number through ReLU and pooling', () => {
    const x = tensor([1, 2, 2, 1], [1, Number.NaN, 3, -1]);
    expect([...makeLayer('relu', {}).forward(x, newPass()).data]).toEqual([1, Number.NaN, 3, 0]);
    expect([...makeLayer('max-pool2d', {}).forward(x, newPass()).data]).toEqual([Number.NaN]);
  });

  it('drops the share of values that dropout asks for and keeps their mean', () => {
    const layer = makeLayer('dropout', { rate: 0.25 });
    const x = tensor([1, 40000], new Float32Array(40000).fill(1));
    const y = layer.forward(x, newPass({ training: true })).data;
    const dropped = y.filter((value) => value === 0).length;
    // 40 000 draws: one standard deviation of the share is 0.0022.
    expect(Math.abs(dropped / 40000 - 0.25)).toBeLessThan(0.01);
    expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(layer.forward(x, newPass()).data).toEqual(x.data);
  });

  it('starts from weights of Glorot’s spread', () => {
    const { weight, bias } = makeLayer('dense', { units: 50 }).initialWeights([250], createRandom(3));
    const limit = Math.sqrt(6 / 300);
    const largest = Math.max(...weight.data.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
    // The variance of a uniform distribution of ±limit is limit²/3; over 12 500 draws within 3 %.
    const variance = weight.data.reduce((sum, value) => sum + value * value, 0) / weight.data.length;
    expect(Math.abs(variance / (limit ** 2 / 3) - 1)).toBeLessThan(0.03);
    expect([...bias.data]).toEqual(new Array(50).fill(0));
  });
});
