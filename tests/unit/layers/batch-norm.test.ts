import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, cellAt, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/residual.json' with { type: 'json' };
import { randomTensor } from '../kernels/support.ts';
import { expectClose, makeLayer, newPass, read, readAll, run } from './support.ts';

describe('PyTorch agrees', () => {
  it.each(golden.norms)('on $x.shape, training: $training', (wanted) => {
    const { config, training, x, dy } = wanted;
    const layer = makeLayer('batch-norm', config);
    layer.weights = readAll({ ...wanted.weights, ...wanted.fitted });
    const pass = newPass({ training });
    expectClose(layer.forward(read(x), pass), read(wanted.y));
    const { dx, dweights } = layer.backward(read(dy), pass);
    expectClose(dx, read(wanted.dx));
    expectClose(dweights.gamma, read(wanted.dweights.gamma));
    expectClose(dweights.beta, read(wanted.dweights.beta));
  });

  it.each(golden.norms.filter(({ training }) => training))(
    'on the moments that training on $x.shape leaves',
    (wanted) => {
      const layer = makeLayer('batch-norm', wanted.config);
      layer.weights = readAll({ ...wanted.weights, ...wanted.fitted });
      const pass = newPass({ training: true });
      layer.forward(read(wanted.x), pass);
      const kept = pass.keep as Map<string, Tensor>;
      expectClose(kept.get('mean') as Tensor, read(wanted.moments.mean));
      expectClose(kept.get('variance') as Tensor, read(wanted.moments.variance));
      expect(layer.weights).toEqual(readAll({ ...wanted.weights, ...wanted.fitted }));
    },
  );
});

it('leaves no moments when it answers', () => {
  const layer = makeLayer('batch-norm', {});
  layer.weights = layer.initialWeights([4, 2], createRandom(1));
  const pass = newPass();
  layer.forward(tensor([1, 4, 2]), pass);
  expect([...pass.keep.keys()]).toEqual(['x']);
});

it('explains an answer to the last bit', () => {
  const random = createRandom(5);
  const layer = makeLayer('batch-norm', {});
  const x = randomTensor(random, [5, 6, 3]);
  layer.weights = {
    gamma: randomTensor(random, [3]),
    beta: randomTensor(random, [3]),
    mean: randomTensor(random, [3]),
    variance: tensor([3], [0.3, 7, 1e-6]),
  };
  const y = run(layer, x);
  for (let i = 0; i < y.data.length; i++) {
    const cell = cellAt(y.shape, i);
    expect(layer.explain(cell, x).result).toBe(at(y, cell));
  }
});

it('keeps the variance of values that lie far from 0', () => {
  const random = createRandom(6);
  const layer = makeLayer('batch-norm', {});
  layer.weights = layer.initialWeights([1000, 1], random);
  // Of multiples of 1/64 around 4096, float32 loses nothing.
  const steps = Float32Array.from({ length: 1000 }, () => Math.round(64 * random.normal()) / 64);
  const kept = (shift: number): Tensor => {
    const pass = newPass({ training: true });
    const shifted = steps.map((value) => value + shift);
    layer.forward(tensor([1, 1000, 1], shifted), pass);
    return pass.keep.get('variance') as unknown as Tensor;
  };
  expect(kept(4096).data[0]).toBe(kept(0).data[0]);
  expect(kept(0).data[0]).toBeGreaterThan(0.9);
});

it('gives a batch of one value a channel its shift, without a gradient', () => {
  const layer = makeLayer('batch-norm', {});
  layer.weights = { ...layer.initialWeights([2], createRandom(1)), beta: tensor([2], [3, -1]) };
  const pass = newPass({ training: true });
  expect([...layer.forward(tensor([1, 2], [5, 7]), pass).data]).toEqual([3, -1]);
  expect([...layer.backward(tensor([1, 2], [1, 1]), pass).dx.data]).toEqual([0, 0]);
});

it('asks for channels', () => {
  expect(() => makeLayer('batch-norm', {}).outputShape([])).toThrow(ShapeError);
  expect(() => makeLayer('batch-norm', {}).outputShape([3, 0])).toThrow(/channels, but 3 × 0 came/);
});
