/** What is measured: the keyword network on the normalised picture of a spoken word. */
import { readWav } from '../src/lib/audio/wav.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { loadNetwork } from '../src/lib/model/load.ts';
import { getWeights, inferencePass, type Network, runStages, stageIndex } from '../src/lib/model/network.ts';
import { type Tensor, tensor } from '../src/lib/tensor.ts';

/** Fetches a file of `public/` by its path. */
export type FetchPublic = (path: string) => Promise<Uint8Array>;

export interface Case {
  readonly network: Network;
  /** The first stage after the preprocessing. */
  readonly first: number;
  /** The normalised picture, [1, 32, 32, 1]. */
  readonly picture: Tensor;
  /** The clip it was made from, one second at 16 kHz. */
  readonly clip: Float32Array;
}

/** @param kernels are told that the weights will not change */
export async function loadCase(fetchPublic: FetchPublic, kernels: readonly Kernels[]): Promise<Case> {
  const network = await loadNetwork((file) => fetchPublic(`models/keywords/${file}`));
  for (const each of kernels) each.freeze(Object.values(getWeights(network)));
  const { recording } = readWav(await fetchPublic('audio/yes-american-woman.wav'));
  const [clip] = recording.channels;
  const first = stageIndex(network, 'normalised') + 1;
  const picture = runStages(network, tensor([1, clip.length], clip), inferencePass(kernels[0]), 0, first);
  return { network, first, picture, clip };
}
