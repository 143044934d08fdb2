/**
 * What training makes small. For a network that names something, softmax cross-entropy against soft targets:
 *
 *     L = −scale · Σₙ Σₖ t[n,k] · ln softmax(z[n])[k],   ∂L/∂z[n,k] = scale · (softmax(z[n])[k] − t[n,k])
 *
 * where z are logits [n, classes] and each row of the targets t sums to 1. With `scale` 1/n it is the mean over the
 * batch, as `torch.nn.functional.cross_entropy` computes it. Source: Goodfellow, Bengio, Courville, "Deep Learning"
 * (2016), section 6.2.2.3.
 *
 * For an autoencoder, the mean square of what its output y differs from its input by, over the c cells of a picture:
 *
 *     L = scale · Σₙ Σᵢ (y[n,i] − t[n,i])² / c,   ∂L/∂y[n,i] = 2 · scale · (y[n,i] − t[n,i]) / c
 */
import { ShapeError } from '../errors.ts';
import { formatShape, sameShape, type Tensor, tensor } from '../tensor.ts';

export interface LossAndGradient {
  readonly loss: number;
  /** The gradient of the loss with respect to the network's output, which has its shape. */
  readonly gradient: Tensor;
}

/**
 * @param logits [n, classes]
 * @param targets [n, classes], rows that sum to 1
 * @param scale factor of the sum over the batch; the mean where it is left out
 * @throws ShapeError if the two shapes differ
 */
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor, scale = 1 / logits.shape[0]): LossAndGradient {
  if (logits.shape.length !== 2 || !sameShape(logits.shape, targets.shape)) {
    throw new ShapeError(
      `The loss needs logits and targets of one shape [examples, classes], but they are ${formatShape(logits.shape)} and ${formatShape(targets.shape)}.`,
    );
  }
  const [n, classes] = logits.shape;
  const gradient = tensor(logits.shape);
  let loss = 0;
  for (let row = 0; row < n; row++) {
    const from = row * classes;
    let peak = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) peak = Math.max(peak, logits.data[from + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(logits.data[from + k] - peak);
    const logSum = peak + Math.log(sum);
    for (let k = 0; k < classes; k++) {
      const logProbability = logits.data[from + k] - logSum;
      const target = targets.data[from + k];
      loss -= target * logProbability;
      gradient.data[from + k] = scale * (Math.exp(logProbability) - target);
    }
  }
  return { loss: scale * loss, gradient };
}

/**
 * @param output [n, ...]
 * @param targets of the same shape
 * @param scale factor of the sum over the batch; the mean where it is left out
 * @throws ShapeError if the two shapes differ
 */
export function meanSquaredError(output: Tensor, targets: Tensor, scale = 1 / output.shape[0]): LossAndGradient {
  if (!sameShape(output.shape, targets.shape)) {
    throw new ShapeError(
      `The loss compares an output with a target of its shape, but they are ${formatShape(output.shape)} and ${formatShape(targets.shape)}.`,
    );
  }
  const gradient = tensor(output.shape);
  const share = (scale * output.shape[0]) / output.data.length;
  let loss = 0;
  for (let i = 0; i < output.data.length; i++) {
    const difference = output.data[i] - targets.data[i];
    loss += difference * difference;
    gradient.data[i] = 2 * share * difference;
  }
  return { loss: share * loss, gradient };
}

/**
 * One-hot targets, smoothed: the true class gets 1 − ε + ε/K, each other ε/K. Source: Szegedy et al., "Rethinking the
 * Inception Architecture for Computer Vision" (2016), section 7; the same as `label_smoothing` in PyTorch.
 * @param labels class indices
 * @param smoothing ε, 0 to 1
 */
export function smoothTargets(labels: readonly number[], classes: number, smoothing: number): Tensor {
  const targets = tensor([labels.length, classes]);
  targets.data.fill(smoothing / classes);
  for (const [row, label] of labels.entries()) targets.data[row * classes + label] += 1 - smoothing;
  return targets;
}
