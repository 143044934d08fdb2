/**
 * Min-max: y = (x − min)/max(max − min, epsilon), which stretches each clip's picture over [0, 1]. A picture that is the
 * same everywhere becomes 0. Any shape.
 */
import type { Parameters } from '../parameters.ts';
import { at, cellAt, example, type Tensor, tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single, whole } from './region.ts';

export interface MinMaxConfig {
  readonly epsilon: number;
}

const parameters: Parameters<MinMaxConfig> = {
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

function create(config: MinMaxConfig): Layer<MinMaxConfig> {
  const { epsilon } = config;
  return {
    type: 'min-max',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      const y = tensor(x.shape);
      for (let n = 0; n < x.shape[0]; n++) {
        const from = example(x, n).data;
        const to = example(y, n).data;
        const { least, most } = extremes(from);
        const range = Math.max(from[most] - from[least], epsilon);
        for (let i = 0; i < from.length; i++) to[i] = (from[i] - from[least]) / range;
      }
      pass.keep?.set('x', x).set('y', y);
      return y;
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const y = pass.keep?.get('y') as Tensor;
      const dx = tensor(dy.shape);
      for (let n = 0; n < dy.shape[0]; n++) {
        const from = example(dy, n).data;
        const to = example(dx, n).data;
        const out = example(y, n).data;
        const values = example(x, n).data;
        const { least, most } = extremes(values);
        const range = values[most] - values[least];
        let sum = 0;
        let product = 0;
        for (let i = 0; i < from.length; i++) {
          to[i] = from[i] / Math.max(range, epsilon);
          sum += to[i];
          product += to[i] * out[i];
        }
        if (from.length === 0) continue;
        to[least] -= sum;
        // The range moves with both extremes, unless epsilon holds it.
        if (range > epsilon) {
          to[least] += product;
          to[most] -= product;
        }
      }
      return { dx, dweights: {} };
    },

    /** The terms: the cell itself, then those where the smallest and the largest value were found. */
    explain(cell, x) {
      const { least, most } = extremes(x.data);
      const term = (from: readonly number[]) => ({ from, value: at(x, from) });
      const terms = [term(cell), term(cellAt(x.shape, least)), term(cellAt(x.shape, most))];
      const [value, min, max] = terms.map(({ value }) => value);
      const result = Math.fround((value - min) / Math.max(max - min, epsilon));
      return { op: 'scale', terms, constants: { min, max, epsilon }, result };
    },

    focus: single,
    field: (_, input) => whole(input),
  };
}

/** The places of the first smallest and the first largest value. */
function extremes(values: Float32Array): { least: number; most: number } {
  let least = 0;
  let most = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i] < values[least]) least = i;
    if (values[i] > values[most]) most = i;
  }
  return { least, most };
}
