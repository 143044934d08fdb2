import { describe, expect, it } from 'vitest';
import { momentsOf } from '../../../src/lib/dsp/moments.ts';
import { KuuloError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { inferencePass, runStages, stageIndex } from '../../../src/lib/model/network.ts';
import { createEngine, createWorkbench, type Workbench } from '../../../src/lib/train/engine.ts';
import { clipAt, makeBatch, stack } from '../../../src/lib/train/examples.ts';
import { type Engine, fitNetwork, type Progress, startProgress } from '../../../src/lib/train/fit.ts';
import { attach } from '../../../src/lib/train/flat.ts';
import { type Recipe, unvaried } from '../../../src/lib/train/recipe.ts';
import { drawEpoch } from '../../../src/lib/train/sampler.ts';
import { fitStatistics } from '../../../src/lib/train/statistics.ts';
import { shardGradient } from '../../../src/lib/train/step.ts';
import { small, smallClips } from './small.ts';

const { training } = smallClips(100);
const { judged } = smallClips(200);
const clipsByClass = training.byClass.map((indices) => indices.length);

function start(recipe: Recipe): { bench: Workbench; engine: Engine; progress: Progress } {
  const bench = createWorkbench(recipe);
  fitStatistics(bench.network, training, training.byClass.flat(), plainKernels);
  return { bench, engine: createEngine(bench, recipe, training, judged, plainKernels), progress: startProgress() };
}

describe('training', () => {
  it('learns to tell tones from noise, on clips that it was not trained on', async () => {
    const recipe = { ...small, epochs: 16 };
    const { engine, progress } = start(recipe);
    expect(await fitNetwork(engine, recipe, clipsByClass, progress)).toBe('finished');
    expect(progress.history).toHaveLength(16);
    expect(progress.history[15].loss).toBeLessThan(0.7 * progress.history[0].loss);
    expect(progress.history[15].validation?.accuracy).toBeGreaterThan(0.9);
  });

  it('gives the same bits when it is stopped amid an epoch and resumed', async () => {
    const straight = start(small);
    await fitNetwork(straight.engine, small, clipsByClass, straight.progress);

    const cut = start(small);
    let steps = 0;
    const shouldStop = (): boolean => ++steps === 6;
    expect(await fitNetwork(cut.engine, small, clipsByClass, cut.progress, { shouldStop })).toBe('stopped');
    expect(cut.progress.step).toBeGreaterThan(0);
    const resumed = start(small);
    for (const name of ['weights', 'average', 'first', 'second', 'best'] as const) {
      resumed.bench.memory[name].set(cut.bench.memory[name]);
    }
    const progress: Progress = JSON.parse(JSON.stringify(cut.progress));
    await fitNetwork(resumed.engine, small, clipsByClass, progress);

    expect(resumed.bench.memory.weights).toEqual(straight.bench.memory.weights);
    expect(resumed.bench.memory.best).toEqual(straight.bench.memory.best);
    expect(progress).toEqual(straight.progress);
  });

  it('ends early, and keeps the weights that were judged best', async () => {
    const recipe = { ...small, epochs: 50, patience: 2 };
    const { bench, engine, progress } = start(recipe);
    const losses = [3, 1, 2, 2, 2];
    let kept: Float32Array | undefined;
    const judging: Engine = {
      ...engine,
      validate: async () => ({ ...(await engine.validate()), loss: losses[progress.epoch] }),
      keepBest() {
        engine.keepBest();
        kept = bench.memory.average.slice();
      },
    };
    expect(await fitNetwork(judging, recipe, clipsByClass, progress)).toBe('early');
    expect(progress.epoch).toBe(4);
    expect(progress.best).toEqual({ epoch: 2, score: -1 });
    expect(bench.memory.best).toEqual(kept);
  });

  it('says that the learning rate is too high when the loss is no longer a number', async () => {
    const recipe = { ...small, optimiser: { ...small.optimiser, learningRate: 1e30 } };
    const { engine, progress } = start(recipe);
    const failing = fitNetwork(engine, recipe, clipsByClass, progress);
    await expect(failing).rejects.toThrow(KuuloError);
    await expect(failing).rejects.toThrow('learning rate');
  });
});

describe('the gradient of a batch', () => {
  const plain: Recipe = {
    ...small,
    architecture: {
      ...small.architecture,
      stages: small.architecture.stages.filter((stage) => stage.type !== 'dropout'),
    },
    augment: { ...small.augment, mixup: { probability: 0, alpha: 1 } },
  };
  const draws = drawEpoch(clipsByClass, [0.3, 0.3, 0.2, 0.2], 16, 1, 0);

  function gradientIn(shard: number): { loss: number; sum: Float64Array } {
    const { network, layout, memory } = createWorkbench(plain);
    attach(network, layout, memory.weights);
    const sum = new Float64Array(layout.size);
    let loss = 0;
    for (let first = 0; first < 16; first += shard) {
      const own = draws.slice(first, first + shard);
      const gradient = new Float32Array(layout.size);
      loss += shardGradient(network, layout, plain, own, training, plainKernels, 1, first / shard, gradient);
      for (const [i, value] of gradient.entries()) sum[i] += value;
    }
    return { loss, sum };
  }

  it('is the sum over its shards, however many there are', () => {
    const whole = gradientIn(16);
    const parts = gradientIn(4);
    expect(parts.loss).toBeCloseTo(whole.loss, 6);
    const largest = Math.max(...whole.sum.map(Math.abs));
    for (const [i, value] of whole.sum.entries()) expect(Math.abs(parts.sum[i] - value)).toBeLessThan(1e-6 * largest);
  });

  it('is the slope of the loss, as small steps along single weights measure it', () => {
    const { network, layout, memory } = createWorkbench(plain);
    const gradient = new Float32Array(layout.size);
    const lossAt = (index: number, value: number): number => {
      const weights = memory.weights.slice();
      weights[index] = value;
      attach(network, layout, weights);
      return shardGradient(network, layout, plain, draws, training, plainKernels, 1, 0, gradient);
    };
    const analytic = gradientIn(16).sum;
    const step = 1e-3;
    for (const { start: first, end } of layout.segments) {
      for (const index of [first, Math.floor((first + end) / 2), end - 1]) {
        const w = memory.weights[index];
        const slope = (lossAt(index, w + step) - lossAt(index, w - step)) / (2 * step);
        expect(Math.abs(slope - analytic[index])).toBeLessThan(2e-5 + 1e-3 * Math.abs(slope));
      }
    }
  });
});

describe('a batch', () => {
  it('is of mean 0 and variance 1 over the training clips once the statistics are fitted', () => {
    const { bench } = start(small);
    const clips = stack(training.byClass.flat().map((index) => clipAt(training, index)));
    const end = stageIndex(bench.network, 'normalised') + 1;
    const { data } = runStages(bench.network, clips, inferencePass(plainKernels), 0, end);
    const { mean, variance } = momentsOf(data);
    expect(mean).toBeCloseTo(0, 5);
    expect(variance).toBeCloseTo(1, 5);
  });

  it('is made the same again from the same draws, finite throughout, and with targets that sum to 1', () => {
    const { network } = createWorkbench(small);
    const draws = drawEpoch(clipsByClass, [0.3, 0.3, 0.2, 0.2], 16, 1, 0);
    const batch = makeBatch(network, draws, training, small, plainKernels, 9);
    expect(makeBatch(network, draws, training, small, plainKernels, 9)).toEqual(batch);
    expect(batch.pictures.shape).toEqual([16, 8, 8, 1]);
    expect(batch.pictures.data.every(Number.isFinite)).toBe(true);
    for (let row = 0; row < 16; row++) {
      expect(batch.targets.data.subarray(4 * row, 4 * row + 4).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
  });

  it('goes through the preprocessing once where nothing varies, and is the same as without that', () => {
    const { silence, ...others } = small;
    const still: Recipe = { ...others, augment: unvaried };
    const { bench } = start(still);
    const { network } = bench;
    const draws = drawEpoch(clipsByClass, [0.4, 0.3, 0.3, 0], 16, 1, 0);
    let runs = 0;
    const [spectrogram] = network.stages;
    const { forward } = spectrogram.layer;
    spectrogram.layer.forward = (...given) => {
      runs++;
      return forward(...given);
    };
    const { pictures } = makeBatch(network, draws, training, still, plainKernels, 9);
    const first = runs;
    expect(makeBatch(network, draws, training, still, plainKernels, 8).pictures).toEqual(pictures);
    expect(runs).toBe(first);
    const clips = stack(draws.map(({ label, clip }) => clipAt(training, training.byClass[label][clip])));
    const end = stageIndex(network, 'normalised') + 1;
    expect(runStages(network, clips, inferencePass(plainKernels), 0, end)).toEqual(pictures);
  });

  it('takes another stretch of a longer clip, and puts a shorter one elsewhere, each time', () => {
    const free: Recipe = { ...small, clips: { longer: 'anywhere', shorter: 'anywhere' } };
    const lengths = [3000, 500];
    const pcm = new Int16Array(3500).map((_, i) => 1 + i);
    const store = { ...training, pcm, starts: [0, 3000, 3500], byClass: [[0], [1], [], []] };
    const { network } = createWorkbench(free);
    for (const [label] of lengths.entries()) {
      const draws = [1, 2].map((seed) => ({ label, clip: 0, seed }));
      const { pictures } = makeBatch(network, draws, store, free, plainKernels, 9);
      expect(pictures.shape[0]).toBe(2);
      const half = pictures.data.length / 2;
      expect(pictures.data.subarray(0, half)).not.toEqual(pictures.data.subarray(half));
    }
  });
});
