import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/errors.ts';
import type { Kernels } from '../../../src/lib/kernels/kernels.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import { evaluate } from '../../../src/lib/layers/explanation.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import type { Layer, Pass, Weights } from '../../../src/lib/layers/layer.ts';
import { contains } from '../../../src/lib/layers/region.ts';
import { readParameters } from '../../../src/lib/parameters.ts';
import { createRandom, type Random } from '../../../src/lib/random.ts';
import { at, cellAt, example, type Shape, sizeOf, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { softmaxCrossEntropy } from '../../../src/lib/train/loss.ts';
import golden from '../../golden/network.json' with { type: 'json' };
import { randomTensor, readBuild } from '../kernels/support.ts';

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

function read({ shape, data }: Numbers): Tensor {
  return tensor(shape, data);
}

function readAll(named: Readonly<Record<string, Numbers | undefined>>): Weights {
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, numbers]) => (numbers ? [[name, read(numbers)]] : [])),
  );
}

/** Agreement to 1e-5, relative to the largest value. */
function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const largest = Math.max(...expected.data.map(Math.abs));
  for (let i = 0; i < expected.data.length; i++) {
    expect(Math.abs(actual.data[i] - expected.data[i])).toBeLessThanOrEqual(1e-5 * largest);
  }
}

function makeLayer(type: string, config: unknown): Layer {
  const kind = layerKinds[type];
  return kind.create(readParameters(kind.parameters, config, type));
}

function passOf(kernels: Kernels, training = false): Pass {
  return { training, random: createRandom(1), kernels, keep: new Map() };
}

const allKernels = [
  plainKernels,
  await loadWasmKernels(readBuild('simd')),
  await loadWasmKernels(readBuild('relaxed')),
];

describe.each(allKernels)('with $name, PyTorch agrees', (kernels) => {
  it.each(golden.cases)('on $layer $config', ({ layer: type, config, x, weights, y, dy, dx, dweights }) => {
    const layer = makeLayer(type, config);
    layer.weights = readAll(weights);
    const pass = passOf(kernels);
    expect(layer.outputShape(x.shape.slice(1))).toEqual(y.shape.slice(1));
    expectClose(layer.forward(read(x), pass), read(y));
    const gradients = layer.backward(read(dy), pass);
    expectClose(gradients.dx, read(dx));
    expect(Object.keys(gradients.dweights).sort()).toEqual(Object.keys(dweights).sort());
    for (const [name, want] of Object.entries(readAll(dweights))) expectClose(gradients.dweights[name], want);
  });

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
    ].map(({ name, type, config }) => ({ name, layer: makeLayer(type, config), pass: passOf(kernels) }));
    let value = read(x);
    for (const { name, layer, pass } of stages) {
      if (layer.trained.length > 0) layer.weights = own(name);
      value = layer.forward(value, pass);
    }
    expectClose(makeLayer('softmax', {}).forward(value, passOf(kernels)), read(probabilities));
    const judged = softmaxCrossEntropy(value, read(targets));
    expect(judged.loss).toBeCloseTo(loss, 6);
    let gradient = judged.dlogits;
    for (const { name, layer, pass } of stages.reverse()) {
      const gradients = layer.backward(gradient, pass);
      for (const [key, dw] of Object.entries(gradients.dweights)) expectClose(dw, read(dweights[`${name}.${key}`]));
      gradient = gradients.dx;
    }
    expectClose(gradient, read(dx));
  });
});

/** A layer with weights, and a picture or row that fits it. */
interface Sample {
  readonly layer: Layer;
  readonly x: Tensor;
  readonly random: Random;
}

const small = fc.integer({ min: 1, max: 3 });
const picture = fc.tuple(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 4, max: 8 }), small);
const kinds: Record<string, fc.Arbitrary<{ config: unknown; input: number[] }>> = {
  conv2d: fc.record({
    config: fc.record({
      filters: small,
      kernelHeight: fc.integer({ min: 1, max: 4 }),
      kernelWidth: fc.integer({ min: 1, max: 4 }),
      strideHeight: small,
      strideWidth: small,
      padding: fc.constantFrom('valid', 'same'),
    }),
    input: picture,
  }),
  'max-pool2d': fc.record({ config: fc.record({ poolHeight: small, poolWidth: small }), input: picture }),
  relu: fc.record({ config: fc.constant({}), input: picture }),
  dropout: fc.record({ config: fc.record({ rate: fc.constantFrom(0, 0.5) }), input: picture }),
  flatten: fc.record({ config: fc.constant({}), input: picture }),
  softmax: fc.record({ config: fc.constant({}), input: fc.tuple(fc.integer({ min: 1, max: 9 })) }),
  dense: fc.record({ config: fc.record({ units: small }), input: fc.tuple(fc.integer({ min: 1, max: 9 })) }),
};

function samples(type: string): fc.Arbitrary<Sample> {
  return fc.tuple(kinds[type], fc.integer()).map(([{ config, input }, seed]) => {
    const random = createRandom(seed);
    const layer = makeLayer(type, config);
    layer.weights = layer.initialWeights(input, random);
    if (layer.weights.bias) layer.weights.bias = randomTensor(random, layer.weights.bias.shape);
    return { layer, x: randomTensor(random, [1, ...input], 0.2), random };
  });
}

function someCell(shape: Shape, random: Random): readonly number[] {
  return cellAt(shape, random.integer(sizeOf(shape)));
}

