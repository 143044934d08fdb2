/**
 * The training loop: epochs of steps, each epoch judged on clips that are not trained on, the best kept. It knows
 * nothing of files and threads: an engine computes, hooks watch, and all that must survive an interruption is in
 * `Progress` and the engine's memory.
 */
import { KuuloError } from '../errors.ts';
import type { EpochRecord } from '../model/card.ts';
import { mixSeed } from '../random.ts';
import type { Metrics } from './metrics.ts';
import type { Recipe } from './recipe.ts';
import { classShares, type Draw, drawEpoch } from './sampler.ts';
import { learningRateAt } from './schedule.ts';

/** What computes: on one thread (`engine.ts`) or on many. */
export interface Engine {
  /** The gradients of a batch's mean loss; gives that loss. */
  gradients(draws: readonly Draw[], seed: number): Promise<number>;
  /** Changes the weights by the gradients last computed. `step` counts over the whole run, from 1. */
  update(learningRate: number, step: number): Promise<void>;
  /** Judges the averaged weights on the validation clips. */
  validate(): Promise<Metrics>;
  /** Keeps the averaged weights as the best so far. */
  keepBest(): void;
}

/** Where a run stands. */
export interface Progress {
  /** Epochs that are finished. */
  epoch: number;
  /** Steps of the unfinished epoch that are done. */
  step: number;
  /** The sum of their losses. */
  lossSum: number;
  best: { epoch: number; score: number } | null;
  readonly history: EpochRecord[];
}

export function startProgress(): Progress {
  return { epoch: 0, step: 0, lossSum: 0, best: null, history: [] };
}

export interface Hooks {
  /** After each step. */
  onStep?(progress: Progress, stepsPerEpoch: number): void;
  /** After each epoch, when its record is in the history. */
  onEpoch?(record: EpochRecord, improved: boolean): void | Promise<void>;
  /** Asked after each step: true ends the run there. */
  shouldStop?(): boolean;
}

/** 'finished': all epochs done. 'early': no better validation for too long. 'stopped': `shouldStop` said so. */
export type Ending = 'finished' | 'early' | 'stopped';

/** How many steps an epoch has: whole batches only, at least one. */
export function stepsPerEpoch(recipe: Recipe, clipsByClass: readonly number[]): number {
  const clips = clipsByClass.reduce((sum, n) => sum + n, 0);
  return Math.max(1, Math.floor((recipe.examplesPerEpoch || clips) / recipe.batch));
}

/**
 * Trains until all epochs are done, or sooner: see `Ending`.
 * @param clipsByClass how many training clips each class has
 * @param progress where to go on; changed as the run goes
 * @throws KuuloError if the loss stops being a number
 */
export async function fitNetwork(
  engine: Engine,
  recipe: Recipe,
  clipsByClass: readonly number[],
  progress: Progress,
  hooks: Hooks = {},
): Promise<Ending> {
  const { classes } = recipe.architecture;
  const steps = stepsPerEpoch(recipe, clipsByClass);
  const shares = classShares(classes, clipsByClass, recipe.sampling);
  while (progress.epoch < recipe.epochs) {
    if (isExhausted(recipe, progress)) return 'early';
    const draws = drawEpoch(clipsByClass, shares, steps * recipe.batch, recipe.seed, progress.epoch);
    let learningRate = 0;
    while (progress.step < steps) {
      const { epoch, step } = progress;
      const loss = await engine.gradients(
        draws.slice(step * recipe.batch, (step + 1) * recipe.batch),
        mixSeed(recipe.seed, 4, epoch, step),
      );
      if (!Number.isFinite(loss)) {
        throw new KuuloError(
          `The loss became ${loss} in epoch ${epoch + 1}, step ${step + 1}. The learning rate ${recipe.optimiser.learningRate} is probably too high: lower it in the recipe.`,
        );
      }
      const number = epoch * steps + step + 1;
      learningRate = learningRateAt(number, recipe.epochs * steps, recipe.optimiser);
      await engine.update(learningRate, number);
      progress.step++;
      progress.lossSum += loss;
      hooks.onStep?.(progress, steps);
      if (progress.step < steps && hooks.shouldStop?.()) return 'stopped';
    }
    const epoch = progress.epoch + 1;
    const record = { epoch, loss: progress.lossSum / steps, learningRate };
    const due = epoch % (recipe.validateEvery ?? 1) === 0 || epoch === recipe.epochs;
    const judged = due ? await engine.validate() : undefined;
    const score = judged && scoreOf(judged, recipe, epoch);
    const improved = score !== undefined && (progress.best === null || score > progress.best.score);
    progress.history.push(judged && judged.n > 0 ? { ...record, validation: figuresOf(judged) } : record);
    progress.epoch = epoch;
    progress.step = 0;
    progress.lossSum = 0;
    if (improved) {
      progress.best = { epoch: progress.epoch, score };
      engine.keepBest();
    }
    await hooks.onEpoch?.(progress.history[progress.history.length - 1], improved);
    if (hooks.shouldStop?.()) return 'stopped';
  }
  return 'finished';
}

/** What is to be as large as can be. */
function scoreOf({ loss, balancedAccuracy }: Metrics, { select }: Recipe, epoch: number): number {
  if (select === 'last') return epoch;
  return select === 'loss' ? -loss : balancedAccuracy;
}

function figuresOf({ loss, accuracy, balancedAccuracy }: Metrics): NonNullable<EpochRecord['validation']> {
  return { loss, accuracy, balancedAccuracy };
}

function isExhausted({ patience }: Recipe, { epoch, best }: Progress): boolean {
  return patience > 0 && best !== null && epoch - best.epoch >= patience;
}
