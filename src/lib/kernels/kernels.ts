/**
 * The few hot loops: convolutions and dense as sums of products, batch normalisation, ReLU, sums and max pooling, forward
 * and backward. Two implementations keep this one interface: `plain.ts`, loops that one can read, and `wasm.ts`, AssemblyScript with SIMD.
 * They agree to 1e-5 relative.
 *
 * Products with a number that is exactly 0 may be left out: ReLU, pooling and dropout make so many zeros of the data and
 * of its gradients that this can save most of the work. So 0 times an infinite or undefined weight may count as 0. What
 * is not finite in the data makes the outputs that read it, and no others, infinite or NaN.
 */
import type { Shape, Tensor } from '../tensor.ts';

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

export interface Pooled {
  readonly y: Tensor;
  /** For each number of y, its place in the data of x: the first of the largest in its tile. */
  readonly winners: Int32Array;
}

/** Of each channel, a tensor [channels]. */
export interface ChannelMoments {
  readonly mean: Tensor;
  /** The biased one, Σ (x − mean)² / n. */
  readonly variance: Tensor;
}

/** A straight line for each channel: slope · (x − centre) + shift. Near its centre single precision loses nothing. */
export interface ChannelLines {
  readonly centres: Float32Array;
  readonly slopes: Float64Array;
  readonly shifts: Float32Array | Float64Array;
}

/** Sums over all places of each channel. */
export interface ChannelSums {
  /** Σ dy */
  readonly sums: Float64Array;
  /** Σ dy · (x − centre) */
  readonly products: Float64Array;
}

export interface Kernels {
  /** What computes, for the reader: "TypeScript", "wasm SIMD", "wasm relaxed SIMD". */
  readonly name: string;

  /** x [n, height, width, in], w [kh, kw, in, out], b [out] → y [n, outHeight, outWidth, out]. */
  conv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor;
  /** Gradients of a loss given dy, its gradient with respect to y. wantsDx: false where nobody reads dx; default true. */
  conv2dBackward(dy: Tensor, x: Tensor, w: Tensor, geometry: ConvGeometry, wantsDx?: boolean): ProductGradients;

  /** Its dx alone, of this shape: what a transposed convolution computes. */
  conv2dBackwardInput(dy: Tensor, w: Tensor, geometry: ConvGeometry, xShape: Shape): Tensor;

  /** Each channel by itself: x [n, height, width, channels], w [kh, kw, channels], b [channels] → y of as many channels. */
  depthwiseConv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor;
  depthwiseConv2dBackward(
    dy: Tensor,
    x: Tensor,
    w: Tensor,
    geometry: ConvGeometry,
    wantsDx?: boolean,
  ): ProductGradients;

  /** x [n, in], w [in, out], b [out] → y [n, out]. */
  dense(x: Tensor, w: Tensor, b: Tensor): Tensor;
  denseBackward(dy: Tensor, x: Tensor, w: Tensor, wantsDx?: boolean): ProductGradients;

  /** Mean and variance of each channel of x [..., channels]. */
  channelMoments(x: Tensor): ChannelMoments;
  /** Each channel of x [..., channels] along its line. */
  mapChannels(x: Tensor, lines: ChannelLines): Tensor;
  /** Of a gradient dy and the data x that belongs to it, both [..., channels]. */
  channelSums(dy: Tensor, x: Tensor, centres: Float32Array): ChannelSums;
  /** dx = slope · dy + share · (x − centre) + shift, with the numbers of each channel; all [..., channels]. */
  mapGradients(dy: Tensor, x: Tensor, lines: ChannelLines, shares: Float64Array): Tensor;

  /** a + b, cell by cell: two of one shape. */
  sum(a: Tensor, b: Tensor): Tensor;

  /** max(0, x), cell by cell. */
  relu(x: Tensor): Tensor;
  /** Given y = relu(x): dy where y > 0, 0 elsewhere. */
  reluBackward(dy: Tensor, y: Tensor): Tensor;

  /** x [n, height, width, channels] → the largest of each tile, [n, ⌊height / poolHeight⌋, ⌊width / poolWidth⌋, channels]. */
  maxPool2d(x: Tensor, poolHeight: number, poolWidth: number): Pooled;

  /**
   * Promises that the data of these weights will not change any more, so that the kernels may keep a copy in the layout
   * that suits them, for as long as the tensor's data lives. A network frozen for inference calls it once; a network in
   * training never does.
   */
  freeze(weights: readonly Tensor[]): void;
}
