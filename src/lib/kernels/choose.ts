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
    return { kernels: plainKernels, note: 'WebAssembly has no SIMD here, so plain TypeScript computes.' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kernels: plainKernels,
      note: `The fast kernels could not be loaded, so plain TypeScript computes: ${reason}`,
    };
  }
}
