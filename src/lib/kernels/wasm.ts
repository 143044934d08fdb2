/**
 * The kernels in WebAssembly: the same interface as `plain.ts` over the module that `scripts/kernels.mjs` builds from
 * `assembly/`. Tensors are copied into the module's memory and results out of it; frozen weights stay inside.
 */
import { type Tensor, tensor } from '../tensor.ts';
import type { Kernels, Pooled } from './kernels.ts';
import { conv2d, conv2dBackward } from './wasm-conv2d.ts';
import { dense, denseBackward } from './wasm-dense.ts';
import { type Module, Workspace } from './workspace.ts';

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
    dense: (x, w, b) => work.run(() => dense(work, x, w, b)),
    denseBackward: (dy, x, w, wantsDx = true) => work.run(() => denseBackward(work, dy, x, w, wantsDx)),
    relu: (x) => work.run(() => relu(work, x)),
    reluBackward: (dy, y) => work.run(() => reluBackward(work, dy, y)),
    maxPool2d: (x, poolHeight, poolWidth) => work.run(() => maxPool2d(work, x, poolHeight, poolWidth)),
    freeze: (weights) => work.freeze(weights),
  };
}

function relu(work: Workspace, x: Tensor): Tensor {
  const { length } = x.data;
  const at = work.copyIn(x.data);
  work.module.relu(at, length);
  return { shape: x.shape, data: work.floats(at, length).slice() };
}

function reluBackward(work: Workspace, dy: Tensor, y: Tensor): Tensor {
  const { length } = dy.data;
  const yAt = work.copyIn(y.data);
  const at = work.copyIn(dy.data);
  work.module.reluBackward(at, yAt, length);
  return { shape: dy.shape, data: work.floats(at, length).slice() };
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
