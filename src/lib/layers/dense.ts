/**
 * Dense, or fully connected: every output is a weighted sum of all inputs.
 *
 *     y[o] = bias[o] + Σ x[i] · weight[i, o], over i
 *
 * x: [inputs]; y: [units]; weight: [inputs, units]; bias: [units]. The loops stand in `kernels/plain.ts`. Source:
 * Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.1.
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Tensor, tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import { glorotUniform } from './glorot.ts';
import type { Layer, LayerKind } from './layer.ts';
import { whole } from './region.ts';

export interface DenseConfig {
  readonly units: number;
}

const parameters: Parameters<DenseConfig> = {
  units: { kind: 'integer', label: 'units', help: 'How many numbers come out.', min: 1, max: 65536, default: 128 },
};

export const denseKind: LayerKind<DenseConfig> = { type: 'dense', parameters, create };

function create(config: DenseConfig): Layer<DenseConfig> {
  const { units } = config;

  const layer: Layer<DenseConfig> = {
    type: 'dense',
    config,
    weights: {},
    trained: ['weight', 'bias'],

    outputShape(input) {
      if (input.length !== 1) {
        throw new ShapeError(
          `dense needs one row of numbers, but ${formatShape(input)} came. Put a flatten before it.`,
        );
      }
      return [units];
    },

    weightShapes: ([inputs]) => ({ weight: [inputs, units], bias: [units] }),

    initialWeights: ([inputs], random) => ({
      weight: glorotUniform([inputs, units], inputs, units, random),
      bias: tensor([units]),
    }),

    forward(x, pass) {
      pass.keep?.set('x', x);
      return pass.kernels.dense(x, layer.weights.weight, layer.weights.bias);
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const { dx, dw, db } = pass.kernels.denseBackward(dy, x, layer.weights.weight, !pass.skipInputGradient);
      return { dx, dweights: { weight: dw, bias: db } };
    },

    explain([unit], x) {
      const { weight, bias } = layer.weights;
      const terms = Array.from(x.data, (value, i) => ({ from: [i], value, weight: at(weight, [i, unit]) }));
      const explanation = { op: 'sum', terms, bias: bias.data[unit] } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field: (_cell, input) => whole(input),
  };
  return layer;
}
