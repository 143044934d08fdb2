import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import { evaluate } from '../../../src/lib/layers/explanation.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/lstm.json' with { type: 'json' };
import { randomTensor, readBuild } from '../kernels/support.ts';
import { expectClose, makeLayer, newPass, read, readAll, run } from './support.ts';

const allKernels = [
  plainKernels,
  await loadWasmKernels(readBuild('simd')),
  await loadWasmKernels(readBuild('relaxed')),
];

describe.each(allKernels)('with $name, PyTorch agrees', (kernels) => {
  it.each(golden.cases)('on $name', ({ config, x, weights, y, dy, dx, dweights }) => {
    const layer = makeLayer('lstm', config);
    layer.weights = readAll(weights);
    const pass = newPass({ kernels });
    expectClose(layer.forward(read(x), pass), read(y));
    const gradients = layer.backward(read(dy), pass);
    expectClose(gradients.dx, read(dx));
    expect(Object.keys(gradients.dweights).sort()).toEqual(Object.keys(dweights).sort());
    for (const [name, want] of Object.entries(readAll(dweights))) expectClose(gradients.dweights[name], want);
  });
});

describe('an LSTM', () => {
  it('takes a picture of frames × bins × 1 as the series of its frames', () => {
    const layer = makeLayer('lstm', { units: 3 });
    layer.weights = layer.initialWeights([5, 4, 1], createRandom(1));
    const x = randomTensor(createRandom(2), [5, 4, 1]);
    expect(run(layer, x)).toEqual(run(layer, tensor([5, 4], x.data)));
    const { terms } = layer.explain([1], x);
    expect(terms.map(({ from }) => from)).toEqual([0, 1, 2, 3].flatMap(() => [0, 1, 2, 3].map((bin) => [4, bin, 0])));
  });

  it('after its last step is what it is after all steps, at the end', () => {
    const last = makeLayer('lstm', { units: 3 });
    const all = makeLayer('lstm', { units: 3, returnSequences: true });
    last.weights = last.initialWeights([6, 2], createRandom(3));
    all.weights = last.weights;
    const x = randomTensor(createRandom(4), [6, 2]);
    expect([...run(last, x).data]).toEqual([...run(all, x).data.subarray(15)]);
    expect(last.explain([1], x)).toEqual(all.explain([5, 1], x));
  });

  it('explains a step by its own features, and by what the steps before have left', () => {
    const layer = makeLayer('lstm', { units: 2, returnSequences: true });
    layer.weights = layer.initialWeights([3, 1], createRandom(5));
    const x = tensor([3, 1], [1, -2, 0.5]);
    const first = layer.explain([0, 1], x);
    // The forget gate's bias is 1, the others' 0; there is no state before.
    expect(first.constants).toEqual({ input: 0, forget: 1, candidate: 0, output: 0, memory: 0 });
    const third = layer.explain([2, 1], x);
    expect(third.terms.map(({ value }) => value)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(third.constants?.memory).not.toBe(0);
    expect(evaluate(third)).toBeCloseTo(at(run(layer, x), [2, 1]), 6);
    expect(layer.field([1, 0], [3, 1])).toEqual([
      { start: 0, end: 2 },
      { start: 0, end: 1 },
    ]);
  });

  it('starts with open forget gates', () => {
    const { bias } = makeLayer('lstm', { units: 2 }).initialWeights([4, 3], createRandom(1));
    expect([...bias.data]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it('gives an empty gradient of the input where it is skipped, and refuses what is no series', () => {
    const layer = makeLayer('lstm', { units: 2 });
    layer.weights = layer.initialWeights([4, 3], createRandom(1));
    const pass = { ...newPass(), skipInputGradient: true };
    const y = layer.forward(tensor([1, 4, 3]), pass);
    expect(layer.backward(y, pass).dx.shape).toEqual([0]);
    expect(() => layer.outputShape([9])).toThrow(/steps × features, but 9 came/);
    expect(() => layer.outputShape([0, 3])).toThrow(/but 0 × 3 came/);
  });
});
