/**
 * A picture shifted or smoothed. A picture is [rows, columns, channels]; a series of [length, channels], or of [length],
 * is one of a single column.
 */
import { type Shape, type Tensor, tensor } from '../tensor.ts';

function layoutOf(shape: Shape): readonly [rows: number, columns: number, channels: number] {
  return [shape[0], shape.length > 2 ? shape[1] : 1, shape.length > 1 ? shape[shape.length - 1] : 1];
}

/** The picture moved by whole cells; what leaves at one edge comes in at the other. */
export function rolled(picture: Tensor, down: number, across: number): Tensor {
  const [rows, columns, channels] = layoutOf(picture.shape);
  const to = tensor(picture.shape);
  const wrap = (index: number, length: number) => ((index % length) + length) % length;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const from = (i * columns + j) * channels;
      const cell = picture.data.subarray(from, from + channels);
      to.data.set(cell, (wrap(i + down, rows) * columns + wrap(j + across, columns)) * channels);
    }
  }
  return to;
}

/**
 * The picture smoothed by a Gaussian along rows and columns, each channel by itself. Weights that would fall outside are
 * given to those inside, so that a picture that is the same everywhere stays as it is.
 * @param sigma standard deviation in cells; 0 leaves the picture as it is
 */
export function blurred(picture: Tensor, sigma: number): Tensor {
  if (sigma <= 0) return picture;
  const [rows, columns, channels] = layoutOf(picture.shape);
  const along = smoothed(picture.data, rows, columns * channels, 1, sigma);
  return tensor(picture.shape, smoothed(along, columns, channels, rows, sigma));
}

/** Along one axis of `length` cells, each `stride` numbers after the last, in `blocks` blocks of them. */
function smoothed(data: Float32Array, length: number, stride: number, blocks: number, sigma: number): Float32Array {
  const radius = Math.ceil(4 * sigma);
  const to = new Float32Array(data.length);
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < length; i++) {
      const first = Math.max(0, i - radius);
      const last = Math.min(length - 1, i + radius);
      const weights = Array.from({ length: last - first + 1 }, (_, k) =>
        Math.exp(-0.5 * ((first + k - i) / sigma) ** 2),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (let s = 0; s < stride; s++) {
        let sum = 0;
        for (const [k, weight] of weights.entries()) sum += weight * data[(block * length + first + k) * stride + s];
        to[(block * length + i) * stride + s] = sum / total;
      }
    }
  }
  return to;
}
