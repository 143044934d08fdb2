/** The shipped network, and the clips that tests/golden/saliency.py gives it. */
import { readFile } from 'node:fs/promises';
import { loadNetwork } from '../../../src/lib/model/load.ts';
import type { Network } from '../../../src/lib/model/network.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';

export function loadKeywords(): Promise<Network> {
  const folder = new URL('../../../public/models/keywords/', import.meta.url);
  return loadNetwork(async (file) => new Uint8Array(await readFile(new URL(file, folder))));
}

function noise(n: number): number {
  return ((((n * n) % 16001) * 7919) % 16001) / 16001 - 0.5;
}

function bell(t: number, middle: number, width: number): number {
  return Math.exp(-(((t - middle) / width) ** 2));
}

function clip(at: (t: number, n: number) => number): Tensor {
  return tensor(
    [16000],
    Float32Array.from({ length: 16000 }, (_, n) => at(n / 16000, n)),
  );
}

/** A tone that rises from 300 to 3300 Hz under a bell at 0.5 s, in faint noise. */
const sweep = clip((t, n) => {
  const tone = Math.sin(2 * Math.PI * (300 * t + 1500 * t * t)) * bell(t, 0.5, 0.2);
  return 0.4 * tone + 0.02 * noise(n);
});

/** Ten harmonics of 140 Hz in two bursts, with a hiss between. */
export const voice = clip((t, n) => {
  let harmonics = 0;
  for (let k = 1; k <= 10; k++) harmonics += Math.sin(2 * Math.PI * 140 * k * t) / k;
  const bursts = bell(t, 0.3, 0.08) + 0.7 * bell(t, 0.7, 0.1);
  return 0.2 * harmonics * bursts + (0.1 * bell(t, 0.5, 0.05) + 0.01) * noise(n);
});

export const clips: Readonly<Record<string, Tensor>> = { sweep, voice };
