/** The fastest kernels for Node, from the files that `npm run kernels` builds. */
import { readFile } from 'node:fs/promises';
import { chooseKernels } from '../src/lib/kernels/choose.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';

export async function loadKernels(onNote: (note: string) => void = () => {}): Promise<Kernels> {
  const { kernels, note } = await chooseKernels({
    fetchBytes: async (build) =>
      new Uint8Array(await readFile(new URL(`../src/lib/kernels/build/kernels.${build}.wasm`, import.meta.url))),
  });
  if (note) onNote(note);
  return kernels;
}
