/**
 * The memory of a wasm module, given out in blocks: first fit from a list of free blocks, sorted by address. Frozen
 * weights keep theirs, a kernel's call takes one and gives it back, so that memory grows to the largest call and stays.
 */
const PAGE = 65536;
/** Blocks start at multiples of this many bytes: a cache line. */
const ALIGNMENT = 64;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

export class WasmMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #taken = new Map<number, number>();
  #free: Block[] = [];

  /** memory: what the module has at its start is left to it. */
  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The address of a new block with room for this many numbers of 4 bytes. What it holds is undefined. */
  take(numbers: number): number {
    const bytes = Math.max(ALIGNMENT, Math.ceil((numbers * 4) / ALIGNMENT) * ALIGNMENT);
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
