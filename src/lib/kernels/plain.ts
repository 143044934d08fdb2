/**
 * The kernels as loops that one can read: the truth that the fast ones are held to, and what computes where WebAssembly
 * is missing. Sums are taken in double precision and rounded once.
 */
import { type Shape, type Tensor, tensor } from '../tensor.ts';
import type { ConvGeometry, Kernels, Pooled, ProductGradients } from './kernels.ts';
import { channelMoments, channelSums, mapChannels, mapGradients } from './plain-batch-norm.ts';

/**
 * y[oy, ox, o] = b[o] + Σ x[oy·strideHeight − padTop + ky, ox·strideWidth − padLeft + kx, c] · w[ky, kx, c, o], over ky,
 * kx and c. What lies outside of the picture is 0.
 */
function conv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  const [, , channels, out] = w.shape;
  const y = tensor([x.shape[0], geometry.outHeight, geometry.outWidth, out]);
  const sums = new Float64Array(out);
  for (let pixel = 0; pixel * out < y.data.length; pixel++) {
    sums.set(b.data);
    forEachCell(x, w, geometry, pixel, (xAt, cell) => {
      for (let c = 0; c < channels; c++) {
        const value = x.data[xAt + c];
        if (value === 0) continue;
        const wAt = (cell * channels + c) * out;
        for (let o = 0; o < out; o++) sums[o] += value * w.data[wAt + o];
      }
    });
    y.data.set(sums, pixel * out);
  }
  return y;
}

function conv2dBackward(dy: Tensor, x: Tensor, w: Tensor, geometry: ConvGeometry, wantsDx = true): ProductGradients {
  const [, , channels, out] = w.shape;
  const dx = new Float64Array(wantsDx ? x.data.length : 0);
  const dw = new Float64Array(w.data.length);
  const db = new Float64Array(out);
  for (let pixel = 0; pixel * out < dy.data.length; pixel++) {
    const gradients = dy.data.subarray(pixel * out, (pixel + 1) * out);
    for (let o = 0; o < out; o++) db[o] += gradients[o];
    forEachCell(x, w, geometry, pixel, (xAt, cell) => {
      for (let c = 0; c < channels; c++) {
        const value = x.data[xAt + c];
        const wAt = (cell * channels + c) * out;
        let sum = 0;
        for (let o = 0; o < out; o++) {
          if (gradients[o] === 0) continue;
          dw[wAt + o] += value * gradients[o];
          sum += gradients[o] * w.data[wAt + o];
        }
        if (wantsDx) dx[xAt + c] += sum;
      }
    });
  }
  return gradientsOf(dx, wantsDx ? x.shape : [0], dw, w.shape, db);
}

function conv2dBackwardInput(dy: Tensor, w: Tensor, geometry: ConvGeometry, xShape: Shape): Tensor {
  return conv2dBackward(dy, tensor(xShape), w, geometry).dx;
}

/**
 * y[oy, ox, c] = b[c] + Σ x[oy·strideHeight − padTop + ky, ox·strideWidth − padLeft + kx, c] · w[ky, kx, c], over ky and
 * kx.
 */
function depthwiseConv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  const channels = w.shape[2];
  const y = tensor([x.shape[0], geometry.outHeight, geometry.outWidth, channels]);
  const sums = new Float64Array(channels);
  for (let pixel = 0; pixel * channels < y.data.length; pixel++) {
    sums.set(b.data);
    forEachCell(x, w, geometry, pixel, (xAt, cell) => {
      for (let c = 0; c < channels; c++) sums[c] += x.data[xAt + c] * w.data[cell * channels + c];
    });
    y.data.set(sums, pixel * channels);
  }
  return y;
}

function depthwiseConv2dBackward(
  dy: Tensor,
  x: Tensor,
  w: Tensor,
  geometry: ConvGeometry,
  wantsDx = true,
): ProductGradients {
  const channels = w.shape[2];
  const dx = new Float64Array(wantsDx ? x.data.length : 0);
  const dw = new Float64Array(w.data.length);
  const db = new Float64Array(channels);
  for (let pixel = 0; pixel * channels < dy.data.length; pixel++) {
    const gradients = dy.data.subarray(pixel * channels, (pixel + 1) * channels);
    for (let c = 0; c < channels; c++) db[c] += gradients[c];
    forEachCell(x, w, geometry, pixel, (xAt, cell) => {
      for (let c = 0; c < channels; c++) {
        dw[cell * channels + c] += x.data[xAt + c] * gradients[c];
        if (wantsDx) dx[xAt + c] += w.data[cell * channels + c] * gradients[c];
      }
    });
  }
  return gradientsOf(dx, wantsDx ? x.shape : [0], dw, w.shape, db);
}

/**
 * Visits the cells of the window that lie on the picture, for one output pixel: the place in x of the pixel that the
 * cell meets, and the cell's number, row by row. `pixel` counts the output pixels of the whole batch.
 */
