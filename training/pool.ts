/**
 * The engine of all cores: threads that share the weights and the recordings, and take shards from a common queue. Who
 * takes which does not matter: every shard has its own place for its gradient, and they are summed in one order.
 */
import { Worker } from 'node:worker_threads';
import type { Weights } from '../src/lib/layers/layer.ts';
import { getWeights } from '../src/lib/model/network.ts';
import { averageEstimates, statisticsDraws } from '../src/lib/train/batch-statistics.ts';
import {
  emptyAnswers,
  JUDGED_TOGETHER,
  type JudgedClips,
  keepAverage,
  measureJudged,
  type Workbench,
} from '../src/lib/train/engine.ts';
import type { TrainingClips } from '../src/lib/train/examples.ts';
import type { Engine } from '../src/lib/train/fit.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import type { Draw } from '../src/lib/train/sampler.ts';
import type { Memory } from '../src/lib/train/step.ts';
import { sharedFloats } from './clips.ts';

/** What every thread is given at its start. The arrays lie in shared memory. */
export interface Shared {
  readonly recipe: Recipe;
  /** All weights, those that are fitted before training too. */
  readonly weights: Weights;
  readonly memory: Memory;
  readonly clips: TrainingClips;
  readonly judged: JudgedClips;
  /** [judged clips, classes] */
  readonly probabilities: Float32Array;
  /** The loss of each shard. */
  readonly losses: Float64Array;
  /** One number: the next piece of work that nobody has taken. */
  readonly queue: Int32Array;
}

/** What a thread is asked to do. */
export type Task =
  | { readonly type: 'gradients'; readonly draws: readonly Draw[]; readonly seed: number }
  | {
      readonly type: 'update';
      readonly learningRate: number;
      readonly step: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly type: 'statistics'; readonly draws: readonly Draw[] }
  | { readonly type: 'judge' };

export interface Pool extends Engine {
  /** What computes: the name of the kernels. */
  readonly kernels: string;
  close(): Promise<void>;
}

/** Starts the threads. The workbench's memory must be shared: see `sharedFloats`. */
export async function createPool(
  { network, layout, memory }: Workbench,
  recipe: Recipe,
  clips: TrainingClips,
  judged: JudgedClips,
  threads: number,
): Promise<Pool> {
  const answers = emptyAnswers(recipe, judged, sharedFloats);
  const shards = memory.gradients.length;
  const shared: Shared = {
    recipe,
    weights: getWeights(network),
    memory,
    clips,
    judged,
    probabilities: answers.probabilities,
    losses: new Float64Array(new SharedArrayBuffer(8 * shards)),
    queue: new Int32Array(new SharedArrayBuffer(4)),
  };
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: shared }),
  );
  const [kernels] = await Promise.all(workers.map((worker) => answerOf<string>(worker)));

  /** Gives every thread a task and waits for all. */
  const all = (task: (thread: number) => Task): Promise<unknown> => {
    Atomics.store(shared.queue, 0, 0);
    return Promise.all(
      workers.map((worker, thread) => {
        const answer = answerOf(worker);
        worker.postMessage(task(thread));
        return answer;
      }),
    );
  };

  return {
    kernels,
    async gradients(draws, seed) {
      await all(() => ({ type: 'gradients', draws, seed }));
      return shared.losses.reduce((sum, loss) => sum + loss, 0);
    },
    async update(learningRate, step) {
      const border = (thread: number): number => Math.floor((layout.size * thread) / threads);
      await all((thread) => ({ type: 'update', learningRate, step, from: border(thread), to: border(thread + 1) }));
    },
    async validate() {
      if (memory.estimates.length > 0) {
        await all(() => ({ type: 'statistics', draws: statisticsDraws(recipe, clips) }));
        averageEstimates(memory.estimates, memory.statistics);
      }
      await all(() => ({ type: 'judge' }));
      return measureJudged(answers, judged);
    },
    keepBest() {
      keepAverage(memory);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** How many pieces of judging there are. */
export function judgedPieces({ labels }: JudgedClips): number {
  return Math.ceil(labels.length / JUDGED_TOGETHER);
}

/** A thread's next message; its error, if it fails. */
function answerOf<Answer>(worker: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      act();
    };
    const onMessage = (answer: Answer): void => settle(() => resolve(answer));
    const onError = (error: unknown): void => settle(() => reject(error));
    worker.on('message', onMessage);
    worker.on('error', onError);
  });
}
