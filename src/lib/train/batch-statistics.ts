/**
 * The statistics that a batch-norm layer answers with: mean and variance of what it is given, for the weights as they are
 * now. They are not trained but estimated, over a fixed number of batches of training examples, varied as in training:
 * each batch's own mean and variance, averaged over the batches. This is what `torch.optim.swa_utils.update_bn` does for
 * averaged weights, to which statistics gathered on the way do not belong (Izmailov et al., "Averaging Weights Leads to
 * Wider Optima and Better Generalization", 2018). Dropout is off. A batch is what one thread normalises together: a shard.
 */
import type { Kernels } from '../kernels/kernels.ts';
import { createNetwork, getWeights, type Network, runForward, setWeights, stageIndex } from '../model/network.ts';
import { createRandom, mixSeed } from '../random.ts';
import type { Tensor } from '../tensor.ts';
import { makeBatch, type TrainingClips } from './examples.ts';
import type { Layout } from './flat.ts';
import type { Recipe } from './recipe.ts';
import { classShares, type Draw, drawEpoch } from './sampler.ts';

/** Examples that the statistics are taken from, rounded up to whole shards. */
const EXAMPLES = 1024;

/** How many batches the statistics are averaged over. */
export function statisticsBatches({ shard }: Pick<Recipe, 'shard'>): number {
  return Math.ceil(EXAMPLES / shard);
}

/** The examples, the same each time: they depend on the recipe's seed alone. */
export function statisticsDraws(recipe: Recipe, clips: TrainingClips): Draw[] {
  const clipsByClass = clips.byClass.map((indices) => indices.length);
  const shares = classShares(recipe.architecture.classes, clipsByClass, recipe.sampling);
  const total = statisticsBatches(recipe) * recipe.shard;
  return drawEpoch(clipsByClass, shares, total, mixSeed(recipe.seed, 5), 0);
}

/**
 * The statistics of one batch, written to `estimate`, which is as long as the layout's statistics.
 * @param network with the weights to estimate for; it stays as it is
 * @param draws those of `statisticsDraws`
 */
export function estimateBatch(
  network: Network,
  layout: Layout,
  recipe: Recipe,
  draws: readonly Draw[],
  clips: TrainingClips,
  kernels: Kernels,
  batch: number,
  estimate: Float32Array,
): void {
  const seed = mixSeed(recipe.seed, 6, batch);
  const own = draws.slice(batch * recipe.shard, (batch + 1) * recipe.shard);
  const { pictures } = makeBatch(network, own, clips, recipe, kernels, seed);
  const first = stageIndex(network, recipe.picture) + 1;
  const end = stageIndex(network, recipe.logits) + 1;
  const pass = { training: true, random: createRandom(seed), kernels };
  const { tape } = runForward(withoutDropout(network), pictures, pass, first, end);
  for (const { stage, key, start } of layout.statistics) {
    const kept = tape.passes.get(stage)?.keep?.get(key) as Tensor;
    estimate.set(kept.data, start);
  }
}

/** The mean of the batches' statistics, number by number. */
export function averageEstimates(estimates: readonly Float32Array[], statistics: Float32Array): void {
  for (let i = 0; i < statistics.length; i++) {
    let sum = 0;
    for (const estimate of estimates) sum += estimate[i];
    statistics[i] = sum / estimates.length;
  }
}

/** The same network and weights, with dropout that drops nothing. */
function withoutDropout(network: Network): Network {
  const { architecture } = network;
  if (!architecture.stages.some(({ type }) => type === 'dropout')) return network;
  const stages = architecture.stages.map((stage) =>
    stage.type === 'dropout' ? { ...stage, config: { ...stage.config, rate: 0 } } : stage,
  );
  const calm = createNetwork({ ...architecture, stages });
  setWeights(calm, getWeights(network));
  return calm;
}
