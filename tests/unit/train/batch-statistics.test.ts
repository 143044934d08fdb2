import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { getWeights, inferencePass, runForward, stageIndex } from '../../../src/lib/model/network.ts';
import { createRandom, mixSeed } from '../../../src/lib/random.ts';
import { averageEstimates, estimateBatch, statisticsDraws } from '../../../src/lib/train/batch-statistics.ts';
import { createEngine, createWorkbench } from '../../../src/lib/train/engine.ts';
import { makeBatch } from '../../../src/lib/train/examples.ts';
import { fitNetwork, type Progress, startProgress } from '../../../src/lib/train/fit.ts';
import { attach } from '../../../src/lib/train/flat.ts';
import type { Recipe } from '../../../src/lib/train/recipe.ts';
import { fitStatistics } from '../../../src/lib/train/statistics.ts';
import { small, smallClips } from './small.ts';

const { training } = smallClips(100);
const { judged } = smallClips(200);
const clipsByClass = training.byClass.map((indices) => indices.length);

/** The small recipe with batch-norm, dropout before it, and a way around. */
const normed: Recipe = {
  ...small,
  shard: 16,
  batch: 32,
  examplesPerEpoch: 160,
  architecture: {
    ...small.architecture,
    stages: [
      ...small.architecture.stages.slice(0, 4),
      { name: 'conv', type: 'conv2d', config: { filters: 8, padding: 'same' } },
      { name: 'norm', type: 'batch-norm' },
      { name: 'relu', type: 'relu' },
      { name: 'dropout', type: 'dropout', config: { rate: 0.2 } },
      { name: 'depthwise', type: 'depthwise-conv2d', config: { padding: 'same' } },
      { name: 'norm2', type: 'batch-norm' },
      { name: 'sum', type: 'sum', skip: 'relu' },
      { name: 'flatten', type: 'flatten' },
      { name: 'dense', type: 'dense', config: { units: 4 } },
      { name: 'softmax', type: 'softmax' },
    ],
  },
};

function start(recipe: Recipe) {
  const bench = createWorkbench(recipe);
  fitStatistics(bench.network, training, training.byClass.flat(), plainKernels);
  return { bench, engine: createEngine(bench, recipe, training, judged, plainKernels), progress: startProgress() };
}

/** The recipe with a dropout that drops nothing. */
function without(recipe: Recipe): Recipe {
  const stages = recipe.architecture.stages.map((stage) =>
    stage.type === 'dropout' ? { ...stage, config: { rate: 0 } } : stage,
  );
  return { ...recipe, architecture: { ...recipe.architecture, stages } };
}

describe('batch statistics', () => {
  it('of one batch make the network answer to it as it does in training without dropout', () => {
    const { bench } = start(normed);
    const calm = without(normed);
    const { network, layout } = bench;
    const draws = statisticsDraws(normed, training);
    const estimate = new Float32Array(layout.statisticsSize);
    estimateBatch(network, layout, normed, draws, training, plainKernels, 2, estimate);

    const own = draws.slice(32, 48);
    const { pictures } = makeBatch(network, own, training, calm, plainKernels, mixSeed(calm.seed, 6, 2));
    const first = stageIndex(network, 'normalised') + 1;
    const end = stageIndex(network, 'dense') + 1;
    const bare = start(calm).bench.network;
    const learning = { training: true, random: createRandom(1), kernels: plainKernels };
    const { y } = runForward(bare, pictures, learning, first, end);
    attach(network, layout, bench.memory.weights, estimate);
    const answers = runForward(network, pictures, inferencePass(plainKernels), first, end).y;
    for (const [i, value] of y.data.entries()) expect(answers.data[i]).toBeCloseTo(value, 5);
    const again = new Float32Array(layout.statisticsSize);
    estimateBatch(network, layout, normed, draws, training, plainKernels, 2, again);
    expect(again).toEqual(estimate);
  });

  it('are the mean over the batches', () => {
    const statistics = new Float32Array(2);
    averageEstimates([Float32Array.of(1, 5), Float32Array.of(2, -5), Float32Array.of(6, 3)], statistics);
    expect(Array.from(statistics)).toEqual([3, 1]);
  });

  it('are not there in a network without batch-norm', () => {
    const { bench } = start(small);
    expect(bench.layout.statisticsSize).toBe(0);
    expect(bench.memory.estimates).toHaveLength(0);
  });
});

describe('training with batch-norm', () => {
  const recipe = {
    ...normed,
    epochs: 10,
    validateEvery: 5,
    augment: { ...small.augment, mixup: { probability: 0, alpha: 1 } },
  };

  it('learns, and answers by the statistics of the averaged weights that it keeps with them', async () => {
    const { bench, engine, progress } = start(recipe);
    await fitNetwork(engine, recipe, clipsByClass, progress);
    expect(progress.history.flatMap(({ epoch, validation }) => (validation ? [epoch] : []))).toEqual([5, 10]);
    const best = progress.history.find(({ epoch }) => epoch === progress.best?.epoch)?.validation;
    expect(best?.accuracy).toBeGreaterThan(0.9);

    const { network, layout, memory } = bench;
    attach(network, layout, memory.best, memory.bestStatistics);
    expect(getWeights(network)['norm.mean'].data).toEqual(memory.bestStatistics.subarray(0, 8));
    const draws = statisticsDraws(recipe, training);
    const estimates = memory.estimates.map((_, batch) => {
      const estimate = new Float32Array(layout.statisticsSize);
      estimateBatch(network, layout, recipe, draws, training, plainKernels, batch, estimate);
      return estimate;
    });
    const statistics = new Float32Array(layout.statisticsSize);
    averageEstimates(estimates, statistics);
    expect(statistics).toEqual(memory.bestStatistics);
  });

  it('gives the same bits when it is stopped and resumed', async () => {
    const brief = { ...recipe, epochs: 3 };
    const straight = start(brief);
    await fitNetwork(straight.engine, brief, clipsByClass, straight.progress);
    const cut = start(brief);
    let steps = 0;
    await fitNetwork(cut.engine, brief, clipsByClass, cut.progress, { shouldStop: () => ++steps === 6 });
    const resumed = start(brief);
    for (const name of ['weights', 'average', 'first', 'second', 'best', 'bestStatistics'] as const) {
      resumed.bench.memory[name].set(cut.bench.memory[name]);
    }
    const progress: Progress = JSON.parse(JSON.stringify(cut.progress));
    await fitNetwork(resumed.engine, brief, clipsByClass, progress);
    expect(resumed.bench.memory.best).toEqual(straight.bench.memory.best);
    expect(resumed.bench.memory.bestStatistics).toEqual(straight.bench.memory.bestStatistics);
    expect(progress).toEqual(straight.progress);
  });
});
