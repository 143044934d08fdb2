/**
 * The few hot loops: convolution and dense as matrix products, forward and backward. Two implementations keep this one
 * interface: `plain.ts`, loops that one can read, and `wasm.ts`, AssemblyScript with SIMD. They agree to 1e-5 relative.
 *
 * Both leave out the products whose data factor is exactly 0: the input x in `conv2d`, `dense` and the weights' gradient
 * of `denseBackward`, the gradient dy elsewhere. ReLU, pooling and dropout make so many zeros that this saves half of
 * the work. It changes a result in one case alone: 0 times an infinite or undefined weight counts as 0, not as NaN.
 * Infinite and undefined data go through as IEEE 754 says.
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

/** The gradients of a loss with respect to a product's input, weights and bias. */
export interface ProductGradients {
  /** An empty tensor where it was not wanted. */
  readonly dx: Tensor;
  readonly dw: Tensor;
  readonly db: Tensor;
}

export interface Kernels {
  /** What computes, for the reader: "TypeScript", "wasm SIMD", "wasm relaxed SIMD". */
  readonly name: string;

  /** x [n, height, width, in], w [kh, kw, in, out], b [out] → y [n, outHeight, outWidth, out]. */
  conv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor;
  /** Gradients of a loss given dy, its gradient with respect to y. wantsDx: false where nobody reads dx; default true. */
  conv2dBackward(dy: Tensor, x: Tensor, w: Tensor, geometry: ConvGeometry, wantsDx?: boolean): ProductGradients;

  /** x [n, in], w [in, out], b [out] → y [n, out]. */
  dense(x: Tensor, w: Tensor, b: Tensor): Tensor;
  denseBackward(dy: Tensor, x: Tensor, w: Tensor, wantsDx?: boolean): ProductGradients;

  /**
   * Promises that the data of these weights will not change any more, so that the kernels may keep a copy in the layout
   * that suits them, for as long as the tensor's data lives. A network frozen for inference calls it once; a network in
   * training never does.
   */
  freeze(weights: readonly Tensor[]): void;
}
