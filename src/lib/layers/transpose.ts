/**
 * Transpose: rows become columns, y[j, i] = x[i, j]. x: a picture of one channel, [height, width, 1], or a series
 * [height, width]; y: a series [width, height]. A `conv1d` goes along the first axis and reads all of the second: after
 * this, it goes along the frequencies of a spectrogram, with its frames as channels.
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Shape, type Tensor, tensor } from '../tensor.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single } from './region.ts';

export type TransposeConfig = Record<never, never>;

const parameters: Parameters<TransposeConfig> = {};

export const transposeKind: LayerKind<TransposeConfig> = { type: 'transpose', parameters, create };

function create(config: TransposeConfig): Layer<TransposeConfig> {
  const layer: Layer<TransposeConfig> = {
    type: 'transpose',
    config,
    ...withoutWeights(),

    outputShape(input) {
      const [height, width, channels = 1] = input;
      if (input.length < 2 || input.length > 3 || channels !== 1) {
        throw new ShapeError(`transpose needs a picture of height × width × 1, but ${formatShape(input)} came.`);
      }
      return [width, height];
    },

    forward(x, pass) {
      pass.keep?.set('x', x);
      const [n, height, width] = x.shape;
      return tensor([n, width, height], transposed(x.data, height, width));
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const [, height, width] = x.shape;
      return { dx: tensor(x.shape, transposed(dy.data, width, height)), dweights: {} };
    },

    explain(cell, x) {
      const from = sourceOf(cell, x.shape);
      const value = at(x, from);
      return { op: 'copy', terms: [{ from, value }], result: value };
    },

    field: (cell, input) => single(sourceOf(cell, input)),
  };
  return layer;
}

function sourceOf([row, column]: readonly number[], input: Shape): readonly number[] {
  return input.length === 3 ? [column, row, 0] : [column, row];
}

/** Pictures of height × width, one after the other, as pictures of width × height. */
function transposed(data: Float32Array, height: number, width: number): Float32Array {
  const size = height * width;
  return data.map((_, to) => {
    const place = to % size;
    return data[to - place + (place % height) * width + Math.floor(place / height)];
  });
}
