import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/errors.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { meanSquaredError, smoothTargets, softmaxCrossEntropy } from '../../../src/lib/train/loss.ts';
import golden from '../../golden/optimiser.json' with { type: 'json' };

const { logits, labels, smoothing, loss, gradient } = golden.crossEntropy;

describe('softmax cross-entropy', () => {
  it('is the mean that torch.nn.functional.cross_entropy gives with label smoothing, and so is its gradient', () => {
    const result = softmaxCrossEntropy(tensor([4, 5], logits), smoothTargets(labels, 5, smoothing));
    expect(Math.abs(result.loss / loss - 1)).toBeLessThan(1e-5);
    for (const [i, expected] of gradient.entries()) {
      expect(Math.abs(result.gradient.data[i] - expected)).toBeLessThan(1e-6);
    }
  });

  it('sums to the loss of the whole batch when a batch is cut in two', () => {
    const targets = smoothTargets(labels, 5, smoothing);
    const part = (from: number, to: number) =>
      softmaxCrossEntropy(
        tensor([to - from, 5], logits.slice(5 * from, 5 * to)),
        tensor([to - from, 5], targets.data.slice(5 * from, 5 * to)),
        1 / 4,
      ).loss;
    expect(part(0, 1) + part(1, 4)).toBeCloseTo(loss, 6);
  });

  it('stays finite for logits of a thousand', () => {
    const { loss: large } = softmaxCrossEntropy(tensor([1, 3], [1000, -1000, 0]), smoothTargets([1], 3, 0));
    expect(large).toBe(2000);
  });

  it('refuses targets of another shape', () => {
    expect(() => softmaxCrossEntropy(tensor([2, 3]), tensor([2, 4]))).toThrow(ShapeError);
  });
});

describe('mean squared error', () => {
  const output = tensor([2, 1, 2, 1], [1, 2, 3, 4]);
  const targets = tensor([2, 1, 2, 1], [1, 0, 0, 2]);

  it('is the mean over examples and cells of the squared differences: (0 + 4 + 9 + 4) / 4', () => {
    expect(meanSquaredError(output, targets).loss).toBeCloseTo(4.25, 6);
    expect(meanSquaredError(output, targets, 1 / 8).loss).toBeCloseTo(4.25 / 4, 6);
  });

  it('has the gradient that finite differences give', () => {
    const { gradient } = meanSquaredError(output, targets, 0.3);
    const lossWith = (i: number, step: number) =>
      meanSquaredError(tensor(output.shape, output.data.with(i, output.data[i] + step)), targets, 0.3).loss;
    for (const [i, slope] of gradient.data.entries()) {
      expect(slope).toBeCloseTo((lossWith(i, 0.01) - lossWith(i, -0.01)) / 0.02, 4);
    }
  });

  it('refuses targets of another shape', () => {
    expect(() => meanSquaredError(output, tensor([2, 2, 1, 1]))).toThrow(ShapeError);
  });
});
