/**
 * Min-max: y = (x − min)/max(max − min, epsilon), which stretches a picture over [0, 1]. Smallest and largest value are
 * those of each clip by itself, of each frequency bin over the clip's frames, or fitted once on the training set and
 * stored with the model; a clip that goes beyond fitted ones goes beyond 0 or 1. What is the same everywhere becomes 0.
 * Any shape; the first axis is time.
 */
import type { Parameters } from '../parameters.ts';
import { at, cellAt, example, type Tensor, tensor } from '../tensor.ts';
import type { Layer, LayerKind, Weights } from './layer.ts';
import { single } from './region.ts';
import {
  fieldOfStatistics,
  type Group,
  groupOf,
  groupsOf,
  type Statistics,
  statisticsParameter,
} from './statistics.ts';

export interface MinMaxConfig {
  readonly statistics: Statistics;
  readonly epsilon: number;
}

const parameters: Parameters<MinMaxConfig> = {
  statistics: statisticsParameter('smallest and largest value', 'per-clip'),
  epsilon: {
    kind: 'number',
    label: 'epsilon',
    help: 'The least range that is stretched, so that a picture without any variation stays finite.',
    min: 1e-12,
    max: 1,
    default: 1e-7,
  },
};

export const minMaxKind: LayerKind<MinMaxConfig> = { type: 'min-max', parameters, create };

/** The weights of a layer with fitted statistics, from the smallest and the largest value of the training set. */
export function fittedRange(min: number, max: number): Weights {
  return { min: tensor([1], [min]), max: tensor([1], [max]) };
}

function create(config: MinMaxConfig): Layer<MinMaxConfig> {
  const { statistics, epsilon } = config;
  const fitted = statistics === 'fitted';

  const layer: Layer<MinMaxConfig> = {
    type: 'min-max',
    config,
    weights: fitted ? fittedRange(0, 1) : {},
    trained: [],

    outputShape: (input) => input,
    weightShapes: (): Record<string, readonly number[]> => (fitted ? { min: [1], max: [1] } : {}),
    initialWeights: () => (fitted ? fittedRange(0, 1) : {}),

    forward(x, pass) {
      const [count, ...shape] = x.shape;
      const y = tensor(x.shape);
      const groups = groupsOf(statistics, shape);
      for (let n = 0; n < count; n++) {
        const from = example(x, n).data;
        const to = example(y, n).data;
        for (const group of groups) {
          const { min, max } = rangeFor(from, group);
          const range = Math.max(max - min, epsilon);
          for (let t = 0, i = group.first; t < group.count; t++, i += group.stride) to[i] = (from[i] - min) / range;
        }
      }
      pass.keep?.set('x', x).set('y', y);
      return y;
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const y = pass.keep?.get('y') as Tensor;
      const [count, ...shape] = dy.shape;
      const dx = tensor(dy.shape);
      const groups = groupsOf(statistics, shape);
      for (let n = 0; n < count; n++) {
        const from = example(dy, n).data;
        const to = example(dx, n).data;
        const out = example(y, n).data;
        const values = example(x, n).data;
        for (const group of groups) {
          const { min, max } = rangeFor(values, group);
          const range = Math.max(max - min, epsilon);
          let sum = 0;
          let product = 0;
          for (let t = 0, i = group.first; t < group.count; t++, i += group.stride) {
            to[i] = from[i] / range;
            sum += to[i];
            product += to[i] * out[i];
          }
          if (fitted || group.count === 0) continue;
          const { least, most } = extremes(values, group);
          to[least] -= sum;
          // The range moves with both extremes, unless epsilon holds it.
          if (max - min > epsilon) {
            to[least] += product;
            to[most] -= product;
          }
        }
      }
      return { dx, dweights: {} };
    },

    /** The terms: the cell itself, then, unless they are fitted, where the smallest and the largest value were found. */
    explain(cell, x) {
      const group = groupOf(statistics, x.shape, cell);
      const { min, max } = rangeFor(x.data, group);
      const { least, most } = extremes(x.data, group);
      const cells = fitted ? [cell] : [cell, cellAt(x.shape, least), cellAt(x.shape, most)];
      const terms = cells.map((from) => ({ from, value: at(x, from) }));
      const result = Math.fround((terms[0].value - min) / Math.max(max - min, epsilon));
      return { op: 'scale', terms, constants: { min, max, epsilon }, result };
    },

    focus: single,
    field: (cell, input) => fieldOfStatistics(statistics, cell, input),
  };

  function rangeFor(values: Float32Array, group: Group): { min: number; max: number } {
    if (fitted) return { min: layer.weights.min.data[0], max: layer.weights.max.data[0] };
    const { least, most } = extremes(values, group);
    return { min: values[least], max: values[most] };
  }

  return layer;
}

/** The places of the first smallest and the first largest value of a group. */
function extremes(values: Float32Array, { first, stride, count }: Group): { least: number; most: number } {
  let least = first;
  let most = first;
  for (let t = 1, i = first + stride; t < count; t++, i += stride) {
    if (values[i] < values[least]) least = i;
    if (values[i] > values[most]) most = i;
  }
  return { least, most };
}
