/**
 * ReLU, the rectified linear unit: y = max(0, x), cell by cell; any shape. Its slope is 1 above 0 and 0 elsewhere, at 0
 * too, as in PyTorch. What is not a number stays so. Source: Nair and Hinton, "Rectified Linear Units Improve Restricted
 * Boltzmann Machines" (2010).
 */
import type { Parameters } from '../parameters.ts';
import { at, type Tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export type ReluConfig = Record<never, never>;

const parameters: Parameters<ReluConfig> = {};

export const reluKind: LayerKind<ReluConfig> = { type: 'relu', parameters, create };

function create(config: ReluConfig): Layer<ReluConfig> {
  return {
    type: 'relu',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      const y = pass.kernels.relu(x);
      pass.keep?.set('y', y);
      return y;
    },

    backward(dy, pass) {
      const y = pass.keep?.get('y') as Tensor;
      return { dx: pass.kernels.reluBackward(dy, y), dweights: {} };
    },

    explain(cell, x) {
      const value = at(x, cell);
      return { op: 'relu', terms: [{ from: cell, value }], result: Math.max(0, value) };
    },

    field: (cell) => single(cell),
  };
}
