/**
 * Normalise (z-score): y = (x − mean)/√(variance + epsilon), so that values lie around 0 and spread by about 1. The
 * statistics are fitted once on the training set and stored with the model, as tf.keras.layers.Normalization does, or
 * taken from each clip by itself, which also takes out how loud it is. Any shape.
 */
import { type Moments, momentsOf } from '../dsp/moments.ts';
import type { Parameters } from '../parameters.ts';
import { at, example, type Tensor, tensor } from '../tensor.ts';
import type { Layer, LayerKind, Weights } from './layer.ts';
import { single, whole } from './region.ts';

export interface NormaliseConfig {
  readonly statistics: 'fitted' | 'per-clip';
  readonly epsilon: number;
}

const parameters: Parameters<NormaliseConfig> = {
  statistics: {
    kind: 'choice',
    label: 'statistics',
    help: 'Mean and variance of the whole training set, or of each clip by itself.',
    choices: ['fitted', 'per-clip'],
    default: 'fitted',
  },
  epsilon: {
    kind: 'number',
    label: 'epsilon',
    help: 'What is added to the variance, so that a clip without any variation stays finite.',
    min: 1e-12,
    max: 1,
    default: 1e-7,
  },
};

export const normaliseKind: LayerKind<NormaliseConfig> = { type: 'normalise', parameters, create };

/** The weights of a layer with fitted statistics, from those of the training set. */
export function fittedWeights({ mean, variance }: Moments): Weights {
  return { mean: tensor([1], [mean]), variance: tensor([1], [variance]) };
}

function create(config: NormaliseConfig): Layer<NormaliseConfig> {
  const { epsilon } = config;
  const fitted = config.statistics === 'fitted';

  const layer: Layer<NormaliseConfig> = {
    type: 'normalise',
    config,
    weights: fitted ? fittedWeights({ count: 0, mean: 0, variance: 1 }) : {},
    trained: [],

    outputShape: (input) => input,
    weightShapes: (): Record<string, readonly number[]> => (fitted ? { mean: [1], variance: [1] } : {}),
    initialWeights: () => (fitted ? fittedWeights({ count: 0, mean: 0, variance: 1 }) : {}),

    forward(x, pass) {
      const y = tensor(x.shape);
      const deviations = tensor([x.shape[0]]);
      for (let n = 0; n < x.shape[0]; n++) {
        const from = example(x, n).data;
        const to = example(y, n).data;
        const { mean, variance } = statistics(from);
        const deviation = Math.sqrt(variance + epsilon);
        for (let i = 0; i < from.length; i++) to[i] = (from[i] - mean) / deviation;
        deviations.data[n] = deviation;
      }
      pass.keep?.set('deviations', deviations).set('y', y);
      return y;
    },

    backward(dy, pass) {
      const deviations = pass.keep?.get('deviations') as Tensor;
      const y = pass.keep?.get('y') as Tensor;
      const dx = tensor(dy.shape);
      for (let n = 0; n < dy.shape[0]; n++) {
        const from = example(dy, n).data;
        const to = example(dx, n).data;
        const out = example(y, n).data;
        let sum = 0;
        let product = 0;
        // A clip's own mean and variance move with each of its cells; fitted ones stay.
        for (let i = 0; i < from.length && !fitted; i++) {
          sum += from[i] / from.length;
          product += (from[i] * out[i]) / from.length;
        }
        for (let i = 0; i < from.length; i++) to[i] = (from[i] - sum - product * out[i]) / deviations.data[n];
      }
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const value = at(x, cell);
      const { mean, variance } = statistics(x.data);
      const result = Math.fround((value - mean) / Math.sqrt(variance + epsilon));
      return { op: 'standardise', terms: [{ from: cell, value }], constants: { mean, variance, epsilon }, result };
    },

    field: (cell, input) => (fitted ? single(cell) : whole(input)),
    focus: single,
  };

  function statistics(values: Float32Array): { mean: number; variance: number } {
    if (!fitted) return momentsOf(values);
    return { mean: layer.weights.mean.data[0], variance: layer.weights.variance.data[0] };
  }

  return layer;
}
