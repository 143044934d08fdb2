/** A wasm module at work: what it exports, its memory, and the layouts in which it keeps frozen weights. */
import type { Tensor } from '../tensor.ts';
import { Scratch, WasmMemory } from './memory.ts';

/** A function of addresses and lengths: see the files of the same names in `assembly/`. */
type Call = (...addressesAndLengths: number[]) => void;

/** What the module exports: `assembly/index.ts`. */
export interface Module {
  readonly memory: WebAssembly.Memory;
  readonly relaxed: WebAssembly.Global;
  readonly packPanels: Call;
  readonly transpose: Call;
  readonly packBlocks: Call;
  readonly blocks: Call;
  readonly blocksBackwardWeights: Call;
  readonly addUp: Call;
  readonly conv2d: Call;
  readonly conv2dBackwardInput: Call;
  readonly conv2dBackwardWeights: Call;
  readonly depthwiseConv2d: Call;
  readonly depthwiseConv2dBackwardWeights: Call;
  readonly winograd: Call;
  readonly winogradWeights: Call;
  readonly winogradSpace: (channels: number) => number;
  readonly winogradBackwardWeights: Call;
  readonly winogradBackwardSpace: (channels: number, out: number) => number;
  readonly winogradSumsToWeights: Call;
  readonly dense: Call;
  readonly denseBackwardWeights: Call;
  readonly denseBackwardInput: Call;
  readonly addMoments: Call;
  readonly mapChannels: Call;
  readonly addGradients: Call;
  readonly mapGradients: Call;
  readonly sum: Call;
  readonly relu: Call;
  readonly reluBackward: Call;
  readonly maxPool2d: Call;
}

/** Numbers that go through the module's memory at a time where there is no more to them: what stays in the second cache. */
export const PIECE = 32768;

export class Workspace {
  readonly module: Module;
  readonly #memory: WasmMemory;
  readonly #scratch: Scratch;
  /** For the data of frozen weights, the addresses of their layouts by name. */
  readonly #frozen = new WeakMap<Float32Array, Map<string, number>>();
  readonly #forgotten: FinalizationRegistry<Map<string, number>>;

  constructor(module: Module) {
    this.module = module;
    this.#memory = new WasmMemory(module.memory);
    this.#scratch = new Scratch(this.#memory);
    this.#forgotten = new FinalizationRegistry((layouts) => {
      for (const address of layouts.values()) this.#memory.release(address);
    });
  }

  /** Runs a kernel's call; what it takes is given up at its end. */
  run<Result>(call: () => Result): Result {
    try {
      return call();
    } finally {
      this.#scratch.clear();
    }
  }

  freeze(weights: readonly Tensor[]): void {
    for (const { data } of weights) {
      if (this.#frozen.has(data)) continue;
      const layouts = new Map<string, number>();
      this.#frozen.set(data, layouts);
      this.#forgotten.register(data, layouts);
    }
  }

  /**
   * The address of weights in a layout of so many numbers, which `write` makes from the plain one. Frozen weights are
   * laid out once; others for the running call.
   */
  laidOut(weights: Tensor, layout: string, numbers: number, write: (from: number, to: number) => void): number {
    const layouts = this.#frozen.get(weights.data);
    const known = layouts?.get(layout);
    if (known !== undefined) return known;
    const to = layouts ? this.#memory.take(4 * numbers) : this.take(numbers);
    write(this.copyIn(weights.data), to);
    layouts?.set(layout, to);
    return to;
  }

  /** The address of weights as they are; copied once if they are frozen. */
  plain(weights: Tensor): number {
    const { data } = weights;
    if (!this.#frozen.has(data)) return this.copyIn(data);
    const copy = (_from: number, to: number) => this.floats(to, data.length).set(data);
    return this.laidOut(weights, 'plain', data.length, copy);
  }

  /** Room for the running call, for this many numbers of 4 bytes. */
  take(numbers: number): number {
    return this.#scratch.take(numbers);
  }

  /** Room for the running call, filled with zeros. */
  zeros(numbers: number): number {
    const address = this.take(numbers);
    this.floats(address, numbers).fill(0);
    return address;
  }

  /** A copy of numbers for the running call. */
  copyIn(numbers: Float32Array): number {
    const address = this.take(numbers.length);
    this.floats(address, numbers.length).set(numbers);
    return address;
  }

  /** The numbers at an address. The view is good until more room is taken. */
  floats(address: number, length: number): Float32Array {
    return this.#memory.floats(address, length);
  }

  doubles(address: number, length: number): Float64Array {
    return this.#memory.doubles(address, length);
  }

  integers(address: number, length: number): Int32Array {
    return this.#memory.integers(address, length);
  }
}
