/**
 * The few hot loops: convolution and dense as matrix products, forward and backward. Two implementations keep this one
 * interface: `plain.ts`, loops that one can read, and `wasm.ts`, AssemblyScript with SIMD. They agree to 1e-5 relative.
 */
import type { Tensor } from '../tensor.ts';

/** Where the kernel of a convolution looks. Padding is in cells of zeros before and after the picture. */
export interface ConvGeometry {
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

export interface Kernels {
  /** What computes, for the reader: "TypeScript", "wasm SIMD", "wasm relaxed SIMD". */
  readonly name: string;

  /** x [n, height, width, in], w [kh, kw, in, out], b [out] → y [n, outHeight, outWidth, out]. */
  conv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor;
  /** Gradients of a loss with respect to x, w and b, given dy, its gradient with respect to y. */
  conv2dBackward(dy: Tensor, x: Tensor, w: Tensor, geometry: ConvGeometry): { dx: Tensor; dw: Tensor; db: Tensor };

  /** x [n, in], w [in, out], b [out] → y [n, out]. */
  dense(x: Tensor, w: Tensor, b: Tensor): Tensor;
  denseBackward(dy: Tensor, x: Tensor, w: Tensor): { dx: Tensor; dw: Tensor; db: Tensor };

  /**
   * Promises that the data of these weights will not change any more, so that the kernels may keep a copy in the layout
   * that suits them. A network frozen for inference calls it once; a network in training never does.
   */
  freeze(weights: readonly Tensor[]): void;
}
