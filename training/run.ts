/** One training run: from its recordings to weights, architecture and history in its folder, resumable at any step. */
import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { getWeights } from '../src/lib/model/network.ts';
import { createWorkbench, type JudgedClips, type Workbench } from '../src/lib/train/engine.ts';
import { middleAt, type TrainingClips, toPcm } from '../src/lib/train/examples.ts';
import { type Ending, fitNetwork, type Progress, startProgress, stepsPerEpoch } from '../src/lib/train/fit.ts';
import { attach } from '../src/lib/train/flat.ts';
import { decidingPart, type Recipe } from '../src/lib/train/recipe.ts';
import { fitStatistics } from '../src/lib/train/statistics.ts';
import { divideLogits, fitTemperature } from '../src/lib/train/temperature.ts';
import { hashOfRun, readCheckpoint, restore, writeCheckpoint } from './checkpoint.ts';
import { heardOf, loadRunClips, type RunClips, sharedFloats } from './clips.ts';
import { percent, say } from './command.ts';
import type { Folder } from './data.ts';
import { loadKernels } from './kernels.ts';
import { answersOf, inherit, readModel, writeRun } from './model-files.ts';
import { projectFolder } from './paths.ts';
import { createPool } from './pool.ts';
import { createBar, formatDuration } from './progress.ts';
import type { Selected } from './selection.ts';

export interface RunOptions {
  /** Where the run is kept. */
  readonly folder: string;
  readonly cacheFolder: string;
  readonly threads: number;
  /** Goes on from the run's last checkpoint. */
  readonly resume: boolean;
  /** What the logits are divided by where no validation clips are there to fit it. */
  readonly temperature: number;
}

export function checkpointOf(folder: string): string {
  return join(folder, 'checkpoint.bin');
}

/** Whether a run is finished: its history is there. */
export function isFinished(folder: string): boolean {
  return existsSync(join(folder, 'history.json'));
}

/** The run of what a recipe trains before lies in its own run's folder. */
function beforeFolder(folder: string): string {
  return join(folder, 'before');
}

/**
 * The checkpoint that a run goes on from; undefined where it was stopped while it still trained what comes before.
 * Throws KuuloError if there is none at all.
 */
export function checkpointToResume(recipe: Recipe, folder: string): ReturnType<typeof readCheckpoint> | undefined {
  const own = checkpointOf(folder);
  if (recipe.before && !existsSync(own) && existsSync(checkpointOf(beforeFolder(folder)))) return undefined;
  return readCheckpoint(own);
}

/**
 * Trains and writes what a finished run leaves. Without recordings to be judged by, it trains all its epochs and keeps
 * the weights of the last.
 * @returns the clips to try the model on, undefined where the run was stopped
 */
export async function trainRun(
  base: Recipe,
  data: Folder,
  selected: Selected,
  options: RunOptions,
): Promise<JudgedClips | undefined> {
  const { folder, cacheFolder, threads, resume, temperature: given } = options;
  if (base.before && !(await trainBefore(base.before, data, selected, options))) return undefined;
  const chosen = selected.judged.length > 0 && base.loss !== 'reconstruction';
  const recipe: Recipe = chosen ? base : { ...base, select: 'last', patience: 0, validateEvery: base.epochs };
  const checkpoint = resume ? checkpointToResume(base, folder) : undefined;
  const loaded = await loadRunClips(
    data,
    recipe,
    threads,
    cacheFolder,
    chosen ? selected : { ...selected, judged: [] },
  );
  const clips = { ...loaded, training: heardOf(recipe, loaded.training) };
  for (const { file, reason } of clips.damaged) say(`Skipped ${relative(data.path, file)}: ${reason}`);
  if (clips.damaged.length > 0) say(`${clips.damaged.length} recordings could not be read and are left out.`);

  const bench = createWorkbench(recipe, sharedFloats);
  const heard = [...new Set(clips.training.byClass.flat())];
  if (base.before) inherit(bench.network, bench.layout, await readModel(base.before.name, beforeFolder(folder)));
  else fitStatistics(bench.network, clips.training, heard, await loadKernels(say));
  attach(bench.network, bench.layout, bench.memory.weights);
  const run = hashOfRun(recipe, clips);
  const progress = checkpoint ? restore(checkpointOf(folder), checkpoint, run, bench.memory) : startProgress();

  const save = (): void => writeCheckpoint(checkpointOf(folder), run, recipe, progress, bench.memory);
  if ((await train(bench, recipe, clips, threads, progress, save)) === 'stopped') return undefined;
  const probe = chosen ? clips.judged : probeClips(clips.training);
  const { network, layout, memory } = bench;
  attach(network, layout, memory.best, memory.bestStatistics);
  const kernels = await loadKernels();
  const temperature = chosen ? fitTemperature(answersOf(network, recipe, clips.judged, kernels)) : given;
  divideLogits(network, recipe.logits, temperature);
  const [own, ...others] = clips.splits;
  writeRun(folder, recipe.architecture, getWeights(network), {
    seed: recipe.seed,
    epochs: progress.epoch,
    bestEpoch: progress.best?.epoch ?? progress.epoch,
    ...(chosen ? {} : { chosen }),
    temperature,
    splits: [{ ...own, name: selected.trainedOn }, ...others],
    history: progress.history,
    recipe: settingsOf(recipe),
  });
  say(`Wrote ${relative(projectFolder, folder)}: the weights of epoch ${progress.best?.epoch}.`);
  return probe;
}

