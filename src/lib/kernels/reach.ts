/** The part of a padded picture that the windows of a convolution reach: what the wasm module is given to read. */
import type { Shape, Tensor } from '../tensor.ts';
import type { ConvGeometry } from './kernels.ts';

export interface Reach {
  readonly height: number;
  readonly width: number;
}

export function reachOf([kernelHeight, kernelWidth]: Shape, geometry: ConvGeometry): Reach {
  const { strideHeight, strideWidth, outHeight, outWidth } = geometry;
  return {
    height: (outHeight - 1) * strideHeight + kernelHeight,
    width: (outWidth - 1) * strideWidth + kernelWidth,
  };
}

/**
 * Visits the rows of an example that lie in what the windows reach: where the row starts in the data of x, where in the
 * reached picture, and how many numbers it has. Rows that lie side by side in both are visited as one.
 */
export function copyRows(
  x: Tensor,
  example: number,
  reach: Reach,
  { padTop, padLeft }: Pick<ConvGeometry, 'padTop' | 'padLeft'>,
  copy: (from: number, to: number, length: number) => void,
): void {
  const [, height, width, channels] = x.shape;
  const length = Math.min(width, reach.width - padLeft) * channels;
  const rows = Math.min(height, reach.height - padTop);
  if (length <= 0 || rows <= 0) return;
  if (width === reach.width && padLeft === 0) {
    copy(example * height * width * channels, padTop * width * channels, rows * width * channels);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const from = (example * height + row) * width * channels;
    copy(from, ((row + padTop) * reach.width + padLeft) * channels, length);
  }
}
