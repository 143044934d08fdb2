/**
 * The memory of a wasm module, given out in blocks: first fit from a list of free blocks, sorted by address. Frozen
 * weights keep theirs; the kernels' calls share one.
 */
const PAGE = 65536;
/** Blocks start at multiples of this many bytes: a cache line. */
const ALIGNMENT = 64;
/** Bytes beyond a block's end that may be read: vectors of 4 numbers need not fill up. */
const BEYOND = 16;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

export class WasmMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #taken = new Map<number, number>();
  #free: Block[] = [];

  /** What the module has at its start is left to it. */
  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The address of a new block of at least this many bytes. What it holds is undefined. */
  take(size: number): number {
    const bytes = roundUp(size);
    let block = this.#free.find((free) => free.bytes >= bytes);
    if (!block) {
      const end = this.#memory.buffer.byteLength;
      const pages = Math.ceil(bytes / PAGE);
      this.#memory.grow(pages);
      this.#free = join([...this.#free, { address: end, bytes: pages * PAGE }]);
      block = this.#free[this.#free.length - 1];
    }
    const { address } = block;
    const rest = { address: address + bytes, bytes: block.bytes - bytes };
    this.#free = this.#free.filter((free) => free !== block);
    if (rest.bytes > 0) this.#free = join([...this.#free, rest]);
    this.#taken.set(address, bytes);
    return address;
  }

  /** Gives a block back. */
  release(address: number): void {
    const bytes = this.#taken.get(address);
    if (bytes === undefined) return;
    this.#taken.delete(address);
    this.#free = join([...this.#free, { address, bytes }]);
  }

  /** The numbers at an address. The view is good until the next `take`, which may move the memory. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }

  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }

  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, length);
  }
}

/**
 * Room for one call of a kernel: taken piece by piece, and given up all at once. It keeps one block from call to call,
 * as large as the largest call so far.
 */
export class Scratch {
  readonly #memory: WasmMemory;
  #block = 0;
  #size = 0;
  #used = 0;
  /** Pieces for which the block was too small. */
  #extra: number[] = [];

  constructor(memory: WasmMemory) {
    this.#memory = memory;
  }

  /** The address of room for this many numbers of 4 bytes. What it holds is undefined. */
  take(numbers: number): number {
    const bytes = roundUp(numbers * 4);
    const from = this.#used;
    this.#used += bytes;
    if (this.#used <= this.#size) return this.#block + from;
    const address = this.#memory.take(bytes);
    this.#extra.push(address);
    return address;
  }

  /** Gives up all that was taken. */
  clear(): void {
    if (this.#extra.length > 0) {
      for (const address of this.#extra) this.#memory.release(address);
      if (this.#size > 0) this.#memory.release(this.#block);
      this.#extra = [];
      this.#size = this.#used;
      this.#block = this.#memory.take(this.#size);
    }
    this.#used = 0;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil((bytes + BEYOND) / ALIGNMENT) * ALIGNMENT;
}

/** Sorts free blocks and joins neighbours. */
function join(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of [...blocks].sort((a, b) => a.address - b.address)) {
    const last = joined[joined.length - 1];
    if (last && last.address + last.bytes === block.address) {
      joined[joined.length - 1] = { address: last.address, bytes: last.bytes + block.bytes };
    } else joined.push(block);
  }
  return joined;
}
