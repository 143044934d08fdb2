/** The engine of one thread: what a page or a test trains with. `training/pool.ts` does the same on all cores. */
import type { Kernels } from '../kernels/kernels.ts';
import { createNetwork, initialise, type Network } from '../model/network.ts';
import { createRandom, mixSeed } from '../random.ts';
import { averageEstimates, estimateBatch, statisticsBatches, statisticsDraws } from './batch-statistics.ts';
import { type ClipStore, clipAt, stack, type TrainingClips } from './examples.ts';
import type { Engine } from './fit.ts';
import { attach, gather, type Layout, layoutOf } from './flat.ts';
import { type Answers, type Metrics, measure } from './metrics.ts';
import type { Recipe } from './recipe.ts';
import { createMemory, type Memory, predict, shardGradient, updateRange } from './step.ts';
import { poolTiles } from './tiles.ts';

/** The clips that an epoch is judged on. */
export interface JudgedClips extends ClipStore {
  /** The class of each clip. */
  readonly labels: readonly number[];
  /** Where the clips are tiles: for each the number of its recording, see `poolTiles`. */
  readonly recordings?: readonly number[];
}

/** How many clips are judged at once. */
export const JUDGED_TOGETHER = 32;

/** A network with the arrays that training works on. */
export interface Workbench {
  readonly network: Network;
  readonly layout: Layout;
  readonly memory: Memory;
}

/** Fresh weights for the recipe's network, from its seed. */
export function createWorkbench(
  recipe: Recipe,
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): Workbench {
  const network = createNetwork(recipe.architecture);
  initialise(network, createRandom(mixSeed(recipe.seed, 0)));
  const layout = layoutOf(network, recipe);
  const memory = createMemory(layout, recipe.batch / recipe.shard, allocate, statisticsBatches(recipe));
  gather(network, layout, memory.weights);
  memory.average.set(memory.weights);
  memory.best.set(memory.weights);
  return { network, layout, memory };
}

/** An engine that computes where it is called. */
export function createEngine(
  { network, layout, memory }: Workbench,
  recipe: Recipe,
  clips: TrainingClips,
  judged: JudgedClips,
  kernels: Kernels,
): Engine {
  return {
    async gradients(draws, seed) {
      attach(network, layout, memory.weights);
      let loss = 0;
      for (const [shard, gradient] of memory.gradients.entries()) {
        const own = draws.slice(shard * recipe.shard, (shard + 1) * recipe.shard);
        loss += shardGradient(network, layout, recipe, own, clips, kernels, seed, shard, gradient);
      }
      return loss;
    },
    async update(learningRate, step) {
      updateRange(memory, layout, recipe, learningRate, step, 0, layout.size);
    },
    async validate() {
      attach(network, layout, memory.average);
      const draws = memory.estimates.length > 0 ? statisticsDraws(recipe, clips) : [];
      for (const [batch, estimate] of memory.estimates.entries()) {
        estimateBatch(network, layout, recipe, draws, clips, kernels, batch, estimate);
      }
      averageEstimates(memory.estimates, memory.statistics);
      attach(network, layout, memory.average, memory.statistics);
      const answers = emptyAnswers(recipe, judged);
      for (let first = 0; first < judged.labels.length; first += JUDGED_TOGETHER) {
        judge(network, judged, first, answers.probabilities, kernels);
      }
      return measureJudged(answers, judged);
    },
    keepBest() {
      keepAverage(memory);
    },
  };
}

/** Keeps the averaged weights and their statistics as the best. */
export function keepAverage(memory: Memory): void {
  memory.best.set(memory.average);
  memory.bestStatistics.set(memory.statistics);
}

/** Answers for all judged clips, still to be filled in. */
export function emptyAnswers(
  recipe: Recipe,
  judged: JudgedClips,
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): Answers {
  const { classes } = recipe.architecture;
  return { classes, truth: judged.labels, probabilities: allocate(judged.labels.length * classes.length) };
}

/** How well whole recordings are answered: see `poolTiles`. */
export function measureJudged(answers: Answers, { recordings }: JudgedClips): Metrics {
  return measure(recordings ? poolTiles(answers, recordings) : answers);
}

/** Fills in the probabilities of up to `JUDGED_TOGETHER` clips from `first`. */
export function judge(
  network: Network,
  judged: JudgedClips,
  first: number,
  probabilities: Float32Array,
  kernels: Kernels,
): void {
  const n = Math.min(JUDGED_TOGETHER, judged.labels.length - first);
  const clips = stack(Array.from({ length: n }, (_, i) => clipAt(judged, first + i)));
  const answers = predict(network, clips, kernels);
  probabilities.set(answers.data, first * answers.shape[1]);
}
