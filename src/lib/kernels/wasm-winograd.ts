/** Convolution with windows of 3 × 3 cells in tiles on the wasm module: `assembly/winograd.ts`. */
import { type Shape, type Tensor, tensor } from '../tensor.ts';
import type { ConvGeometry, ProductGradients } from './kernels.ts';
import { copyRows, type Reach } from './reach.ts';
import { turnedAround } from './turned.ts';
import type { Workspace } from './workspace.ts';

/** The part of a geometry that is left at stride 1. */
type Placement = Pick<ConvGeometry, 'padTop' | 'padLeft' | 'outHeight' | 'outWidth'>;

/** Windows of 3 × 3 cells at stride 1 take fewer products as tiles, if channels and outputs fill the registers. */
export function suitsWinograd([kernelHeight, kernelWidth, channels, out]: Shape, geometry: ConvGeometry): boolean {
  const { strideHeight, strideWidth } = geometry;
  const fits = kernelHeight === 3 && kernelWidth === 3 && strideHeight === 1 && strideWidth === 1;
  return fits && channels % 4 === 0 && out % 8 === 0;
}

/** Whether the gradient of the input suits: a convolution from outputs to channels. */
export function suitsWinogradBackward(
  [kernelHeight, kernelWidth, channels, out]: Shape,
  geometry: ConvGeometry,
): boolean {
  const { padTop, padLeft } = geometry;
  return padTop <= 2 && padLeft <= 2 && suitsWinograd([kernelHeight, kernelWidth, out, channels], geometry);
}

export function winograd(work: Workspace, x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  const [, , channels, out] = w.shape;
  const weights = work.laidOut(w, 'winograd', 16 * channels * out, (from, to) =>
    work.module.winogradWeights(from, channels, out, to),
  );
  return inTiles(work, x, weights, work.copyIn(b.data), out, geometry);
}

/** The gradient with respect to the input: a convolution of dy with the window turned around. */
export function winogradBackwardInput(
  work: Workspace,
  dy: Tensor,
  w: Tensor,
  geometry: ConvGeometry,
  xShape: Shape,
): Tensor {
  const [, , channels, out] = w.shape;
  const [, outHeight, outWidth] = xShape;
  const weights = work.laidOut(w, 'winograd, turned', 16 * channels * out, (from, to) =>
    work.module.winogradWeights(turnedAround(work, from, w.shape), out, channels, to),
  );
  const placement = { padTop: 2 - geometry.padTop, padLeft: 2 - geometry.padLeft, outHeight, outWidth };
  return inTiles(work, dy, weights, work.zeros(channels), channels, placement);
}

/** The gradients with respect to weights and bias. */
export function winogradBackwardWeights(
  work: Workspace,
  dy: Tensor,
  x: Tensor,
  wShape: Shape,
  geometry: Placement,
): Pick<ProductGradients, 'dw' | 'db'> {
  const [, , channels, out] = wShape;
  const { outHeight, outWidth } = geometry;
  const tiled = { height: 2 * Math.ceil(outHeight / 2), width: 2 * Math.ceil(outWidth / 2) };
  const reach = reachOfTiles(geometry);
  const xAt = work.zeros(reach.height * reach.width * channels);
  const dyAt = work.zeros(tiled.height * tiled.width * out);
  const sums = work.zeros(16 * channels * out);
  const dwAt = work.take(9 * channels * out);
  const dbAt = work.zeros(out);
  const space = work.take(work.module.winogradBackwardSpace(channels, out) / 4);
  const xs = work.floats(xAt, reach.height * reach.width * channels);
  const dys = work.floats(dyAt, tiled.height * tiled.width * out);
  const corner = { padTop: 0, padLeft: 0 };
  for (let example = 0; example < x.shape[0]; example++) {
    copyRows(x, example, reach, geometry, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    copyRows(dy, example, tiled, corner, (from, to, length) => dys.set(dy.data.subarray(from, from + length), to));
    work.module.winogradBackwardWeights(dyAt, xAt, sums, space, channels, out, outHeight, outWidth);
    work.module.addUp(dyAt, tiled.height * tiled.width, out, dbAt);
  }
  work.module.winogradSumsToWeights(sums, channels, out, dwAt);
  return {
    dw: tensor(wShape, work.floats(dwAt, 9 * channels * out).slice()),
    db: tensor([out], work.floats(dbAt, out).slice()),
  };
}

/** What the tiles reach of a padded picture: a cell around all of them. */
function reachOfTiles({ outHeight, outWidth }: Placement): Reach {
  return { height: 2 * Math.ceil(outHeight / 2) + 2, width: 2 * Math.ceil(outWidth / 2) + 2 };
}

function inTiles(work: Workspace, x: Tensor, weights: number, bias: number, out: number, placement: Placement): Tensor {
  const [n, , , channels] = x.shape;
  const { outHeight, outWidth } = placement;
  const y = tensor([n, outHeight, outWidth, out]);
  const ySize = outHeight * outWidth * out;
  const reach = reachOfTiles(placement);
  const xAt = work.zeros(reach.height * reach.width * channels);
  const yAt = work.take(ySize);
  const space = work.take(work.module.winogradSpace(channels) / 4);
  const xs = work.floats(xAt, reach.height * reach.width * channels);
  const ys = work.floats(yAt, ySize);
  for (let example = 0; example < n; example++) {
    copyRows(x, example, reach, placement, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    work.module.winograd(xAt, weights, bias, yAt, space, channels, out, outHeight, outWidth);
    y.data.set(ys, example * ySize);
  }
  return y;
}
