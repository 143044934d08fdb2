import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../src/lib/errors.ts';
import { dropoutPasses } from '../../../src/lib/insight/dropout-passes.ts';
import { runToEnd } from '../../../src/lib/insight/progress.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { classifyClip, createNetwork, initialise } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';

/** A sum of samples of which each is dropped with this probability. */
function linear(rate: number) {
  const network = createNetwork({
    format: 'kuulo-architecture-1',
    name: 'linear',
    input: { sampleRate: 1000, samples: 40 },
    classes: ['a', 'b'],
    stages: [
      { name: 'dropout', type: 'dropout', config: { rate } },
      { name: 'dense', type: 'dense', config: { units: 2 } },
    ],
  });
  initialise(network, createRandom(2));
  return network;
}

const random = createRandom(5);
const clip = tensor(
  [40],
  Float32Array.from({ length: 40 }, () => random.normal()),
);

describe('passes with dropout', () => {
  it('have the mean and the deviation that a sum of dropped terms has', () => {
    const network = linear(0.3);
    const count = 1000;
    const { mean, deviation } = runToEnd(dropoutPasses(network, clip, count, 1, plainKernels));
    const answer = classifyClip(network, clip, plainKernels);
    const { weight } = network.stages[1].layer.weights;
    for (const k of [0, 1]) {
      // A term is kept with probability 0.7 and then divided by 0.7: its variance is term² · 0.3/0.7.
      const variance = clip.data.reduce((sum, x, i) => sum + (x * weight.data[2 * i + k]) ** 2, 0) * (0.3 / 0.7);
      expect(Math.abs(mean[k] - answer[k])).toBeLessThan(4 * Math.sqrt(variance / count));
      expect(Math.abs(deviation[k] ** 2 / variance - 1)).toBeLessThan(0.15);
    }
  });

  it('are the same again for the same seed, and others for another', () => {
    const network = linear(0.5);
    const run = (seed: number) => runToEnd(dropoutPasses(network, clip, 3, seed, plainKernels));
    expect(run(7)).toEqual(run(7));
    expect(run(8).passes[0]).not.toEqual(run(7).passes[0]);
    expect(run(7).passes[0]).not.toEqual(run(7).passes[1]);
  });

  it('come one by one, each with the summary so far', () => {
    const steps = [...dropoutPasses(linear(0.5), clip, 3, 1, plainKernels)];
    expect(steps.map(({ done, total }) => [done, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(steps.map(({ result }) => result.passes.length)).toEqual([1, 2, 3]);
    expect([...steps[0].result.deviation]).toEqual([0, 0]);
    const [a, b] = steps[1].result.passes.map(([first]) => first);
    expect(steps[1].result.deviation[0]).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 6);
  });

  it('do not spread where nothing drops, and then give the answer itself', () => {
    const network = linear(0);
    const { mean, deviation } = runToEnd(dropoutPasses(network, clip, 3, 1, plainKernels));
    expect(Float32Array.from(mean)).toEqual(classifyClip(network, clip, plainKernels));
    expect([...deviation]).toEqual([0, 0]);
  });

  it.each([0, -1, 1.5, Number.NaN])('are refused in the number %s', (count) => {
    expect(() => runToEnd(dropoutPasses(linear(0.5), clip, count, 1, plainKernels))).toThrow(ParameterError);
  });
});
