/** The kernels for a worker: the fastest that this browser takes. */
import relaxed from '../lib/kernels/build/kernels.relaxed.wasm?url';
import simd from '../lib/kernels/build/kernels.simd.wasm?url';
import { type Choice, chooseKernels } from '../lib/kernels/choose.ts';

const addresses = { relaxed, simd };

export function loadKernels(): Promise<Choice> {
  return chooseKernels({
    async fetchBytes(build) {
      const response = await fetch(addresses[build]).catch(() => {
        throw new Error('the site did not answer.');
      });
      if (!response.ok) throw new Error(`the site answered ${response.status}.`);
      return new Uint8Array(await response.arrayBuffer());
    },
  });
}
