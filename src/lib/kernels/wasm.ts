/**
 * The kernels in WebAssembly: the same interface as `plain.ts` over the module that `scripts/kernels.mjs` builds from
 * `assembly/`. Tensors are copied into the module's memory and results out of it, an example at a time for convolution;
 * frozen weights stay inside.
 */
import { type Tensor, tensor } from '../tensor.ts';
import type { ConvGeometry, Kernels, ProductGradients } from './kernels.ts';
import { WasmMemory } from './memory.ts';

/** What the module exports (`assembly/index.ts`): functions of addresses and lengths. */
interface Module {
  readonly memory: WebAssembly.Memory;
  readonly relaxed: WebAssembly.Global;
  packPanels(from: number, rows: number, columns: number, to: number): void;
  transpose(from: number, rows: number, columns: number, to: number): void;
  conv2d(...addressesAndLengths: number[]): void;
  conv2dBackwardInput(...addressesAndLengths: number[]): void;
  conv2dBackwardWeights(...addressesAndLengths: number[]): void;
  dense(x: number, w: number, y: number, list: number, n: number, inputs: number, outputs: number): void;
  denseBackwardWeights(
    dy: number,
    x: number,
    dw: number,
    list: number,
    n: number,
    inputs: number,
    outputs: number,
  ): void;
  denseBackwardInput(...addressesAndLengths: number[]): void;
}

/** Columns of packed weights that lie side by side, as in `assembly/conv2d.ts`. */
const PANEL = 32;
/** Weights of a dense layer that are used for the whole batch before the next, as in `assembly/dense.ts`. */
const DENSE_BLOCK = 8192;
/** Numbers of 4 bytes in an entry of a list, as in `assembly/rows.ts`. */
const ENTRY = 2;

/**
 * Kernels from the bytes of a build of the module.
 * @throws WebAssembly.CompileError where the platform lacks what the build needs
 */
export async function loadWasmKernels(bytes: BufferSource): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(bytes);
  return new WasmKernels(instance.exports as unknown as Module);
}

class WasmKernels implements Kernels {
  readonly name: string;
  readonly #module: Module;
  readonly #memory: WasmMemory;
  /** Where frozen weights lie, by their data. */
  readonly #frozen = new WeakMap<Float32Array, number>();
  readonly #forgotten: FinalizationRegistry<number>;
  /** Blocks that the running call has taken. */
  #scratch: number[] = [];

  constructor(module: Module) {
    this.name = module.relaxed.value ? 'wasm relaxed SIMD' : 'wasm SIMD';
    this.#module = module;
    this.#memory = new WasmMemory(module.memory);
    this.#forgotten = new FinalizationRegistry((address) => this.#memory.release(address));
  }

  freeze(weights: readonly Tensor[]): void {
    for (const w of weights) {
      if (w.shape.length < 2 || this.#frozen.has(w.data)) continue;
      const address = w.shape.length === 4 ? this.#panels(w) : this.#copyIn(w.data);
      this.#scratch = this.#scratch.filter((block) => block !== address);
      this.#releaseScratch();
      this.#frozen.set(w.data, address);
      this.#forgotten.register(w.data, address);
    }
  }

  conv2d(x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
    const [n, height, width, channels] = x.shape;
    const [kernelHeight, kernelWidth, , out] = w.shape;
    const { strideHeight, strideWidth, padTop, padLeft, outHeight, outWidth } = geometry;
    const y = tensor([n, outHeight, outWidth, out]);
    const xSize = height * width * channels;
    const ySize = outHeight * outWidth * out;
    try {
      const panels = this.#frozen.get(w.data) ?? this.#panels(w);
      const bAt = this.#copyIn(b.data);
      const xAt = this.#take(xSize);
      const yAt = this.#take(ySize);
      const list = this.#take(ENTRY * xSize);
      const starts = this.#take(height * width + 1);
      const xs = this.#memory.floats(xAt, xSize);
      const ys = this.#memory.floats(yAt, ySize);
      for (let example = 0; example < n; example++) {
        xs.set(x.data.subarray(example * xSize, (example + 1) * xSize));
        // biome-ignore format: addresses, then lengths
        this.#module.conv2d(
          xAt, panels, bAt, yAt, list, starts,
          height, width, channels, kernelHeight, kernelWidth, out,
          outHeight, outWidth, strideHeight, strideWidth, padTop, padLeft,
        );
        y.data.set(ys, example * ySize);
      }
    } finally {
      this.#releaseScratch();
    }
    return y;
  }

