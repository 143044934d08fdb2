/**
 * Fits what the preprocessing must know of the training clips before training: mean and variance for `normalise`, the
 * smallest and the largest value for `min-max`.
 */
import { joinMoments, momentsOf, noMoments } from '../dsp/moments.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Weights } from '../layers/layer.ts';
import { fittedRange } from '../layers/min-max.ts';
import { fittedWeights } from '../layers/normalise.ts';
import { inferencePass, type Network, runStages } from '../model/network.ts';
import { type ClipStore, middleAt, stack } from './examples.ts';

/** How many clips are run at once. */
const TOGETHER = 16;

/**
 * Sets the statistics of every stage that has fitted ones, from the first stage to the last.
 * @param indices the clips of the store to take them from, unvaried
 */
export function fitStatistics(network: Network, store: ClipStore, indices: readonly number[], kernels: Kernels): void {
  for (const [index, { layer }] of network.stages.entries()) {
    const fitting = fittings[layer.type];
    if (!fitting || Object.keys(layer.weights).length === 0) continue;
    layer.weights = fitting(picturesBefore(index));
  }

  /** What stage `index` is given, some clips at a time. */
  function* picturesBefore(index: number): Generator<Float32Array> {
    const end = network.stages[index].inputIndex + 1;
    for (let first = 0; first < indices.length; first += TOGETHER) {
      const clips = stack(indices.slice(first, first + TOGETHER).map((clip) => middleAt(store, clip)));
      yield runStages(network, clips, inferencePass(kernels), 0, end).data;
    }
  }
}

/** The fitted weights of each kind of layer that has such, from all values that it is given. */
const fittings: Readonly<Record<string, (pieces: Iterable<Float32Array>) => Weights>> = {
  normalise(pieces) {
    let moments = noMoments;
    for (const piece of pieces) moments = joinMoments(moments, momentsOf(piece));
    return fittedWeights(moments);
  },
  'min-max'(pieces) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const piece of pieces) {
      for (const value of piece) {
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
    return fittedRange(min, max);
  },
};
