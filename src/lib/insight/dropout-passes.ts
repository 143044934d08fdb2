/**
 * The same clip many times with dropout left on: each pass drops other units, and how far the answers spread says how
 * much the answer hangs on single units. Source: Gal and Ghahramani, "Dropout as a Bayesian Approximation" (2016), who
 * read the mean as the answer and the spread as the model's uncertainty. Only dropout layers behave as in training.
 */
import { ParameterError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Pass } from '../layers/layer.ts';
import { latestStart } from '../model/graph.ts';
import { inferencePass, type Network, propagate, runStages } from '../model/network.ts';
import { createRandom, mixSeed } from '../random.ts';
import { type Tensor, tensor } from '../tensor.ts';
import type { Progress } from './progress.ts';

export interface DropoutPasses {
  /** The probabilities of each pass that has been made. */
  readonly passes: readonly Float32Array[];
  /** For each class, the mean of its probability over the passes. */
  readonly mean: Float64Array;
  /** For each class, the standard deviation over the passes (n − 1 in the denominator); 0 for a single pass. */
  readonly deviation: Float64Array;
}

/**
 * Makes `count` passes; yields after each one what has come so far.
 * @param clip [samples], as the network takes it
 * @param count how many passes, >= 1
 * @param seed the same seed drops the same units
 * @throws ParameterError for a count that is no whole number >= 1
 */
export function* dropoutPasses(
  network: Network,
  clip: Tensor,
  count: number,
  seed: number,
  kernels: Kernels,
): Generator<Progress & { readonly result: DropoutPasses }, DropoutPasses> {
  if (!Number.isInteger(count) || count < 1) {
    throw new ParameterError('count', `The number of passes is ${count}, but must be a whole number from 1 on.`);
  }
  const first = network.stages.findIndex(({ layer }) => layer.type === 'dropout');
  const start = first < 0 ? network.stages.length : latestStart(network.stages, first);
  const before = runStages(network, tensor([1, ...clip.shape], clip.data), inferencePass(kernels), 0, start);
  const passes: Float32Array[] = [];
  let result: DropoutPasses = summarise(passes);
  for (let pass = 0; pass < count; pass++) {
    passes.push(stochasticPass(network, before, start, mixSeed(seed, pass), kernels));
    result = summarise(passes);
    yield { done: pass + 1, total: count, result };
  }
  return result;
}

function stochasticPass(network: Network, before: Tensor, start: number, seed: number, kernels: Kernels): Float32Array {
  const answering: Pass = { training: false, random: createRandom(seed), kernels };
  const { data } = propagate(network, before, start, network.stages.length, ({ layer }, _index, x, skip) =>
    layer.forward(x, { ...answering, training: layer.type === 'dropout' }, skip),
  );
  return data.slice();
}

function summarise(passes: readonly Float32Array[]): DropoutPasses {
  const count = passes.length;
  const mean = new Float64Array(passes[0]?.length ?? 0);
  const deviation = new Float64Array(mean.length);
  for (let k = 0; k < mean.length; k++) {
    for (const probabilities of passes) mean[k] += probabilities[k] / count;
    let squares = 0;
    for (const probabilities of passes) squares += (probabilities[k] - mean[k]) ** 2;
    deviation[k] = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  }
  return { passes: [...passes], mean, deviation };
}
