/**
 * Sum: what a residual block ends in. y = x + skip, cell by cell; any shape, the same for both. The block between the two
 * then has to learn only what is to be added to its input, and gradients reach that input undiminished. Source: He,
 * Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition" (2016).
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, sameShape, type Tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export type SumConfig = Record<never, never>;

const parameters: Parameters<SumConfig> = {};

export const sumKind: LayerKind<SumConfig> = { type: 'sum', parameters, create };

function create(config: SumConfig): Layer<SumConfig> {
  return {
    type: 'sum',
    config,
    ...withoutWeights(),
    joins: true,

    outputShape(input, skip) {
      if (!skip || !sameShape(input, skip)) {
        throw new ShapeError(
          `sum needs two inputs of one shape, but ${formatShape(input)} and ${skip ? formatShape(skip) : 'nothing else'} came.`,
        );
      }
      return input;
    },

    forward: (x, pass, skip) => pass.kernels.sum(x, second(skip)),

    backward: (dy) => ({ dx: dy, dskip: dy, dweights: {} }),

    explain(cell, x, skip) {
      const terms = [
        { from: cell, value: at(x, cell) },
        { from: cell, input: 'skip', value: at(second(skip), cell) },
      ] as const;
      const explanation = { op: 'sum', terms } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field: (cell) => single(cell),
  };
}

function second(skip: Tensor | undefined): Tensor {
  if (!skip) throw new ShapeError('sum needs two inputs, but only one came.');
  return skip;
}
