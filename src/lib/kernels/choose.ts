/**
 * The fastest kernels that the platform can run. Who calls says how to get the bytes of a build: a page fetches them,
 * Node reads a file.
 */
import type { Kernels } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { loadWasmKernels } from './wasm.ts';

/** The builds of the wasm module, fastest first: the files `kernels.<build>.wasm` in `build/`. */
export type KernelBuild = 'relaxed' | 'simd';

export interface Choice {
  readonly kernels: Kernels;
  /** Why there are none faster, in a sentence; undefined where there are none. */
  readonly note: string | undefined;
}

/** (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0)))): a module that is valid wherever SIMD is. */
const smallestSimd = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
  ...[1, 5, 1, 0x60, 0, 1, 0x7b], // one type: no parameters, a v128
  ...[3, 2, 1, 0], // one function of that type
  ...[10, 10, 1, 8, 0, 0x41, 0, 0xfd, 0x0f, 0xfd, 0x62, 0x0b], // its code
);

export async function chooseKernels(options: {
  readonly fetchBytes: (build: KernelBuild) => Promise<Uint8Array<ArrayBuffer>>;
}): Promise<Choice> {
  if (typeof WebAssembly !== 'object') {
    return {
      kernels: plainKernels,
      note: 'WebAssembly is missing or switched off here, so plain TypeScript computes.',
    };
  }
  try {
    const relaxed = await options.fetchBytes('relaxed');
    if (WebAssembly.validate(relaxed)) return { kernels: await loadWasmKernels(relaxed), note: undefined };
    const simd = await options.fetchBytes('simd');
    if (WebAssembly.validate(simd)) {
      const note = 'WebAssembly has no relaxed SIMD here, so products and sums are taken in two steps.';
      return { kernels: await loadWasmKernels(simd), note };
    }
    if (WebAssembly.validate(smallestSimd)) throw new Error('what came is damaged.');
    return { kernels: plainKernels, note: 'WebAssembly has no SIMD here, so plain TypeScript computes.' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kernels: plainKernels,
      note: `The fast kernels could not be loaded, so plain TypeScript computes: ${reason}`,
    };
  }
}
