/**
 * Flatten: the same numbers in one row, y[(i·width + j)·channels + c] = x[i, j, c]. Any shape; no number is moved or
 * copied, since tensors are row-major already.
 */
import type { Parameters } from '../parameters.ts';
import { at, cellAt, reshape, sizeOf, type Tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export type FlattenConfig = Record<never, never>;

const parameters: Parameters<FlattenConfig> = {};

export const flattenKind: LayerKind<FlattenConfig> = { type: 'flatten', parameters, create };

function create(config: FlattenConfig): Layer<FlattenConfig> {
  return {
    type: 'flatten',
    config,
    ...withoutWeights(),

    outputShape: (input) => [sizeOf(input)],

    forward(x, pass) {
      pass.keep?.set('x', x);
      return reshape(x, [x.shape[0], sizeOf(x.shape.slice(1))]);
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      return { dx: reshape(dy, x.shape), dweights: {} };
    },

    explain([index], x) {
      const from = cellAt(x.shape, index);
      const value = at(x, from);
      return { op: 'copy', terms: [{ from, value }], result: value };
    },

    field: ([index], input) => single(cellAt(input, index)),
  };
}
