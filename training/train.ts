/** `npm run train -- NAME`: trains a model by its recipe. */
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { getWeights } from '../src/lib/model/network.ts';
import { checkRecipe } from '../src/lib/train/check-recipe.ts';
import { createWorkbench, type JudgedClips, type Workbench } from '../src/lib/train/engine.ts';
import { type Ending, fitNetwork, type Progress, startProgress, stepsPerEpoch } from '../src/lib/train/fit.ts';
import { attach } from '../src/lib/train/flat.ts';
import { decidingPart, type Recipe } from '../src/lib/train/recipe.ts';
import { fitStatistics } from '../src/lib/train/statistics.ts';
import { divideLogits, fitTemperature } from '../src/lib/train/temperature.ts';
import { hashOfRun, readCheckpoint, restore, writeCheckpoint } from './checkpoint.ts';
import { loadRunClips, type RunClips, sharedFloats } from './clips.ts';
import { percent, readArguments, runCommand, say, UsageError, wholeNumber } from './command.ts';
import { readFolder } from './data.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { answersOf, install, modelFolder, runFolder, writeRun } from './model-files.ts';
import { cacheFolder, defaultData, projectFolder } from './paths.ts';
import { createPool } from './pool.ts';
import { createBar, formatDuration } from './progress.ts';
import { recipeOf } from './recipes/index.ts';

const USAGE = `Usage: npm run train -- NAME [options]
  --data DIR     folder of recordings (default: ../shared/data/speech-commands)
  --epochs N     instead of the recipe's
  --seed N       instead of the recipe's
  --threads N    default: all cores; the result does not depend on it
  --resume       go on from the run's last checkpoint
  --run DIR      where the run is kept (default: runs/NAME)
  --cache DIR    where decoded recordings are kept (default: .cache)
  --install      when done, put the model into public/models/NAME`;

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      data: { type: 'string', default: defaultData },
      epochs: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      resume: { type: 'boolean', default: false },
      run: { type: 'string' },
      cache: { type: 'string', default: cacheFolder },
      install: { type: 'boolean', default: false },
    },
    USAGE,
  );
  if (positionals.length !== 1) throw new UsageError(USAGE);
  const name = positionals[0];
  const folder = values.run ?? runFolder(name);
  const checkpointFile = join(folder, 'checkpoint.bin');
  const checkpoint = values.resume ? readCheckpoint(checkpointFile) : undefined;
  const base = recipeOf(name);
  const recipe: Recipe = {
    ...base,
    epochs: wholeNumber('epochs', values.epochs, 1) ?? checkpoint?.head.given.epochs ?? base.epochs,
    seed: wholeNumber('seed', values.seed, 0) ?? checkpoint?.head.given.seed ?? base.seed,
  };
  checkRecipe(recipe);
  const threads = wholeNumber('threads', values.threads, 1) ?? availableParallelism();

  const data = readFolder(values.data, classesOf(recipe));
  const clips = await loadRunClips(data, recipe, threads, values.cache);
  for (const { file, reason } of clips.damaged) say(`Skipped ${relative(data.path, file)}: ${reason}`);
  if (clips.damaged.length > 0) say(`${clips.damaged.length} recordings could not be read and are left out.`);

  const bench = createWorkbench(recipe, sharedFloats);
  fitStatistics(bench.network, clips.training, clips.training.byClass.flat(), await loadKernels(say));
  attach(bench.network, bench.layout, bench.memory.weights);
  const run = hashOfRun(recipe, clips);
  const progress = checkpoint ? restore(checkpointFile, checkpoint, run, bench.memory) : startProgress();

  const save = (): void => writeCheckpoint(checkpointFile, run, recipe, progress, bench.memory);
  const ending = await train(bench, recipe, clips, threads, progress, save);
  if (ending === 'stopped') {
    say(
      `Stopped. Go on with: npm run train -- ${process.argv
        .slice(2)
        .filter((word) => word !== '--resume')
        .join(' ')} --resume`,
    );
    process.exitCode = 130;
    return;
  }
  const temperature = calibrateBest(bench, recipe, clips.judged, await loadKernels());
  writeRun(folder, recipe.architecture, getWeights(bench.network), {
    seed: recipe.seed,
    epochs: progress.epoch,
    bestEpoch: progress.best?.epoch ?? progress.epoch,
    temperature,
    splits: clips.splits,
    history: progress.history,
    recipe: settingsOf(recipe),
  });
  say(`Wrote ${relative(projectFolder, folder)}: the weights of epoch ${progress.best?.epoch}.`);
  if (values.install) {
    const { storage, bytes, largestChange, changedAnswers } = await install(
      recipe,
      clips.judged,
      await loadKernels(),
      folder,
    );
    say(
      `Installed in ${relative(projectFolder, modelFolder(name))}: ${storage}, ${(bytes / 1e6).toFixed(1)} MB. Half precision moves a probability by ${largestChange.toExponential(1)} at most and changes ${changedAnswers} of ${clips.judged.labels.length} answers.`,
    );
  }
});

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
    `Training ${recipe.name}: ${bench.layout.size} weights, ${clipsByClass.reduce((a, b) => a + b, 0)} clips, ${steps} steps of ${recipe.batch} an epoch, ${threads} threads, ${pool.kernels}, seed ${recipe.seed}.`,
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
        say(
          `epoch ${epoch}/${recipe.epochs}: loss ${loss.toFixed(4)}, validation loss ${validation.loss.toFixed(4)}, accuracy ${percent(validation.accuracy)}, balanced ${percent(validation.balancedAccuracy)}${improved ? ', best so far' : ''} (${formatDuration(seconds)})`,
        );
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

/** Gives the network its best weights, and its logits the temperature that suits the validation clips. */
function calibrateBest(bench: Workbench, recipe: Recipe, judged: JudgedClips, kernels: Kernels): number {
  const { network, layout, memory } = bench;
  attach(network, layout, memory.best, memory.bestStatistics);
  const temperature = fitTemperature(answersOf(network, recipe, judged, kernels));
  divideLogits(network, recipe.logits, temperature);
  return temperature;
}

/** The recipe without what the architecture and the record say anyway. */
function settingsOf(recipe: Recipe): Record<string, unknown> {
  const { architecture, seed, epochs, ...settings } = decidingPart(recipe);
  return settings;
}
