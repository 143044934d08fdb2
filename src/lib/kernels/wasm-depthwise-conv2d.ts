/** Depthwise convolution on the wasm module, an example at a time: `assembly/depthwise-conv2d.ts`. */
import { type Tensor, tensor } from '../tensor.ts';
import type { ConvGeometry, ProductGradients } from './kernels.ts';
import { copyRows, type Reach, reachOf } from './reach.ts';
import type { Workspace } from './workspace.ts';

export function depthwiseConv2d(work: Workspace, x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  const [n, , , channels] = x.shape;
  const [kernelHeight, kernelWidth] = w.shape;
  const { outHeight, outWidth, strideHeight, strideWidth } = geometry;
  const y = tensor([n, outHeight, outWidth, channels]);
  const ySize = outHeight * outWidth * channels;
  const reach = reachOf(w.shape, geometry);
  const wAt = work.plain(w);
  const bAt = work.copyIn(b.data);
  const xAt = work.zeros(reach.height * reach.width * channels);
  const yAt = work.take(ySize);
  const xs = work.floats(xAt, reach.height * reach.width * channels);
  const ys = work.floats(yAt, ySize);
  for (let example = 0; example < n; example++) {
    copyRows(x, example, reach, geometry, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    // biome-ignore format: addresses, then lengths
    work.module.depthwiseConv2d(
      xAt, wAt, bAt, yAt,
      reach.width, channels, kernelHeight, kernelWidth, outHeight, outWidth, strideHeight, strideWidth,
    );
    y.data.set(ys, example * ySize);
  }
  return y;
}

/**
 * The gradient of the input is a depthwise convolution too: of dy, its pixels set a stride apart, with the window turned
 * around.
 */
export function depthwiseConv2dBackward(
  work: Workspace,
  dy: Tensor,
  x: Tensor,
  w: Tensor,
  geometry: ConvGeometry,
  wantsDx: boolean,
): ProductGradients {
  const [n, height, width, channels] = x.shape;
  const [kernelHeight, kernelWidth] = w.shape;
  const { outHeight, outWidth, strideHeight, strideWidth } = geometry;
  const dySize = outHeight * outWidth * channels;
  const xSize = height * width * channels;
  const reach = reachOf(w.shape, geometry);
  const spread = { height: height + kernelHeight - 1, width: width + kernelWidth - 1 };
  const spreadSize = wantsDx ? spread.height * spread.width * channels : 0;
  const gradients = { dx: tensor(wantsDx ? x.shape : [0]), dw: tensor(w.shape), db: tensor([channels]) };
  const turned = wantsDx ? work.copyIn(turnedAround(w)) : 0;
  const noBias = work.zeros(channels);
  const dyAt = work.take(dySize);
  const xAt = work.zeros(reach.height * reach.width * channels);
  const spreadAt = work.zeros(spreadSize);
  const dxAt = work.take(wantsDx ? xSize : 0);
  const dwAt = work.zeros(w.data.length);
  const dbAt = work.zeros(channels);
  const dys = work.floats(dyAt, dySize);
  const xs = work.floats(xAt, reach.height * reach.width * channels);
  const spreads = work.floats(spreadAt, spreadSize);
  for (let example = 0; example < n; example++) {
    dys.set(dy.data.subarray(example * dySize, (example + 1) * dySize));
    copyRows(x, example, reach, geometry, (from, to, length) => xs.set(x.data.subarray(from, from + length), to));
    // biome-ignore format: addresses, then lengths
    work.module.depthwiseConv2dBackwardWeights(
      dyAt, xAt, dwAt, dbAt,
      reach.width, channels, kernelHeight, kernelWidth, outHeight, outWidth, strideHeight, strideWidth,
    );
    if (!wantsDx) continue;
    spreadOut(dys, spreads, spread, w, geometry);
    // biome-ignore format: addresses, then lengths
    work.module.depthwiseConv2d(
      spreadAt, turned, noBias, dxAt,
      spread.width, channels, kernelHeight, kernelWidth, height, width, 1, 1,
    );
    gradients.dx.data.set(work.floats(dxAt, xSize), example * xSize);
  }
  gradients.dw.data.set(work.floats(dwAt, w.data.length));
  gradients.db.data.set(work.floats(dbAt, channels));
  return gradients;
}

/** The window read backwards, from its last row and column: [kh, kw, channels]. */
function turnedAround({ shape: [kernelHeight, kernelWidth, channels], data }: Tensor): Float32Array {
  const turned = new Float32Array(data.length);
  const cells = kernelHeight * kernelWidth;
  for (let cell = 0; cell < cells; cell++) {
    turned.set(data.subarray(cell * channels, (cell + 1) * channels), (cells - 1 - cell) * channels);
  }
  return turned;
}

/** Puts the pixels of dy where the first cell of the turned window meets them; what lies outside meets no input. */
function spreadOut(
  dy: Float32Array,
  to: Float32Array,
  { height, width }: Reach,
  { shape: [kernelHeight, kernelWidth, channels] }: Tensor,
  { outHeight, outWidth, strideHeight, strideWidth, padTop, padLeft }: ConvGeometry,
): void {
  for (let oy = 0; oy < outHeight; oy++) {
    const row = oy * strideHeight + kernelHeight - 1 - padTop;
    if (row < 0 || row >= height) continue;
    const left = kernelWidth - 1 - padLeft;
    const first = Math.max(0, Math.ceil(-left / strideWidth));
    const end = Math.min(outWidth, Math.ceil((width - left) / strideWidth));
    const run = strideWidth === 1 ? end - first : 1;
    for (let ox = first; ox < end; ox += run) {
      const from = (oy * outWidth + ox) * channels;
      to.set(dy.subarray(from, from + run * channels), (row * width + left + ox * strideWidth) * channels);
    }
  }
}
