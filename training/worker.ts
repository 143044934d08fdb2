/** A thread of the trainer: see `pool.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createNetwork, setWeights } from '../src/lib/model/network.ts';
import { estimateBatch } from '../src/lib/train/batch-statistics.ts';
import { JUDGED_TOGETHER, judge } from '../src/lib/train/engine.ts';
import { attach, layoutOf } from '../src/lib/train/flat.ts';
import { shardGradient, updateRange } from '../src/lib/train/step.ts';
import { loadKernels } from './kernels.ts';
import { judgedPieces, type Shared, type Task } from './pool.ts';

const { recipe, weights, memory, clips, judged, probabilities, losses, queue } = workerData as Shared;
const kernels = await loadKernels();
const network = createNetwork(recipe.architecture);
setWeights(network, weights);
const layout = layoutOf(network, recipe);

function perform(task: Task): void {
  if (task.type === 'update') {
    updateRange(memory, layout, recipe, task.learningRate, task.step, task.from, task.to);
  } else if (task.type === 'gradients') {
    attach(network, layout, memory.weights);
    takeFromQueue(memory.gradients.length, (shard) => {
      const draws = task.draws.slice(shard * recipe.shard, (shard + 1) * recipe.shard);
      const gradient = memory.gradients[shard];
      losses[shard] = shardGradient(network, layout, recipe, draws, clips, kernels, task.seed, shard, gradient);
    });
  } else if (task.type === 'statistics') {
    attach(network, layout, memory.average);
    takeFromQueue(memory.estimates.length, (batch) => {
      estimateBatch(network, layout, recipe, task.draws, clips, kernels, batch, memory.estimates[batch]);
    });
  } else {
    attach(network, layout, memory.average, memory.statistics);
    takeFromQueue(judgedPieces(judged), (piece) => {
      judge(network, judged, piece * JUDGED_TOGETHER, probabilities, kernels);
    });
  }
}

function takeFromQueue(pieces: number, work: (piece: number) => void): void {
  for (;;) {
    const piece = Atomics.add(queue, 0, 1);
    if (piece >= pieces) return;
    work(piece);
  }
}

parentPort?.on('message', (task: Task) => {
  perform(task);
  parentPort?.postMessage('done');
});
parentPort?.postMessage(kernels.name);
