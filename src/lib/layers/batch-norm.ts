/**
 * Batch normalisation: each channel is shifted and scaled to mean 0 and variance 1, and then to a scale and a shift that
 * are learned.
 *
 *     y[…, c] = gamma[c] · (x[…, c] − mean[c]) / √(variance[c] + epsilon) + beta[c]
 *
 * x, y: any shape whose last axis is the channels; the weights: [channels]. In training, mean and variance are those of
 * the batch at hand, over its examples and all places; when the network answers, those that are stored in the weights.
 * Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate
 * Shift" (2015), algorithms 1 and 2.
 *
 * A training pass leaves the batch's `mean` and `variance` in `pass.keep`, and changes no weight: whoever trains stores
 * their means over many batches. The variance is the biased one, Σ (x − mean)² / n, which the pass itself divides by;
 * PyTorch's running_var collects n / (n − 1) times that.
 */
import { ShapeError } from '../errors.ts';
import type { ChannelSums, Kernels } from '../kernels/kernels.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Shape, type Tensor, tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import type { Gradients, Layer, LayerKind, Weights } from './layer.ts';
import { single } from './region.ts';

export interface BatchNormConfig {
  readonly epsilon: number;
}

const parameters: Parameters<BatchNormConfig> = {
  epsilon: {
    kind: 'number',
    label: 'epsilon',
    help: 'What is added to the variance, so that a channel without any variation stays finite.',
    min: 1e-12,
    max: 1,
    default: 1e-5,
  },
};

export const batchNormKind: LayerKind<BatchNormConfig> = { type: 'batch-norm', parameters, create };

function create(config: BatchNormConfig): Layer<BatchNormConfig> {
  const { epsilon } = config;

  const layer: Layer<BatchNormConfig> = {
    type: 'batch-norm',
    config,
    weights: {},
    trained: ['gamma', 'beta'],

    outputShape(input) {
      if (input.length === 0 || input.includes(0)) {
        throw new ShapeError(`batch-norm needs an input whose last axis is channels, but ${formatShape(input)} came.`);
      }
      return input;
    },

    weightShapes(input) {
      const shape = [channelsOf(input)];
      return { gamma: shape, beta: shape, mean: shape, variance: shape };
    },

    initialWeights(input) {
      const shape = [channelsOf(input)];
      const ones = () => tensor(shape, new Float32Array(shape[0]).fill(1));
      return { gamma: ones(), beta: tensor(shape), mean: tensor(shape), variance: ones() };
    },

    forward(x, pass) {
      const { mean, variance } = pass.training ? pass.kernels.channelMoments(x) : layer.weights;
      if (pass.training) pass.keep?.set('mean', mean).set('variance', variance);
      pass.keep?.set('x', x);
      const slopes = slopesOf(layer.weights, variance, epsilon);
      return pass.kernels.mapChannels(x, { centres: mean.data, slopes, shifts: layer.weights.beta.data });
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      if (!pass.training) return throughFixed(dy, x, layer.weights, epsilon, pass.kernels);
      const mean = pass.keep?.get('mean') as Tensor;
      const variance = pass.keep?.get('variance') as Tensor;
      return throughBatch(dy, x, layer.weights, mean, variance, epsilon, pass.kernels);
    },

    /** Of an answering network, which knows its mean and variance: one product and one sum. */
    explain(cell, x) {
      const { mean, variance, beta } = layer.weights;
      const channel = cell[cell.length - 1];
      const slope = slopesOf(layer.weights, variance, epsilon)[channel];
      const terms = [{ from: cell, value: at(x, cell), weight: slope }];
      const bias = beta.data[channel] - mean.data[channel] * slope;
      const explanation = { op: 'sum', terms, bias } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field: (cell) => single(cell),
  };
  return layer;
}

function channelsOf(shape: Shape): number {
  return shape[shape.length - 1];
}

/** What each channel's differences from its mean are multiplied by: gamma / √(variance + epsilon). */
function slopesOf({ gamma }: Weights, variance: Tensor, epsilon: number): Float64Array {
  return Float64Array.from(variance.data, (v, c) => gamma.data[c] / Math.sqrt(v + epsilon));
}

/** The gradients of gamma and beta. */
function weightGradients(
  { sums, products }: ChannelSums,
  variance: Float32Array,
  epsilon: number,
): Pick<Gradients, 'dweights'> {
  const gamma = Float32Array.from(products, (product, c) => product / Math.sqrt(variance[c] + epsilon));
  return { dweights: { gamma: tensor([sums.length], gamma), beta: tensor([sums.length], Float32Array.from(sums)) } };
}

/** Mean and variance are constants: each channel's gradient is multiplied by its slope. */
function throughFixed(dy: Tensor, x: Tensor, weights: Weights, epsilon: number, kernels: Kernels): Gradients {
  const { mean, variance } = weights;
  const channels = mean.data.length;
  const slopes = slopesOf(weights, variance, epsilon);
  const dx = kernels.mapChannels(dy, {
    centres: new Float32Array(channels),
    slopes,
    shifts: new Float32Array(channels),
  });
  return { dx, ...weightGradients(kernels.channelSums(dy, x, mean.data), variance.data, epsilon) };
}

/**
 * Mean and variance move with every value of the batch, which takes two parts out of the gradient: with n values, and
 * v = variance + epsilon, dx = gamma/√v · (dy − Σ dy / n − (x − mean) · Σ dy·(x − mean) / (n·v)).
 */
function throughBatch(
  dy: Tensor,
  x: Tensor,
  weights: Weights,
  mean: Tensor,
  variance: Tensor,
  epsilon: number,
  kernels: Kernels,
): Gradients {
  const sums = kernels.channelSums(dy, x, mean.data);
  const slopes = slopesOf(weights, variance, epsilon);
  const count = x.data.length / slopes.length;
  const shifts = slopes.map((slope, c) => (-slope * sums.sums[c]) / count);
  const shares = slopes.map((slope, c) => (-slope * sums.products[c]) / (count * (variance.data[c] + epsilon)));
  const dx = kernels.mapGradients(dy, x, { centres: mean.data, slopes, shifts }, shares);
  return { dx, ...weightGradients(sums, variance.data, epsilon) };
}