/** Trains what a recipe needs before it, or goes on with that; nothing is done where it is finished. */
async function trainBefore(before: Recipe, data: Folder, selected: Selected, options: RunOptions): Promise<boolean> {
  const folder = beforeFolder(options.folder);
  if (!options.resume)
    for (const old of [folder, checkpointOf(options.folder)]) rmSync(old, { recursive: true, force: true });
  if (isFinished(folder)) return true;
  const resume = options.resume && existsSync(checkpointOf(folder));
  return (await trainRun(before, data, selected, { ...options, folder, resume })) !== undefined;
}

/** Runs the epochs on all threads. Ctrl-C ends it after the step in hand, with a checkpoint. */
async function train(
  bench: Workbench,
  recipe: Recipe,
  clips: RunClips,
  threads: number,
  progress: Progress,
  save: () => void,
): Promise<Ending> {
  const clipsByClass = clips.training.byClass.map((indices) => indices.length);
  const steps = stepsPerEpoch(recipe, clipsByClass);
  const pool = await createPool(bench, recipe, clips.training, clips.judged, threads);
  say(
    `Training ${recipe.name}: ${bench.layout.size} weights, ${new Set(clips.training.byClass.flat()).size} clips, ${steps} steps of ${recipe.batch} an epoch, ${threads} threads, ${pool.kernels}, seed ${recipe.seed}.`,
  );
  let stopping = false;
  const stop = (): void => {
    stopping = true;
  };
  // Not `once`: npm passes on the signal that the terminal has already sent, and the second must not end it at once.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const bar = createBar('Training');
  let begun = performance.now();
  try {
    const ending = await fitNetwork(pool, recipe, clipsByClass, progress, {
      shouldStop: () => stopping,
      onStep({ epoch, step, lossSum }) {
        const words = `epoch ${epoch + 1}/${recipe.epochs}, loss ${(lossSum / step).toFixed(4)}`;
        bar.show(epoch * steps + step, recipe.epochs * steps, words);
      },
      onEpoch({ epoch, loss, validation }, improved) {
        save();
        bar.clear();
        const seconds = (performance.now() - begun) / 1000;
        begun = performance.now();
        const judged = validation
          ? `, validation loss ${validation.loss.toFixed(4)}, accuracy ${percent(validation.accuracy)}, balanced ${percent(validation.balancedAccuracy)}${improved ? ', best so far' : ''}`
          : '';
        say(`epoch ${epoch}/${recipe.epochs}: loss ${loss.toFixed(4)}${judged} (${formatDuration(seconds)})`);
      },
    });
    if (ending === 'stopped') save();
    if (ending === 'early') say(`No better validation for ${recipe.patience} epochs: training ends here.`);
    return ending;
  } finally {
    bar.clear();
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await pool.close();
  }
}

/** The most clips that a model is tried on where none were kept apart. */
const PROBED = 200;

/** Some training clips: to see whether half precision changes the answers, where no others are there. */
function probeClips(training: TrainingClips): JudgedClips {
  const clips = training.byClass.flatMap((indices, label) => [...new Set(indices)].map((index) => ({ index, label })));
  const every = Math.ceil(clips.length / PROBED);
  const some = clips.filter((_, i) => i % every === 0);
  const pcm = new Int16Array(some.length * training.samples);
  for (const [i, { index }] of some.entries()) toPcm(middleAt(training, index), pcm, i * training.samples);
  return { pcm, samples: training.samples, labels: some.map(({ label }) => label) };
}

/** The recipe without what the architecture and the record say anyway. */
function settingsOf(recipe: Recipe): Record<string, unknown> {
  const { architecture, seed, epochs, before, ...settings } = decidingPart(recipe);
  return before ? { ...settings, before: { epochs: before.epochs, ...settingsOf(before) } } : settings;
}
