/**
 * Max pooling: the picture is cut into tiles of poolHeight × poolWidth cells, and of each tile, channel by channel, the
 * largest value is kept.
 *
 *     y[i, j, c] = max x[i·poolHeight + py, j·poolWidth + px, c], over py and px
 *
 * x: [height, width, channels]; y: [⌊height / poolHeight⌋, ⌊width / poolWidth⌋, channels]; rows and columns that fill no
 * tile are left out. The gradient goes to the cell that won; of equal ones to the first, in reading order. What is not a
 * number wins, as in PyTorch. The loops stand in `kernels/plain.ts`. Source: Goodfellow, Bengio, Courville, "Deep
 * Learning" (2016), section 9.3.
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Tensor, tensor } from '../tensor.ts';
import { evaluate, type Term } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';

export interface MaxPool2dConfig {
  readonly poolHeight: number;
  readonly poolWidth: number;
}

const cells = { kind: 'integer', unit: 'cells', min: 1, max: 64, default: 2 } as const;
const parameters: Parameters<MaxPool2dConfig> = {
  poolHeight: { ...cells, label: 'tile height', help: 'Rows of a tile.' },
  poolWidth: { ...cells, label: 'tile width', help: 'Columns of a tile.' },
};

export const maxPool2dKind: LayerKind<MaxPool2dConfig> = { type: 'max-pool2d', parameters, create };

function create(config: MaxPool2dConfig): Layer<MaxPool2dConfig> {
  const { poolHeight, poolWidth } = config;

  const layer: Layer<MaxPool2dConfig> = {
    type: 'max-pool2d',
    config,
    ...withoutWeights(),

    outputShape(input) {
      const [height, width, channels] = input;
      if (input.length !== 3) {
        throw new ShapeError(
          `max-pool2d needs a picture of height × width × channels, but ${formatShape(input)} came.`,
        );
      }
      if (height < poolHeight || width < poolWidth) {
        throw new ShapeError(
          `max-pool2d has tiles of ${poolHeight} × ${poolWidth} cells, but the picture has only ${formatShape([height, width])}. Choose smaller tiles.`,
        );
      }
      return [Math.floor(height / poolHeight), Math.floor(width / poolWidth), channels];
    },

    forward(x, pass) {
      const { y, winners } = pass.kernels.maxPool2d(x, poolHeight, poolWidth);
      pass.keep?.set('winners', winners).set('x', x);
      return y;
    },

    backward(dy, pass) {
      const winners = pass.keep?.get('winners') as Int32Array;
      const x = pass.keep?.get('x') as Tensor;
      const dx = tensor(x.shape);
      for (let i = 0; i < dy.data.length; i++) dx.data[winners[i]] += dy.data[i];
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const [rows, columns] = layer.field(cell, x.shape);
      const terms: Term[] = [];
      for (let i = rows.start; i < rows.end; i++) {
        for (let j = columns.start; j < columns.end; j++) {
          const from = [i, j, cell[2]];
          terms.push({ from, value: at(x, from) });
        }
      }
      const explanation = { op: 'max', terms } as const;
      return { ...explanation, result: evaluate(explanation) };
    },

    field: ([row, column, channel]) => [
      { start: row * poolHeight, end: (row + 1) * poolHeight },
      { start: column * poolWidth, end: (column + 1) * poolWidth },
      { start: channel, end: channel + 1 },
    ],
  };
  return layer;
}
