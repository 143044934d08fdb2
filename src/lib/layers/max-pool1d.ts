/**
 * Max pooling along a series: of each `pool` steps that lie side by side, channel by channel, the largest value is kept.
 *
 *     y[i, c] = max x[i·pool + p, c], over p
 *
 * x: [length, channels], where all that a step holds is its channels, as for `conv1d`; y: [⌊length / pool⌋, channels];
 * steps at the end that fill no tile are left out. It is a `max-pool2d` over a picture of one row. Source: Goodfellow,
 * Bengio, Courville, "Deep Learning" (2016), section 9.3.
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, cellAt, formatShape, reshape, sizeOf, type Tensor, tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';

export interface MaxPool1dConfig {
  readonly pool: number;
}

const parameters: Parameters<MaxPool1dConfig> = {
  pool: { kind: 'integer', label: 'pool', help: 'Steps of a tile.', unit: 'steps', min: 1, max: 4096, default: 2 },
};

export const maxPool1dKind: LayerKind<MaxPool1dConfig> = { type: 'max-pool1d', parameters, create };

function create(config: MaxPool1dConfig): Layer<MaxPool1dConfig> {
  const { pool } = config;

  return {
    type: 'max-pool1d',
    config,
    ...withoutWeights(),

    outputShape(input) {
      const [length, ...step] = input;
      if (input.length === 0 || input.includes(0)) {
        throw new ShapeError(`max-pool1d needs a series of length × channels, but ${formatShape(input)} came.`);
      }
      if (length < pool) {
        const left = length === 1 ? '1 step is' : `${length} steps are`;
        throw new ShapeError(
          `max-pool1d keeps one of every ${pool} steps, but only ${left} left of the series (${formatShape(input)} came), so nothing would come out. Choose a smaller pool here, or padding "same" in the convolutions before, so that more steps are left.`,
        );
      }
      return [Math.floor(length / pool), sizeOf(step)];
    },

    forward(x, pass) {
      const [n, length, ...step] = x.shape;
      const { y, winners } = pass.kernels.maxPool2d(reshape(x, [n, 1, length, sizeOf(step)]), 1, pool);
      pass.keep?.set('winners', winners).set('x', x);
      return reshape(y, [n, Math.floor(length / pool), sizeOf(step)]);
    },

    backward(dy, pass) {
      const winners = pass.keep?.get('winners') as Int32Array;
      const x = pass.keep?.get('x') as Tensor;
      const dx = tensor(x.shape);
      for (let i = 0; i < dy.data.length; i++) dx.data[winners[i]] += dy.data[i];
      return { dx, dweights: {} };
    },

    explain([step, channel], x) {
      const channels = sizeOf(x.shape.slice(1));
      const terms = Array.from({ length: pool }, (_, p) => {
        const from = cellAt(x.shape, (step * pool + p) * channels + channel);
        return { from, value: at(x, from) };
      });
      const explanation = { op: 'max', terms } as const;
      return { ...explanation, result: evaluate(explanation) };
    },

    field([step, channel], input) {
      const tile = { start: step * pool, end: (step + 1) * pool };
      const [, ...within] = cellAt([1, ...input.slice(1)], channel);
      return [tile, ...within.map((index) => ({ start: index, end: index + 1 }))];
    },
  };
}
