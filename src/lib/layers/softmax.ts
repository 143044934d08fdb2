/**
 * Softmax: any numbers become shares that sum to 1, the larger the number the larger its share.
 *
 *     y[k] = exp(x[k]) / Σ exp(x[j]), over j
 *
 * over the last axis. The largest x is taken from all of them first: the shares stay the same, and exp cannot overflow.
 * Its gradient is dx[k] = y[k] · (dy[k] − Σ dy[j]·y[j]). Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016),
 * section 6.2.2.3. Training takes softmax and cross-entropy together, from the logits: see `train/loss.ts`.
 */
import type { Parameters } from '../parameters.ts';
import { at, type Cell, type Tensor, tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';

export type SoftmaxConfig = Record<never, never>;

const parameters: Parameters<SoftmaxConfig> = {};

export const softmaxKind: LayerKind<SoftmaxConfig> = { type: 'softmax', parameters, create };

function create(config: SoftmaxConfig): Layer<SoftmaxConfig> {
  return {
    type: 'softmax',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      const y = tensor(x.shape);
      for (const [from, to] of rows(x, y)) {
        let peak = Number.NEGATIVE_INFINITY;
        for (const value of from) peak = Math.max(peak, value);
        let sum = 0;
        for (const value of from) sum += Math.exp(value - peak);
        for (let k = 0; k < from.length; k++) to[k] = Math.exp(from[k] - peak) / sum;
      }
      pass.keep?.set('y', y);
      return y;
    },

    backward(dy, pass) {
      const y = pass.keep?.get('y') as Tensor;
      const dx = tensor(dy.shape);
      for (const [shares, from, to] of rows(y, dy, dx)) {
        let mean = 0;
        for (let j = 0; j < from.length; j++) mean += from[j] * shares[j];
        for (let k = 0; k < from.length; k++) to[k] = shares[k] * (from[k] - mean);
      }
      return { dx, dweights: {} };
    },

    /** The cell's own term comes first, then the others of its row in order. */
    explain(cell, x) {
      const row = cell.slice(0, -1);
      const own = cell[cell.length - 1];
      const others = Array.from({ length: x.shape[x.shape.length - 1] }, (_, k) => k).filter((k) => k !== own);
      const terms = [own, ...others].map((k) => {
        const from: Cell = [...row, k];
        return { from, value: at(x, from) };
      });
      const explanation = { op: 'softmax', terms } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field: (cell, input) =>
      cell.map((index, axis) =>
        axis === input.length - 1 ? { start: 0, end: input[axis] } : { start: index, end: index + 1 },
      ),
  };
}

/** Goes through tensors of one shape row by row, along the last axis. */
function* rows(...tensors: Tensor[]): Generator<Float32Array[]> {
  const [{ shape, data }] = tensors;
  const length = shape[shape.length - 1];
  for (let from = 0; from < data.length; from += length) {
    yield tensors.map((t) => t.data.subarray(from, from + length));
  }
}
