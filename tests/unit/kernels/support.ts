import { readFileSync } from 'node:fs';
import type { KernelBuild } from '../../../src/lib/kernels/choose.ts';
import type { ConvGeometry } from '../../../src/lib/kernels/kernels.ts';
import type { Random } from '../../../src/lib/random.ts';
import { type Shape, type Tensor, tensor } from '../../../src/lib/tensor.ts';

/** The bytes of a build, as `npm run kernels` left them. */
export function readBuild(build: KernelBuild): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../../src/lib/kernels/build/kernels.${build}.wasm`, import.meta.url)));
}

/** Normally distributed numbers, of which a share is exactly 0. */
export function randomTensor(random: Random, shape: Shape, zeros = 0): Tensor {
  const t = tensor(shape);
  for (let i = 0; i < t.data.length; i++) t.data[i] = random.uniform() < zeros ? 0 : random.normal();
  return t;
}

/** The same tensor without signs. */
export function magnitudes(t: Tensor): Tensor {
  return { shape: t.shape, data: t.data.map(Math.abs) };
}

/**
 * The largest difference of two tensors of sums, relative to the largest sum of terms' magnitudes: rounding is in
 * proportion to what is added up, however far it cancels out.
 */
export function relativeError(actual: Tensor, expected: Tensor, scale: Tensor): number {
  let difference = actual.data.length === expected.data.length ? 0 : Number.NaN;
  let largest = 1e-30;
  for (let i = 0; i < expected.data.length; i++) {
    difference = Math.max(difference, Math.abs(actual.data[i] - expected.data[i]));
    largest = Math.max(largest, scale.data[i]);
  }
  return difference / largest;
}

/** A window with this much padding on every side. */
export function paddedGeometry(x: Shape, w: Shape, stride: readonly number[], pad: readonly number[]): ConvGeometry {
  const [strideHeight, strideWidth] = stride;
  const [padTop, padLeft] = pad;
  return {
    strideHeight,
    strideWidth,
    padTop,
    padLeft,
    outHeight: Math.floor((x[1] + 2 * padTop - w[0]) / strideHeight) + 1,
    outWidth: Math.floor((x[2] + 2 * padLeft - w[1]) / strideWidth) + 1,
  };
}
