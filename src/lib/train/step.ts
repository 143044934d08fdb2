/**
 * One step of training, in parts that threads can share: the gradient of a shard of the batch, and the update of a range
 * of the weights. A batch is always cut into the same shards, and their gradients are summed in the same order, so the
 * result is the same whoever computes which part.
 */
import type { Kernels } from '../kernels/kernels.ts';
import { inferencePass, type Network, runBackward, runForward, runStages, stageIndex } from '../model/network.ts';
import { createRandom, mixSeed } from '../random.ts';
import type { Tensor } from '../tensor.ts';
import { decayAt, moveAverage } from './average.ts';
import { type Batch, makeBatch, type TrainingClips } from './examples.ts';
import type { Layout } from './flat.ts';
import { type LossAndGradient, meanSquaredError, softmaxCrossEntropy } from './loss.ts';
import { adamW } from './optimiser.ts';
import type { Recipe } from './recipe.ts';
import type { Draw } from './sampler.ts';

/** What training changes, each array as long as the layout. Over shared memory, threads work on the same arrays. */
export interface Memory {
  readonly weights: Float32Array;
  /** The running average of the weights. */
  readonly average: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** The averages that were judged best so far. */
  readonly best: Float32Array;
  /** The batch statistics of the averages, and of the best of them; empty in a network without batch-norm. */
  readonly statistics: Float32Array;
  readonly bestStatistics: Float32Array;
  /** The statistics of each batch that they are averaged over. */
  readonly estimates: readonly Float32Array[];
  /** The gradient of each shard of a batch. */
  readonly gradients: readonly Float32Array[];
}

/**
 * @param allocate makes an array of zeros of this length
 * @param batches how many batches the batch statistics are averaged over
 */
export function createMemory(
  { size, statisticsSize }: Pick<Layout, 'size' | 'statisticsSize'>,
  shards: number,
  allocate: (length: number) => Float32Array,
  batches = 0,
): Memory {
  return {
    weights: allocate(size),
    average: allocate(size),
    first: allocate(size),
    second: allocate(size),
    best: allocate(size),
    statistics: allocate(statisticsSize),
    bestStatistics: allocate(statisticsSize),
    estimates: Array.from({ length: statisticsSize > 0 ? batches : 0 }, () => allocate(statisticsSize)),
    gradients: Array.from({ length: shards }, () => allocate(size)),
  };
}

/**
 * Computes the gradient of one shard and writes it to `gradient`.
 * @param seed the step's seed; `shard` makes it the shard's
 * @returns the shard's part of the batch's mean loss
 */
export function shardGradient(
  network: Network,
  layout: Layout,
  recipe: Recipe,
  draws: readonly Draw[],
  clips: TrainingClips,
  kernels: Kernels,
  seed: number,
  shard: number,
  gradient: Float32Array,
): number {
  const own = mixSeed(seed, shard);
  const { pictures, targets } = makeBatch(network, draws, clips, recipe, kernels, own);
  const first = stageIndex(network, recipe.picture) + 1;
  const end = stageIndex(network, recipe.logits) + 1;
  const pass = { training: true, random: createRandom(mixSeed(own, 4)), kernels };
  const { y, tape } = runForward(network, pictures, pass, first, end);
  const { loss, gradient: dy } = lossOf(recipe, y, { pictures, targets });
  const { dweights } = runBackward(network, dy, tape, false);
  for (const { name, start } of layout.segments) gradient.set(dweights[name].data, start);
  return loss;
}

/** The part of a batch's mean loss that is a shard's. */
function lossOf({ loss, batch }: Recipe, y: Tensor, { pictures, targets }: Batch): LossAndGradient {
  return loss === 'reconstruction'
    ? meanSquaredError(y, pictures, 1 / batch)
    : softmaxCrossEntropy(y, targets, 1 / batch);
}

/**
 * Sums the shards' gradients and changes weights, moments and average, for the indices from `from` up to, not
 * including, `to`.
 * @param step the number of the step over the whole run, from 1
 */
export function updateRange(
  memory: Memory,
  layout: Layout,
  recipe: Recipe,
  learningRate: number,
  step: number,
  from: number,
  to: number,
): void {
  const [total, ...others] = memory.gradients;
  for (const gradient of others) for (let i = from; i < to; i++) total[i] += gradient[i];
  for (const segment of layout.segments) {
    const start = Math.max(from, segment.start);
    const end = Math.min(to, segment.end);
    const settings = segment.decays ? recipe.optimiser : { ...recipe.optimiser, weightDecay: 0 };
    if (start < end) adamW(memory.weights, total, memory, settings, learningRate, step, start, end);
  }
  moveAverage(memory.average, memory.weights, decayAt(step, recipe.averageDecay), from, to);
}

/** The network's probabilities for a batch of clips, [n, samples] → [n, classes]. */
export function predict(network: Network, clips: Tensor, kernels: Kernels): Tensor {
  return runStages(network, clips, inferencePass(kernels));
}