  conv2dBackward(dy: Tensor, x: Tensor, w: Tensor, geometry: ConvGeometry, wantsDx = true): ProductGradients {
    const [n, height, width, channels] = x.shape;
    const [kernelHeight, kernelWidth, , out] = w.shape;
    const { strideHeight, strideWidth, outHeight, outWidth } = geometry;
    const segment = kernelWidth * channels;
    // What the kernel reaches, padding included: nothing is cut off there.
    const reach = {
      height: (outHeight - 1) * strideHeight + kernelHeight,
      width: (outWidth - 1) * strideWidth + kernelWidth,
    };
    const reachSize = reach.height * reach.width * channels;
    const dySize = outHeight * outWidth * out;
    // biome-ignore format: one line each
    const lengths = [
      reach.width, channels, kernelHeight, kernelWidth, out, outHeight, outWidth, strideHeight, strideWidth,
    ];
    const gradients = { dx: tensor(wantsDx ? x.shape : [0]), dw: tensor(w.shape), db: tensor([out]) };
    try {
      const dyAt = this.#take(dySize);
      const xAt = this.#zeros(reachSize);
      const dxAt = this.#take(reachSize);
      const dwAt = this.#zeros(w.data.length);
      const dbAt = this.#zeros(out);
      const list = this.#take(ENTRY * dySize);
      const starts = this.#take(outHeight * outWidth + 1);
      const rows = wantsDx ? this.#rowsByOutput(w) : 0;
      const dwTransposed = this.#take(w.data.length);
      const dys = this.#memory.floats(dyAt, dySize);
      const xs = this.#memory.floats(xAt, reachSize);
      const dxs = this.#memory.floats(dxAt, reachSize);
      for (let example = 0; example < n; example++) {
        const from = example * height * width * channels;
        dys.set(dy.data.subarray(example * dySize, (example + 1) * dySize));
        forEachRow(height, width, reach, geometry, (row, reached, count) => {
          const start = from + row * channels;
          xs.set(x.data.subarray(start, start + count * channels), reached * channels);
        });
        this.#module.conv2dBackwardWeights(dyAt, xAt, dwAt, dbAt, list, ...lengths);
        if (!wantsDx) continue;
        dxs.fill(0);
        this.#module.conv2dBackwardInput(dyAt, rows, dxAt, list, starts, ...lengths);
        forEachRow(height, width, reach, geometry, (row, reached, count) => {
          const start = reached * channels;
          gradients.dx.data.set(dxs.subarray(start, start + count * channels), from + row * channels);
        });
      }
      this.#module.transpose(dwAt, out, kernelHeight * segment, dwTransposed);
      gradients.dw.data.set(this.#memory.floats(dwTransposed, w.data.length));
      gradients.db.data.set(this.#memory.floats(dbAt, out));
    } finally {
      this.#releaseScratch();
    }
    return gradients;
  }

  dense(x: Tensor, w: Tensor, b: Tensor): Tensor {
    const n = x.shape[0];
    const [inputs, outputs] = w.shape;
    const y = tensor([n, outputs]);
    for (let example = 0; example < n; example++) y.data.set(b.data, example * outputs);
    try {
      const wAt = this.#frozen.get(w.data) ?? this.#copyIn(w.data);
      const xAt = this.#copyIn(x.data);
      const yAt = this.#copyIn(y.data);
      this.#module.dense(xAt, wAt, yAt, this.#take(ENTRY * DENSE_BLOCK), n, inputs, outputs);
      y.data.set(this.#memory.floats(yAt, y.data.length));
    } finally {
      this.#releaseScratch();
    }
    return y;
  }

  denseBackward(dy: Tensor, x: Tensor, w: Tensor, wantsDx = true): ProductGradients {
    const n = x.shape[0];
    const [inputs, outputs] = w.shape;
    const dw = tensor(w.shape);
    const dx = tensor(wantsDx ? x.shape : [0]);
    const db = new Float64Array(outputs);
    for (let i = 0; i < dy.data.length; i++) db[i % outputs] += dy.data[i];
    try {
      const dyAt = this.#copyIn(dy.data);
      const xAt = this.#copyIn(x.data);
      const dwAt = this.#zeros(dw.data.length);
      const list = this.#take(ENTRY * Math.max(n, dy.data.length));
      this.#module.denseBackwardWeights(dyAt, xAt, dwAt, list, n, inputs, outputs);
      dw.data.set(this.#memory.floats(dwAt, dw.data.length));
      if (wantsDx) {
        const wAt = this.#frozen.get(w.data) ?? this.#copyIn(w.data);
        const dxAt = this.#zeros(dx.data.length);
        const ends = this.#take(n);
        const block = this.#take(32 * outputs);
        this.#module.denseBackwardInput(dyAt, wAt, dxAt, list, ends, block, n, inputs, outputs);
        dx.data.set(this.#memory.floats(dxAt, dx.data.length));
      }
    } finally {
      this.#releaseScratch();
    }
    return { dx, dw, db: tensor([outputs], Float32Array.from(db)) };
  }

  /** w [kh, kw, in, out] as panels of 32 output channels. */
  #panels(w: Tensor): number {
    const out = w.shape[3];
    const rows = w.data.length / out;
    const panels = this.#take(rows * Math.ceil(out / PANEL) * PANEL);
    this.#module.packPanels(this.#copyIn(w.data), rows, out, panels);
    return panels;
  }

  /** w [kh, kw, in, out] as [kh, out, kw · in]. */
  #rowsByOutput(w: Tensor): number {
    const [kernelHeight, kernelWidth, channels, out] = w.shape;
    const wAt = this.#copyIn(w.data);
    const rows = this.#take(w.data.length);
    const size = kernelWidth * channels * out;
    for (let ky = 0; ky < kernelHeight; ky++) {
      this.#module.transpose(wAt + 4 * ky * size, kernelWidth * channels, out, rows + 4 * ky * size);
    }
    return rows;
  }

  #take(numbers: number): number {
    const address = this.#memory.take(numbers);
    this.#scratch.push(address);
    return address;
  }

  #zeros(numbers: number): number {
    const address = this.#take(numbers);
    this.#memory.floats(address, numbers).fill(0);
    return address;
  }

  #copyIn(numbers: Float32Array): number {
    const address = this.#take(numbers.length);
    this.#memory.floats(address, numbers.length).set(numbers);
    return address;
  }

  #releaseScratch(): void {
    for (const address of this.#scratch) this.#memory.release(address);
    this.#scratch = [];
  }
}

/**
 * Visits the rows of a picture that the kernel reaches: the pixel of the picture where the row starts, the pixel of the
 * padded picture where it lies, and how many pixels there are.
 */
function forEachRow(
  height: number,
  width: number,
  reach: { readonly height: number; readonly width: number },
  { padTop, padLeft }: ConvGeometry,
  visit: (pixel: number, reached: number, count: number) => void,
): void {
  const count = Math.min(width, reach.width - padLeft);
  if (count <= 0) return;
  for (let row = 0; row < Math.min(height, reach.height - padTop); row++) {
    visit(row * width, (row + padTop) * reach.width + padLeft, count);
  }
}
