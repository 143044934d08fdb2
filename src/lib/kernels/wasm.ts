/**
 * The kernels in WebAssembly: the same interface as `plain.ts` over the module that `scripts/kernels.mjs` builds from
 * `assembly/`. Tensors are copied into the module's memory and results out of it; frozen weights stay inside.
 */
import { type Tensor, tensor } from '../tensor.ts';
import type { Kernels, Pooled } from './kernels.ts';
import { channelMoments, channelSums, mapChannels, mapGradients } from './wasm-batch-norm.ts';
import { conv2d, conv2dBackward } from './wasm-conv2d.ts';
import { backwardInput } from './wasm-conv2d-blocks.ts';
import { dense, denseBackward } from './wasm-dense.ts';
import { depthwiseConv2d, depthwiseConv2dBackward } from './wasm-depthwise-conv2d.ts';
import { type Module, PIECE, Workspace } from './workspace.ts';

/**
 * Kernels from the bytes of a build of the module.
 * @throws WebAssembly.CompileError where the platform lacks what the build needs
 */
export async function loadWasmKernels(bytes: BufferSource): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(bytes);
  return kernelsOf(instance.exports as unknown as Module);
}

/** Kernels over an instance of the module. */
export function kernelsOf(module: Module): Kernels {
  const work = new Workspace(module);
  return {
    name: module.relaxed.value ? 'wasm relaxed SIMD' : 'wasm SIMD',
    conv2d: (x, w, b, geometry) => work.run(() => conv2d(work, x, w, b, geometry)),
    conv2dBackward: (dy, x, w, geometry, wantsDx = true) =>
      work.run(() => conv2dBackward(work, dy, x, w, geometry, wantsDx)),
    conv2dBackwardInput: (dy, w, geometry, xShape) => work.run(() => backwardInput(work, dy, w, geometry, xShape)),
    depthwiseConv2d: (x, w, b, geometry) => work.run(() => depthwiseConv2d(work, x, w, b, geometry)),
    depthwiseConv2dBackward: (dy, x, w, geometry, wantsDx = true) =>
      work.run(() => depthwiseConv2dBackward(work, dy, x, w, geometry, wantsDx)),
    dense: (x, w, b) => work.run(() => dense(work, x, w, b)),
    denseBackward: (dy, x, w, wantsDx = true) => work.run(() => denseBackward(work, dy, x, w, wantsDx)),
    channelMoments: (x) => work.run(() => channelMoments(work, x)),
    mapChannels: (x, lines) => work.run(() => mapChannels(work, x, lines)),
    channelSums: (dy, x, centres) => work.run(() => channelSums(work, dy, x, centres)),
    mapGradients: (dy, x, lines, shares) => work.run(() => mapGradients(work, dy, x, lines, shares)),
    sum: (a, b) => work.run(() => sum(work, a, b)),
    relu: (x) => work.run(() => relu(work, x)),
    reluBackward: (dy, y) => work.run(() => reluBackward(work, dy, y)),
    maxPool2d: (x, poolHeight, poolWidth) => work.run(() => maxPool2d(work, x, poolHeight, poolWidth)),
    freeze: (weights) => work.freeze(weights),
  };
}

function sum(work: Workspace, a: Tensor, b: Tensor): Tensor {
  const y = tensor(a.shape);
  const at = work.take(PIECE);
  const bAt = work.take(PIECE);
  for (let from = 0; from < a.data.length; from += PIECE) {
    const piece = a.data.subarray(from, from + PIECE);
    const room = work.floats(at, piece.length);
    room.set(piece);
    work.floats(bAt, piece.length).set(b.data.subarray(from, from + PIECE));
    work.module.sum(at, bAt, piece.length);
    y.data.set(room, from);
  }
  return y;
}

function relu(work: Workspace, x: Tensor): Tensor {
  const y = tensor(x.shape);
  const at = work.take(PIECE);
  for (let from = 0; from < x.data.length; from += PIECE) {
    const piece = x.data.subarray(from, from + PIECE);
    const room = work.floats(at, piece.length);
    room.set(piece);
    work.module.relu(at, piece.length);
    y.data.set(room, from);
  }
  return y;
}

function reluBackward(work: Workspace, dy: Tensor, y: Tensor): Tensor {
  const dx = tensor(dy.shape);
  const at = work.take(PIECE);
  const yAt = work.take(PIECE);
  for (let from = 0; from < dy.data.length; from += PIECE) {
    const piece = dy.data.subarray(from, from + PIECE);
    const room = work.floats(at, piece.length);
    room.set(piece);
    work.floats(yAt, piece.length).set(y.data.subarray(from, from + PIECE));
    work.module.reluBackward(at, yAt, piece.length);
    dx.data.set(room, from);
  }
  return dx;
}

function maxPool2d(work: Workspace, x: Tensor, poolHeight: number, poolWidth: number): Pooled {
  const [n, height, width, channels] = x.shape;
  const outHeight = Math.floor(height / poolHeight);
  const outWidth = Math.floor(width / poolWidth);
  const y = tensor([n, outHeight, outWidth, channels]);
  const winners = new Int32Array(y.data.length);
  const xSize = height * width * channels;
  const ySize = outHeight * outWidth * channels;
  const xAt = work.take(xSize);
  const yAt = work.take(ySize);
  const winnersAt = work.take(ySize);
  const lengths = [width, channels, poolHeight, poolWidth, outHeight, outWidth];
  for (let example = 0; example < n; example++) {
    work.floats(xAt, xSize).set(x.data.subarray(example * xSize, (example + 1) * xSize));
    work.module.maxPool2d(xAt, yAt, winnersAt, example * xSize, ...lengths);
    y.data.set(work.floats(yAt, ySize), example * ySize);
    winners.set(work.integers(winnersAt, ySize), example * ySize);
  }
  return { y, winners };
}
