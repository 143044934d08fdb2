/**
 * Dropout: in training each value is set to 0 with probability `rate`, anew each time, and the others are multiplied by
 * 1/(1 − rate), so that the expected sum stays. When the network answers, it does nothing. Any shape. Source: Srivastava
 * et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014), section 10 for this "inverted" form.
 */
import type { Parameters } from '../parameters.ts';
import { at, type Tensor, tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export interface DropoutConfig {
  readonly rate: number;
}

const parameters: Parameters<DropoutConfig> = {
  rate: {
    kind: 'number',
    label: 'rate',
    help: 'The share of values that are dropped in training.',
    min: 0,
    max: 0.95,
    step: 0.05,
    default: 0.5,
  },
};

export const dropoutKind: LayerKind<DropoutConfig> = { type: 'dropout', parameters, create };

function create(config: DropoutConfig): Layer<DropoutConfig> {
  const { rate } = config;

  return {
    type: 'dropout',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      if (!pass.training || rate === 0) return x;
      const factors = tensor(x.shape);
      const y = tensor(x.shape);
      for (let i = 0; i < y.data.length; i++) {
        factors.data[i] = pass.random.uniform() < rate ? 0 : 1 / (1 - rate);
        y.data[i] = x.data[i] * factors.data[i];
      }
      pass.keep?.set('factors', factors);
      return y;
    },

    backward(dy, pass) {
      const factors = pass.keep?.get('factors') as Tensor | undefined;
      if (!factors) return { dx: dy, dweights: {} };
      const dx = tensor(dy.shape);
      for (let i = 0; i < dx.data.length; i++) dx.data[i] = dy.data[i] * factors.data[i];
      return { dx, dweights: {} };
    },

    /** Of an answering network: the value is passed on. */
    explain(cell, x) {
      const value = at(x, cell);
      return { op: 'copy', terms: [{ from: cell, value }], result: value };
    },

    field: (cell) => single(cell),
  };
}
