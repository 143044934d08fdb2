/**
 * Normalise (z-score): y = (x − mean)/√(variance + epsilon), so that values lie around 0 and spread by about 1. The
 * statistics are fitted once on the training set and stored with the model, as tf.keras.layers.Normalization does, or
 * taken from each clip by itself, which also takes out how loud it is, or from each frequency bin of the clip over its
 * frames, which also takes out how the room and the microphone colour it (mean and variance normalisation: Viikki and
 * Laurila, 1998). Any shape; the first axis is time.
 */
import { type Moments, momentsOf } from '../dsp/moments.ts';
import type { Parameters } from '../parameters.ts';
import { at, example, type Tensor, tensor } from '../tensor.ts';
import type { Layer, LayerKind, Weights } from './layer.ts';
import { single } from './region.ts';
import { fieldOfStatistics, groupOf, groupsOf, type Statistics, statisticsParameter, valuesOf } from './statistics.ts';

export interface NormaliseConfig {
  readonly statistics: Statistics;
  readonly epsilon: number;
}

const parameters: Parameters<NormaliseConfig> = {
  statistics: statisticsParameter('mean and variance', 'fitted'),
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
  const { statistics, epsilon } = config;
  const fitted = statistics === 'fitted';

  const layer: Layer<NormaliseConfig> = {
    type: 'normalise',
    config,
    weights: fitted ? fittedWeights({ count: 0, mean: 0, variance: 1 }) : {},
    trained: [],

    outputShape: (input) => input,
    weightShapes: (): Record<string, readonly number[]> => (fitted ? { mean: [1], variance: [1] } : {}),
    initialWeights: () => (fitted ? fittedWeights({ count: 0, mean: 0, variance: 1 }) : {}),

    forward(x, pass) {
      const [count, ...shape] = x.shape;
      const y = tensor(x.shape);
      const groups = groupsOf(statistics, shape);
      const deviations = tensor([count, groups.length]);
      for (let n = 0; n < count; n++) {
        const from = example(x, n).data;
        const to = example(y, n).data;
        for (const [g, group] of groups.entries()) {
          const { mean, variance } = momentsFor(valuesOf(from, group));
          const deviation = Math.sqrt(variance + epsilon);
          for (let t = 0, i = group.first; t < group.count; t++, i += group.stride)
            to[i] = (from[i] - mean) / deviation;
          deviations.data[n * groups.length + g] = deviation;
        }
      }
      pass.keep?.set('deviations', deviations).set('y', y);
      return y;
    },

    backward(dy, pass) {
      const deviations = pass.keep?.get('deviations') as Tensor;
      const y = pass.keep?.get('y') as Tensor;
      const [count, ...shape] = dy.shape;
      const dx = tensor(dy.shape);
      const groups = groupsOf(statistics, shape);
      for (let n = 0; n < count; n++) {
        const from = example(dy, n).data;
        const to = example(dx, n).data;
        const out = example(y, n).data;
        for (const [g, group] of groups.entries()) {
          let sum = 0;
          let product = 0;
          // A clip's own mean and variance move with each of its cells; fitted ones stay.
          for (let t = 0, i = group.first; t < group.count && !fitted; t++, i += group.stride) {
            sum += from[i] / group.count;
            product += (from[i] * out[i]) / group.count;
          }
          const deviation = deviations.data[n * groups.length + g];
          for (let t = 0, i = group.first; t < group.count; t++, i += group.stride) {
            to[i] = (from[i] - sum - product * out[i]) / deviation;
          }
        }
      }
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const value = at(x, cell);
      const { mean, variance } = momentsFor(valuesOf(x.data, groupOf(statistics, x.shape, cell)));
      const result = Math.fround((value - mean) / Math.sqrt(variance + epsilon));
      return { op: 'standardise', terms: [{ from: cell, value }], constants: { mean, variance, epsilon }, result };
    },

    field: (cell, input) => fieldOfStatistics(statistics, cell, input),
    focus: single,
  };

  function momentsFor(values: Float32Array): { mean: number; variance: number } {
    if (!fitted) return momentsOf(values);
    return { mean: layer.weights.mean.data[0], variance: layer.weights.variance.data[0] };
  }

  return layer;
}
