/**
 * ReLU, the rectified linear unit: y = max(0, x), cell by cell; any shape. Its slope is 1 above 0 and 0 elsewhere, at 0
 * too, as in PyTorch. What is not a number stays so. Source: Nair and Hinton, "Rectified Linear Units Improve Restricted
 * Boltzmann Machines" (2010).
 */
import type { Parameters } from '../parameters.ts';
import { at, type Tensor, tensor } from '../tensor.ts';
import type { Layer, LayerKind } from './layer.ts';
import { single } from './region.ts';

export type ReluConfig = Record<never, never>;

const parameters: Parameters<ReluConfig> = {};

export const reluKind: LayerKind<ReluConfig> = { type: 'relu', parameters, create };

function create(config: ReluConfig): Layer<ReluConfig> {
  return {
    type: 'relu',
    config,
    weights: {},
    trained: [],

    outputShape: (input) => input,
    weightShapes: () => ({}),
    initialWeights: () => ({}),

    forward(x, pass) {
      const y = tensor(x.shape);
      for (let i = 0; i < y.data.length; i++) {
        const value = x.data[i];
        y.data[i] = value < 0 ? 0 : value;
      }
      pass.keep?.set('y', y);
      return y;
    },

    backward(dy, pass) {
      const y = pass.keep?.get('y') as Tensor;
      const dx = tensor(dy.shape);
      for (let i = 0; i < dx.data.length; i++) dx.data[i] = y.data[i] > 0 ? dy.data[i] : 0;
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const value = at(x, cell);
      return { op: 'relu', terms: [{ from: cell, value }], result: Math.max(0, value) };
    },

    field: (cell) => single(cell),
  };
}
