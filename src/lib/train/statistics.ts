/** Fits what the preprocessing must know of the training clips before training: mean and variance for `normalise`. */
import { joinMoments, momentsOf, noMoments } from '../dsp/moments.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { fittedWeights } from '../layers/normalise.ts';
import { inferencePass, type Network, runStages } from '../model/network.ts';
import { type ClipStore, clipAt, stack } from './examples.ts';

/** How many clips are run at once. */
const TOGETHER = 16;

/**
 * Sets the statistics of every `normalise` stage that has fitted ones, from the first stage to the last.
 * @param indices the clips of the store to take them from, unvaried
 */
export function fitStatistics(network: Network, store: ClipStore, indices: readonly number[], kernels: Kernels): void {
  for (const [index, { layer }] of network.stages.entries()) {
    if (layer.type !== 'normalise' || !layer.weights.mean) continue;
    let moments = noMoments;
    for (let first = 0; first < indices.length; first += TOGETHER) {
      const clips = stack(indices.slice(first, first + TOGETHER).map((clip) => clipAt(store, clip)));
      const { data } = runStages(network, clips, inferencePass(kernels), 0, index);
      moments = joinMoments(moments, momentsOf(data));
    }
    layer.weights = fittedWeights(moments);
  }
}
