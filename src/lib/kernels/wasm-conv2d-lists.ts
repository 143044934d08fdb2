/** Convolution of data with many zeros on the wasm module, from lists of what is not 0: `assembly/conv2d.ts`. */
import { type Tensor, tensor } from '../tensor.ts';
import type { ConvGeometry, ProductGradients } from './kernels.ts';
import { copyRows, reachOf } from './reach.ts';
import type { Workspace } from './workspace.ts';

/** Columns of packed weights that lie side by side, as in `assembly/conv2d.ts`. */
const PANEL = 32;
/** Numbers of 4 bytes in an entry of a list, as in `assembly/rows.ts`. */
const ENTRY = 2;

export function conv2d(work: Workspace, x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  const [n, height, width, channels] = x.shape;
  const [kernelHeight, kernelWidth, , out] = w.shape;
  const { strideHeight, strideWidth, padTop, padLeft, outHeight, outWidth } = geometry;
  const y = tensor([n, outHeight, outWidth, out]);
  const xSize = height * width * channels;
  const ySize = outHeight * outWidth * out;
  const rows = kernelHeight * kernelWidth * channels;
  const panels = work.laidOut(w, 'panels', rows * Math.ceil(out / PANEL) * PANEL, (from, to) =>
    work.module.packPanels(from, rows, out, to),
  );
  const bAt = work.copyIn(b.data);
  const xAt = work.take(xSize);
  const yAt = work.take(ySize);
  const list = work.take(ENTRY * xSize);
  const starts = work.take(height * width + 1);
  const xs = work.floats(xAt, xSize);
  const ys = work.floats(yAt, ySize);
  for (let example = 0; example < n; example++) {
    xs.set(x.data.subarray(example * xSize, (example + 1) * xSize));
    // biome-ignore format: addresses, then lengths
    work.module.conv2d(
      xAt, panels, bAt, yAt, list, starts,
      height, width, channels, kernelHeight, kernelWidth, out,
      outHeight, outWidth, strideHeight, strideWidth, padTop, padLeft,
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
  const [n, , , channels] = x.shape;
  const [kernelHeight, kernelWidth, , out] = w.shape;
  const { strideHeight, strideWidth, outHeight, outWidth } = geometry;
  const reach = reachOf(w.shape, geometry);
  const reachSize = reach.height * reach.width * channels;
  const dySize = outHeight * outWidth * out;
  // biome-ignore format: what both functions take after the addresses
  const lengths = [
    reach.width, channels, kernelHeight, kernelWidth, out, outHeight, outWidth, strideHeight, strideWidth,
  ];
  const gradients = { dx: tensor(wantsDx ? x.shape : [0]), dw: tensor(w.shape), db: tensor([out]) };
  const rows = wantsDx ? rowsByOutput(work, w) : 0;
  const dyAt = work.take(dySize);
  const xAt = work.zeros(reachSize);
  const dxAt = work.take(reachSize);
  const dwAt = work.zeros(w.data.length);
  const dbAt = work.zeros(out);
  const list = work.take(ENTRY * dySize);
  const starts = work.take(outHeight * outWidth + 1);
  const dwTurned = work.take(w.data.length);
  const dys = work.floats(dyAt, dySize);
  const xs = work.floats(xAt, reachSize);
  const dxs = work.floats(dxAt, reachSize);
  for (let example = 0; example < n; example++) {
    dys.set(dy.data.subarray(example * dySize, (example + 1) * dySize));
    copyRows(x, example, reach, geometry, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    work.module.conv2dBackwardWeights(dyAt, xAt, dwAt, dbAt, list, ...lengths);
    if (!wantsDx) continue;
    dxs.fill(0);
    work.module.conv2dBackwardInput(dyAt, rows, dxAt, list, starts, ...lengths);
    copyRows(x, example, reach, geometry, (from, to, length) =>
      gradients.dx.data.set(dxs.subarray(to, to + length), from),
    );
  }
  work.module.transpose(dwAt, out, kernelHeight * kernelWidth * channels, dwTurned);
  gradients.dw.data.set(work.floats(dwTurned, w.data.length));
  gradients.db.data.set(work.floats(dbAt, out));
  return gradients;
}

/** w [kh, kw, in, out] as [kh, out, kw · in]. */
function rowsByOutput(work: Workspace, w: Tensor): number {
  const [kernelHeight, kernelWidth, channels, out] = w.shape;
  const segment = kernelWidth * channels;
  return work.laidOut(w, 'by output', w.data.length, (from, to) => {
    for (let ky = 0; ky < kernelHeight; ky++) {
      const offset = 4 * ky * segment * out;
      work.module.transpose(from + offset, segment, out, to + offset);
    }
  });
}
