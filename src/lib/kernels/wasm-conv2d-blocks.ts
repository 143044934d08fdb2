/** Convolution of data that has few zeros on the wasm module, in blocks of sums: `assembly/blocks.ts`. */
import { type Shape, type Tensor, tensor } from '../tensor.ts';
import type { ConvGeometry, ProductGradients } from './kernels.ts';
import { copyRows, reachOf } from './reach.ts';
import { turnedAround } from './turned.ts';
import {
  suitsWinograd,
  suitsWinogradBackward,
  winogradBackwardInput,
  winogradBackwardWeights,
} from './wasm-winograd.ts';
import type { Workspace } from './workspace.ts';

/** Outputs that are computed together, as in `assembly/blocks.ts`. */
const COLUMNS = 8;

export function conv2d(work: Workspace, x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  const [n, , , channels] = x.shape;
  const [kernelHeight, kernelWidth, , out] = w.shape;
  const { strideHeight, strideWidth, outHeight, outWidth } = geometry;
  const y = tensor([n, outHeight, outWidth, out]);
  const ySize = outHeight * outWidth * out;
  const reach = reachOf(w.shape, geometry);
  const reachSize = reach.height * reach.width * channels;
  const row = reach.width * channels;
  const rows = kernelHeight * kernelWidth * channels;
  const weights = work.laidOut(w, 'blocks', rows * filledUp(out), (from, to) =>
    work.module.packBlocks(from, rows, out, to),
  );
  const bAt = work.zeros(filledUp(out));
  work.floats(bAt, out).set(b.data);
  const xAt = work.zeros(reachSize);
  const yAt = work.take(ySize);
  const xs = work.floats(xAt, reachSize);
  const ys = work.floats(yAt, ySize);
  for (let example = 0; example < n; example++) {
    copyRows(x, example, reach, geometry, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    // biome-ignore format: addresses, then lengths
    work.module.blocks(
      xAt, weights, bAt, yAt,
      strideWidth * channels, strideHeight * row, row, kernelHeight, kernelWidth * channels,
      out, outWidth * out, out, outHeight, outWidth,
    );
    y.data.set(ys, example * ySize);
  }
  return y;
}

export function conv2dBackward(
  work: Workspace,
  dy: Tensor,
  x: Tensor,
  w: Tensor,
  geometry: ConvGeometry,
  wantsDx: boolean,
): ProductGradients {
  const weightsInTiles = suitsWinograd(w.shape, geometry);
  const { dw, db } = (weightsInTiles ? winogradBackwardWeights : backwardWeights)(work, dy, x, w.shape, geometry);
  if (!wantsDx) return { dx: tensor([0]), dw, db };
  return { dx: backwardInput(work, dy, w, geometry, x.shape), dw, db };
}

function backwardWeights(work: Workspace, dy: Tensor, x: Tensor, wShape: Shape, geometry: ConvGeometry) {
  const [n, , , channels] = x.shape;
  const [kernelHeight, kernelWidth, , out] = wShape;
  const { strideHeight, strideWidth, outHeight, outWidth } = geometry;
  const dySize = outHeight * outWidth * out;
  const reach = reachOf(wShape, geometry);
  const reachSize = reach.height * reach.width * channels;
  const row = reach.width * channels;
  const segment = kernelWidth * channels;
  const segmentRows = Math.ceil(segment / 4) * 4;
  const columns = filledUp(out);
  const dw = tensor(wShape);
  const db = tensor([out]);
  const xAt = work.zeros(reachSize);
  const dyAt = work.take(dySize + COLUMNS);
  const dwAt = work.zeros(kernelHeight * segmentRows * columns);
  const dbAt = work.zeros(columns);
  const xs = work.floats(xAt, reachSize);
  const dys = work.floats(dyAt, dySize);
  for (let example = 0; example < n; example++) {
    dys.set(dy.data.subarray(example * dySize, (example + 1) * dySize));
    copyRows(x, example, reach, geometry, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    // biome-ignore format: addresses, then lengths
    work.module.blocksBackwardWeights(
      dyAt, xAt, dwAt,
      strideWidth * channels, strideHeight * row, row, kernelHeight, segment, out, outHeight, outWidth,
    );
    work.module.addUp(dyAt, outHeight * outWidth, out, dbAt);
  }
  for (let i = 0; i < kernelHeight * segment; i++) {
    const from = Math.floor(i / segment) * segmentRows + (i % segment);
    dw.data.set(work.floats(dwAt + 4 * from * columns, out), i * out);
  }
  db.data.set(work.floats(dbAt, out));
  return { dw, db };
}

/** The gradient with respect to the input, of this shape. */
export function backwardInput(work: Workspace, dy: Tensor, w: Tensor, geometry: ConvGeometry, xShape: Shape): Tensor {
  const inTiles = suitsWinogradBackward(w.shape, geometry);
  return (inTiles ? winogradBackwardInput : inClasses)(work, dy, w, geometry, xShape);
}

/**
 * At stride 1 the gradient with respect to the input is a convolution of dy with the window turned around. At larger
 * strides the rows of dx fall into as many classes, by which rows of the window they meet, and the columns as well: each
 * class is such a convolution, with a part of the window.
 */
function inClasses(work: Workspace, dy: Tensor, w: Tensor, geometry: ConvGeometry, xShape: Shape): Tensor {
  const [n, height, width, channels] = xShape;
  const [kernelHeight, kernelWidth, , out] = w.shape;
  const { strideHeight, strideWidth, padTop, padLeft } = geometry;
  const xSize = height * width * channels;
  const dx = tensor(xShape);
  const above = Math.ceil(kernelHeight / strideHeight) - 1;
  const before = Math.ceil(kernelWidth / strideWidth) - 1;
  const reach = {
    height: above + Math.floor((height - 1 + padTop) / strideHeight) + 1,
    width: before + Math.floor((width - 1 + padLeft) / strideWidth) + 1,
  };
  const reachSize = reach.height * reach.width * out;
  const row = reach.width * out;
  const noBias = work.zeros(filledUp(channels));
  const dyAt = work.zeros(reachSize);
  const dxAt = work.zeros(xSize);
  const wAt = work.plain(w);
  const parts = classesOf(kernelHeight, strideHeight, padTop, height).flatMap((rows) =>
    classesOf(kernelWidth, strideWidth, padLeft, width).map((columns) => {
      const taken = rows.cells * columns.cells * out;
      const weights = work.take(taken * filledUp(channels));
      work.module.packBlocks(turnedAround(work, wAt, w.shape, rows, columns), taken, channels, weights);
      return { rows, columns, weights };
    }),
  );
  const dys = work.floats(dyAt, reachSize);
  const dxs = work.floats(dxAt, xSize);
  const placement = { padTop: above, padLeft: before };
  for (let example = 0; example < n; example++) {
    copyRows(dy, example, reach, placement, (from, to, length) => dys.set(dy.data.subarray(from, from + length), to));
    for (const { rows, columns, weights } of parts) {
      const top = above - (rows.cells - 1) + rows.from;
      const left = before - (columns.cells - 1) + columns.from;
      // biome-ignore format: addresses, then lengths
      work.module.blocks(
        dyAt + 4 * (top * row + left * out), weights, noBias, dxAt + 4 * (rows.to * width + columns.to) * channels,
        out, row, row, rows.cells, columns.cells * out,
        strideWidth * channels, strideHeight * width * channels, channels, rows.count, columns.count,
      );
    }
    dx.data.set(dxs, example * xSize);
  }
  return dx;
}

/**
 * Along one axis, the classes of inputs that any cell of the window meets: the first cell that they meet, and every which
 * one from there; how many; the first output that the last of these cells carries, the first input and how many there are.
 */
function classesOf(kernel: number, stride: number, pad: number, length: number) {
  const classes = Array.from({ length: Math.min(stride, kernel) }, (_, first) => {
    const from = Math.max(0, Math.ceil((pad - first) / stride));
    const count = Math.floor((length - 1 + pad - first) / stride) - from + 1;
    return { first, stride, cells: Math.ceil((kernel - first) / stride), from, to: from * stride + first - pad, count };
  });
  return classes.filter(({ count }) => count > 0);
}

/** The next multiple of the outputs that are computed together. */
function filledUp(out: number): number {
  return Math.ceil(out / COLUMNS) * COLUMNS;
}
