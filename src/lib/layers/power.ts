/**
 * Power law: y = max(x, floor)^exponent. With an exponent below 1 it lifts what is faint, as a logarithm does, but maps
 * silence to 0 instead of a bottomless floor; loudness is heard about as the 0.3th power of intensity (Stevens, 1957),
 * and such a root serves recognisers well (PNCC: Kim and Stern, 2016). Any shape; one term a cell.
 */
import { ParameterError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, type Tensor, tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export interface PowerConfig {
  readonly exponent: number;
  readonly floor: number;
}

const parameters: Parameters<PowerConfig> = {
  exponent: {
    kind: 'number',
    label: 'exponent',
    help: 'Below 1 it lifts what is faint, above 1 what is loud.',
    min: 0.01,
    max: 10,
    step: 0.01,
    default: 0.3,
  },
  floor: {
    kind: 'number',
    label: 'floor',
    help: 'Smaller values, and negative ones, count as this one.',
    min: 0,
    max: 1e6,
    default: 0,
  },
};

export const powerKind: LayerKind<PowerConfig> = { type: 'power', parameters, create };

function create(config: PowerConfig): Layer<PowerConfig> {
  const { exponent, floor } = config;
  if (!Number.isFinite(Math.fround(floor ** exponent))) {
    throw new ParameterError(
      'floor',
      `The power law has floor ${floor} and exponent ${exponent}, so that everything would become infinite. Lower one of them.`,
    );
  }
  return {
    type: 'power',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      pass.keep?.set('x', x);
      const y = tensor(x.shape);
      for (let i = 0; i < x.data.length; i++) y.data[i] = Math.max(x.data[i], floor) ** exponent;
      return y;
    },

    /** At 0 the slope of a root is infinite; the gradient there is given as 0. */
    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const dx = tensor(x.shape);
      for (let i = 0; i < x.data.length; i++) {
        if (x.data[i] > floor) dx.data[i] = dy.data[i] * exponent * x.data[i] ** (exponent - 1);
      }
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const value = at(x, cell);
      const result = Math.fround(Math.max(value, floor) ** exponent);
      return { op: 'power', terms: [{ from: cell, value }], constants: { exponent, floor }, result };
    },

    field: single,
  };
}
