/**
 * Natural logarithm: y = scale·ln(max(x, floor) + offset). Loudness is heard in ratios, so a spectrogram is looked at, and
 * learned from, on a logarithmic scale. ln(x + ε): scale 1, floor 0, offset ε. Decibels, with their reference and range,
 * are the layer `decibels.ts`. Any shape; one term a cell.
 */
import { ParameterError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, type Tensor, tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export interface LogConfig {
  readonly scale: number;
  readonly floor: number;
  readonly offset: number;
}

const parameters: Parameters<LogConfig> = {
  scale: {
    kind: 'number',
    label: 'scale',
    help: 'What the natural logarithm is multiplied by.',
    min: 0.001,
    max: 100,
    default: 1,
  },
  floor: {
    kind: 'number',
    label: 'floor',
    help: 'Smaller values count as this one.',
    min: 0,
    max: 1e6,
    default: 0,
  },
  offset: {
    kind: 'number',
    label: 'offset',
    help: 'What is added before the logarithm, so that silence stays finite.',
    min: 0,
    max: 1e6,
    default: 1e-6,
  },
};

export const logKind: LayerKind<LogConfig> = { type: 'log', parameters, create };

function create(config: LogConfig): Layer<LogConfig> {
  const { scale, floor, offset } = config;
  if (floor + offset <= 0) {
    throw new ParameterError(
      'offset',
      'The logarithm has floor 0 and offset 0, so that silence would become minus infinity. Raise one of them.',
    );
  }
  return {
    type: 'log',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      pass.keep?.set('x', x);
      const y = tensor(x.shape);
      for (let i = 0; i < x.data.length; i++) y.data[i] = scale * Math.log(Math.max(x.data[i], floor) + offset);
      return y;
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const dx = tensor(x.shape);
      for (let i = 0; i < x.data.length; i++) {
        if (x.data[i] >= floor) dx.data[i] = (dy.data[i] * scale) / (x.data[i] + offset);
      }
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const value = at(x, cell);
      const result = Math.fround(scale * Math.log(Math.max(value, floor) + offset));
      return { op: 'log', terms: [{ from: cell, value }], constants: { scale, floor, offset }, result };
    },

    field: single,
  };
}