function forEachCell(
  x: Tensor,
  w: Tensor,
  { strideHeight, strideWidth, padTop, padLeft, outHeight, outWidth }: ConvGeometry,
  pixel: number,
  visit: (xAt: number, cell: number) => void,
): void {
  const [, height, width, channels] = x.shape;
  const [kernelHeight, kernelWidth] = w.shape;
  const example = Math.floor(pixel / (outHeight * outWidth));
  const top = (Math.floor(pixel / outWidth) % outHeight) * strideHeight - padTop;
  const left = (pixel % outWidth) * strideWidth - padLeft;
  for (let ky = 0; ky < kernelHeight; ky++) {
    const row = top + ky;
    if (row < 0 || row >= height) continue;
    for (let kx = 0; kx < kernelWidth; kx++) {
      const column = left + kx;
      if (column < 0 || column >= width) continue;
      visit(((example * height + row) * width + column) * channels, ky * kernelWidth + kx);
    }
  }
}

/** y[o] = b[o] + Σ x[i] · w[i, o], over i. */
function dense(x: Tensor, w: Tensor, b: Tensor): Tensor {
  const [inputs, outputs] = w.shape;
  const y = tensor([x.shape[0], outputs]);
  const sums = new Float64Array(outputs);
  for (let n = 0; n < x.shape[0]; n++) {
    sums.set(b.data);
    for (let i = 0; i < inputs; i++) {
      const value = x.data[n * inputs + i];
      if (value === 0) continue;
      for (let o = 0; o < outputs; o++) sums[o] += value * w.data[i * outputs + o];
    }
    y.data.set(sums, n * outputs);
  }
  return y;
}

/** dx = dy · wᵀ, dw = xᵀ · dy, db = the sum of dy over the batch. */
function denseBackward(dy: Tensor, x: Tensor, w: Tensor, wantsDx = true): ProductGradients {
  const [inputs, outputs] = w.shape;
  const dx = new Float64Array(wantsDx ? x.data.length : 0);
  const dw = new Float64Array(w.data.length);
  const db = new Float64Array(outputs);
  for (let n = 0; n < x.shape[0]; n++) {
    const gradients = dy.data.subarray(n * outputs, (n + 1) * outputs);
    for (let o = 0; o < outputs; o++) db[o] += gradients[o];
    for (let i = 0; i < inputs; i++) {
      const value = x.data[n * inputs + i];
      if (value !== 0) for (let o = 0; o < outputs; o++) dw[i * outputs + o] += value * gradients[o];
      if (!wantsDx) continue;
      for (let o = 0; o < outputs; o++) {
        if (gradients[o] !== 0) dx[n * inputs + i] += gradients[o] * w.data[i * outputs + o];
      }
    }
  }
  return gradientsOf(dx, wantsDx ? x.shape : [0], dw, w.shape, db);
}

function gradientsOf(
  dx: Float64Array,
  xShape: readonly number[],
  dw: Float64Array,
  wShape: readonly number[],
  db: Float64Array,
): ProductGradients {
  return {
    dx: tensor(xShape, Float32Array.from(dx)),
    dw: tensor(wShape, Float32Array.from(dw)),
    db: tensor([db.length], Float32Array.from(db)),
  };
}

function sum(a: Tensor, b: Tensor): Tensor {
  const y = tensor(a.shape);
  for (let i = 0; i < y.data.length; i++) y.data[i] = a.data[i] + b.data[i];
  return y;
}

/** What is not a number stays so. */
function relu(x: Tensor): Tensor {
  return { shape: x.shape, data: x.data.map((value) => (value < 0 ? 0 : value)) };
}

function reluBackward(dy: Tensor, y: Tensor): Tensor {
  return { shape: dy.shape, data: dy.data.map((gradient, i) => (y.data[i] > 0 ? gradient : 0)) };
}

/** Of equal ones the first wins, in reading order; what is not a number wins. */
function maxPool2d(x: Tensor, poolHeight: number, poolWidth: number): Pooled {
  const [n, height, width, channels] = x.shape;
  const outHeight = Math.floor(height / poolHeight);
  const outWidth = Math.floor(width / poolWidth);
  const y = tensor([n, outHeight, outWidth, channels]);
  const winners = new Int32Array(y.data.length);
  for (let tile = 0, to = 0; tile < n * outHeight * outWidth; tile++) {
    const row = Math.floor(tile / outWidth);
    const top = Math.floor(row / outHeight) * height + (row % outHeight) * poolHeight;
    const corner = (top * width + (tile % outWidth) * poolWidth) * channels;
    for (let c = 0; c < channels; c++, to++) {
      let winner = corner + c;
      for (let py = 0; py < poolHeight; py++) {
        for (let px = 0; px < poolWidth; px++) {
          const from = corner + (py * width + px) * channels + c;
          if (x.data[from] > x.data[winner] || Number.isNaN(x.data[from])) winner = from;
        }
      }
      winners[to] = winner;
      y.data[to] = x.data[winner];
    }
  }
  return { y, winners };
}

export const plainKernels: Kernels = {
  name: 'TypeScript',
  conv2d,
  conv2dBackward,
  conv2dBackwardInput,
  depthwiseConv2d,
  depthwiseConv2dBackward,
  dense,
  denseBackward,
  channelMoments,
  mapChannels,
  channelSums,
  mapGradients,
  sum,
  relu,
  reluBackward,
  maxPool2d,
  freeze() {},
};
