/** `npm run train -- NAME`: trains a model by its recipe. */
import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { checkRecipe } from '../src/lib/train/check-recipe.ts';
import type { JudgedClips } from '../src/lib/train/engine.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { readArguments, runCommand, say, UsageError, wholeNumber } from './command.ts';
import { readFolder } from './data.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { foldFolder, install, modelFolder, runFolder } from './model-files.ts';
import { cacheFolder, dataFolder, projectFolder } from './paths.ts';
import { recipeOf } from './recipes/index.ts';
import { checkpointOf, checkpointToResume, isFinished, type RunOptions, trainRun } from './run.ts';
import { foldsOf, selectFold, selectRecordings } from './selection.ts';

const USAGE = `Usage: npm run train -- NAME [options]
  --data DIR     folder of recordings (default: the recipe's in ../shared/data): with an index.csv, or in the public
                 layout of Speech Commands, ESC-50 or FSDD
  --epochs N     instead of the recipe's
  --seed N       instead of the recipe's
  --threads N    default: all cores; the result does not depend on it
  --resume       go on from the run's last checkpoint
  --run DIR      where the run is kept (default: runs/NAME)
  --cache DIR    where decoded recordings are kept (default: .cache)
  --install      when done, put the model into public/models/NAME

What is trained on, where it is not the split train, chosen by the split validation:
  --include-validation  the split validation too; all epochs are run, and the weights of the last are kept
  --everything          the split test too, in the same way: for a model whose figures come from --folds
  --folds               a model for each fold, which is held out; the next fold chooses the weights, or, with
                        --include-validation, is trained on too. Measure them with: npm run evaluate -- NAME --folds
  --temperature T       what the logits are divided by where nothing is left to fit it (default: 1)`;

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      data: { type: 'string' },
      epochs: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      resume: { type: 'boolean', default: false },
      run: { type: 'string' },
      cache: { type: 'string', default: cacheFolder },
      install: { type: 'boolean', default: false },
      'include-validation': { type: 'boolean', default: false },
      everything: { type: 'boolean', default: false },
      folds: { type: 'boolean', default: false },
      temperature: { type: 'string', default: '1' },
    },
    USAGE,
  );
  if (positionals.length !== 1) throw new UsageError(USAGE);
  const name = positionals[0];
  const { folds: byFolds, resume, everything, 'include-validation': includeValidation } = values;
  if (byFolds && (everything || values.install)) {
    throw new UsageError(
      'The models of --folds are there to be judged: none of them is installed, and none knows everything.',
    );
  }
  const temperature = Number(values.temperature);
  if (!(temperature > 0))
    throw new UsageError(`--temperature is "${values.temperature}", but must be a number above 0.`);
  const base = recipeOf(name);
  const threads = wholeNumber('threads', values.threads, 1) ?? availableParallelism();
  const folder = values.run ?? runFolder(name);

  /** The recipe with what was given on the command line, now or when the run was started. */
  const recipeFor = (options: RunOptions): Recipe => {
    const given = (options.resume && checkpointToResume(base, options.folder)?.head.given) || base;
    const recipe = {
      ...base,
      epochs: wholeNumber('epochs', values.epochs, 1) ?? given.epochs,
      seed: wholeNumber('seed', values.seed, 0) ?? given.seed,
    };
    checkRecipe(recipe);
    return recipe;
  };
  const common = { cacheFolder: values.cache, threads, resume, temperature };

  if (byFolds) {
    const data = readFolder(values.data ?? dataFolder(base.folder), classesOf(base));
    const folds = foldsOf(data, includeValidation ? 2 : 3);
    if (!resume) for (const fold of folds) rmSync(foldFolder(folder, fold), { recursive: true, force: true });
    for (const fold of folds) {
      const own = foldFolder(folder, fold);
      if (resume && isFinished(own)) continue;
      const options = { ...common, folder: own, resume: resume && existsSync(checkpointOf(own)) };
      const selected = selectFold(data, fold, { includeValidation });
      say(`Fold ${fold} is held out: training on ${selected.trainedOn}.`);
      if (!(await trainRun(recipeFor(options), data, selected, options))) return stopped();
    }
    return;
  }
  const options = { ...common, folder };
  const recipe = recipeFor(options);
  const data = readFolder(values.data ?? dataFolder(base.folder), classesOf(recipe));
  const selected = selectRecordings(data, { includeValidation, everything });
  const probe = await trainRun(recipe, data, selected, options);
  if (!probe) return stopped();
  if (values.install) await installRun(recipe, probe, folder);
});

function stopped(): void {
  const words = process.argv.slice(2).filter((word) => word !== '--resume');
  say(`Stopped. Go on with: npm run train -- ${words.join(' ')} --resume`);
  process.exitCode = 130;
}

async function installRun(recipe: Recipe, probe: JudgedClips, folder: string): Promise<void> {
  const { storage, bytes, largestChange, changedAnswers } = await install(recipe, probe, await loadKernels(), folder);
  say(
    `Installed in ${relative(projectFolder, modelFolder(recipe.name))}: ${storage}, ${(bytes / 1e6).toFixed(1)} MB. Half precision moves a probability by ${largestChange.toExponential(1)} at most and changes ${changedAnswers} of ${probe.labels.length} answers.`,
  );
}