describe.each(Object.keys(kinds))('%s', (type) => {
  it('has the output shape and weight shapes that it announces', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x }) => {
        const input = x.shape.slice(1);
        expect(layer.forward(x, passOf(plainKernels)).shape).toEqual([1, ...layer.outputShape(input)]);
        const shapes = Object.fromEntries(Object.entries(layer.weights).map(([name, w]) => [name, w.shape]));
        expect(layer.weightShapes(input)).toEqual(shapes);
        expect([...layer.trained].sort()).toEqual(Object.keys(shapes).sort());
      }),
    );
  });

  it('explains every cell: its terms add up to what forward computes, from cells that lie in the field', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        const y = example(layer.forward(x, passOf(plainKernels)), 0);
        const cell = someCell(y.shape, random);
        const explanation = layer.explain(cell, example(x, 0));
        expect(explanation.result).toBeCloseTo(at(y, cell), 6);
        expect(evaluate(explanation)).toBeCloseTo(at(y, cell), 6);
        const field = layer.field(cell, x.shape.slice(1));
        for (const term of explanation.terms) {
          expect(contains(field, term.from)).toBe(true);
          expect(term.value).toBe(at(example(x, 0), term.from));
        }
        expect(explanation.terms.length).toBe(field.reduce((size, s) => size * (s.end - s.start), 1));
      }),
    );
  });

  it('reads nothing outside the field', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        const y = example(layer.forward(x, passOf(plainKernels)), 0);
        const cell = someCell(y.shape, random);
        const field = layer.field(cell, x.shape.slice(1));
        const changed = tensor(x.shape);
        let inside = 0;
        for (let i = 0; i < x.data.length; i++) {
          const held = contains(field, cellAt(x.shape.slice(1), i));
          changed.data[i] = held ? x.data[i] : random.normal() * 100;
          if (held) inside++;
        }
        expect(inside).toBe(field.reduce((size, s) => size * (s.end - s.start), 1));
        expect(at(example(layer.forward(changed, passOf(plainKernels)), 0), cell)).toBe(at(y, cell));
      }),
    );
  });

  it('has the gradients that finite differences give', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        // Kinks, at 0 and where two values tie, have no slope: keep away from them.
        for (let i = 0; i < x.data.length; i++) x.data[i] = (i % 2 ? -1 : 1) * (0.1 + 0.02 * ((i * 7919) % 613));
        const pass = passOf(plainKernels, true);
        const y = layer.forward(x, pass);
        const dy = randomTensor(random, y.shape);
        const { dx, dweights } = layer.backward(dy, pass);
        // Dropout draws the same numbers again, since every pass starts from the same seed.
        const loss = () => {
          const out = layer.forward(x, passOf(plainKernels, true));
          return out.data.reduce((sum, value, i) => sum + value * dy.data[i], 0);
        };
        const pairs = [{ t: x, gradient: dx }];
        for (const [name, gradient] of Object.entries(dweights)) pairs.push({ t: layer.weights[name], gradient });
        for (const { t, gradient } of pairs) {
          const i = random.integer(t.data.length);
          const value = t.data[i];
          const step = 2 ** -8;
          t.data[i] = value + step;
          const above = loss();
          t.data[i] = value - step;
          const below = loss();
          t.data[i] = value;
          const slope = (above - below) / (2 * step);
          expect(Math.abs(gradient.data[i] - slope)).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
        }
      }),
    );
  });
});

describe('bounds', () => {
  it('refuses pictures smaller than the window, and inputs of another kind, with a sentence', () => {
    expect(() => makeLayer('conv2d', {}).outputShape([2, 9, 1])).toThrow(ShapeError);
    expect(() => makeLayer('conv2d', {}).outputShape([2, 9, 1])).toThrow(/3 × 3 cells.*2 × 9/);
    expect(() => makeLayer('conv2d', {}).outputShape([9])).toThrow(/height × width × channels, but 9 came/);
    expect(() => makeLayer('max-pool2d', {}).outputShape([1, 4, 2])).toThrow(/2 × 2 cells.*1 × 4/);
    expect(() => makeLayer('max-pool2d', {}).outputShape([4, 4])).toThrow(ShapeError);
    expect(() => makeLayer('dense', {}).outputShape([4, 4, 1])).toThrow(/flatten/);
  });

  it('gives an empty gradient of the input where it is skipped', () => {
    for (const [type, input] of [
      ['conv2d', [4, 4, 1]],
      ['dense', [6]],
    ] as const) {
      const layer = makeLayer(type, {});
      layer.weights = layer.initialWeights(input, createRandom(1));
      const pass = { ...passOf(plainKernels), skipInputGradient: true };
      const y = layer.forward(tensor([1, ...input]), pass);
      expect(layer.backward(y, pass).dx.shape).toEqual([0]);
    }
  });

  it('lets what is not a number through ReLU and pooling', () => {
    const x = tensor([1, 2, 2, 1], [1, Number.NaN, 3, -1]);
    expect([...makeLayer('relu', {}).forward(x, passOf(plainKernels)).data]).toEqual([1, Number.NaN, 3, 0]);
    expect([...makeLayer('max-pool2d', {}).forward(x, passOf(plainKernels)).data]).toEqual([Number.NaN]);
  });

  it('drops the share of values that dropout asks for and keeps their mean', () => {
    const layer = makeLayer('dropout', { rate: 0.25 });
    const x = tensor([1, 40000], new Float32Array(40000).fill(1));
    const y = layer.forward(x, passOf(plainKernels, true)).data;
    const dropped = y.filter((value) => value === 0).length;
    // 40 000 draws: one standard deviation of the share is 0.0022.
    expect(Math.abs(dropped / 40000 - 0.25)).toBeLessThan(0.01);
    expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(layer.forward(x, passOf(plainKernels)).data).toEqual(x.data);
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
