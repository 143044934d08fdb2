import { describe, expect, it } from 'vitest';
import { adamW } from '../../../src/lib/train/optimiser.ts';
import golden from '../../golden/optimiser.json' with { type: 'json' };

const settings = { weightDecay: 0.05, beta1: 0.9, beta2: 0.99, epsilon: 1e-6 };

function run(name: 'weight' | 'bias', weightDecay: number, split?: number): Float32Array[] {
  const weights = Float32Array.from(golden.start[name]);
  const moments = { first: new Float32Array(weights.length), second: new Float32Array(weights.length) };
  return golden.steps.map(({ learningRate, gradient }, index) => {
    const own = { ...settings, weightDecay };
    const g = Float32Array.from(gradient[name]);
    adamW(weights, g, moments, own, learningRate, index + 1, 0, split);
    if (split !== undefined) adamW(weights, g, moments, own, learningRate, index + 1, split);
    return weights.slice();
  });
}

describe('AdamW', () => {
  it.each([
    ['weight', 0.05],
    ['bias', 0],
  ] as const)('moves each %s as torch.optim.AdamW does, over steps of different learning rates', (name, decay) => {
    for (const [step, weights] of run(name, decay).entries()) {
      for (const [i, expected] of golden.steps[step].after[name].entries()) {
        expect(Math.abs(weights[i] - expected)).toBeLessThan(1e-5 * Math.max(Math.abs(expected), 0.1));
      }
    }
  });

  it('gives the same bits when the weights are updated in two ranges', () => {
    expect(run('weight', 0.05, 2)).toEqual(run('weight', 0.05));
  });
});
