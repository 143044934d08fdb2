/**
 * `npm run measure:labels`: how many labels speech and noise take to be told apart, by the plain network of `speech` and
 * by the readout on the autoencoder of `speech-autoencoder`, which has heard all recordings without their labels. For
 * each number of labels some draws: which recordings are labelled, and the weights to begin with. The figures are of
 * single tiles of the split test, on which nothing is chosen, and go to content/measured/labels.json.
 */
import { join } from 'node:path';
import { createWorkbench } from '../src/lib/train/engine.ts';
import { fitNetwork, startProgress } from '../src/lib/train/fit.ts';
import { attach } from '../src/lib/train/flat.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { fitStatistics } from '../src/lib/train/statistics.ts';
import { writeAtomically } from './checkpoint.ts';
import { heardOf, loadRunClips, type RunClips, sharedFloats } from './clips.ts';
import { percent, readArguments, runCommand, say, UsageError, wholeNumber } from './command.ts';
import { readFolder, recordingsOf } from './data.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { inherit, readModel } from './model-files.ts';
import { cacheFolder, dataFolder, projectFolder } from './paths.ts';
import { createPool } from './pool.ts';
import { recipeOf } from './recipes/index.ts';

const USAGE = `Usage: npm run measure:labels -- [options]
  --data DIR   folder of recordings (default: ../shared/data/speech)
  --draws N    how often each number of labels is drawn (default: 5)
  --threads N  default: 2
  --cache DIR  where decoded recordings are kept (default: .cache)`;

const NETWORKS = ['speech', 'speech-autoencoder'];
/** Labelled seconds of each class; undefined is everything. */
const LABELS = [5, 10, 20, 50, 200, undefined];
const SPLIT = 'test';

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      data: { type: 'string', default: dataFolder('speech') },
      draws: { type: 'string', default: '5' },
      threads: { type: 'string', default: '2' },
      cache: { type: 'string', default: cacheFolder },
    },
    USAGE,
  );
  const draws = wholeNumber('draws', values.draws, 1);
  const threads = wholeNumber('threads', values.threads, 1);
  if (positionals.length > 0 || draws === undefined || threads === undefined) throw new UsageError(USAGE);
  const folder = readFolder(values.data, classesOf(recipeOf(NETWORKS[0])));
  const recordings = { training: recordingsOf(folder, 'train'), judged: recordingsOf(folder, SPLIT) };
  const loaded = await loadRunClips(folder, recipeFor(NETWORKS[0], undefined, 1), threads, values.cache, recordings);

  const networks: Record<string, number[][]> = {};
  for (const name of NETWORKS) {
    networks[name] = [];
    for (const labels of LABELS) {
      const accuracies: number[] = [];
      for (let draw = 1; draw <= draws; draw++) {
        accuracies.push(await accuracyOf(recipeFor(name, labels, draw), loaded, threads));
      }
      networks[name].push(accuracies);
      say(`${name}, ${labels ?? 'all'} labels of each class: ${accuracies.map(percent).join(', ')}`);
    }
  }
  const { epochs, examplesPerEpoch } = recipeFor(NETWORKS[0], undefined, 1);
  const figures = {
    command: 'npm run measure:labels',
    data: recipeOf(NETWORKS[0]).data.name,
    split: SPLIT,
    tiles: loaded.judged.labels.length,
    examples: epochs * examplesPerEpoch,
    labels: LABELS.map((count) => count ?? Math.min(...loaded.training.byClass.map((clips) => clips.length))),
    networks,
  };
  writeAtomically(join(projectFolder, 'content', 'measured', 'labels.json'), `${JSON.stringify(figures, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
});

/**
 * The recipe of a network for so many labels. Both hear as many examples, varied alike, and made noise behind them: which
 * recordings are noise is what the labels say.
 */
function recipeFor(name: string, labels: number | undefined, seed: number): Recipe {
  const { labels: _, ...recipe } = recipeOf(name);
  return {
    ...recipe,
    ...(labels === undefined ? {} : { labels }),
    noise: { classes: [], made: true },
    seed,
    epochs: 8,
    examplesPerEpoch: 1024,
    averageDecay: 0.98,
    validateEvery: 8,
    select: 'last',
  };
}

/** Trains once. @returns the share of the tiles that are named right */
async function accuracyOf(recipe: Recipe, loaded: RunClips, threads: number): Promise<number> {
  const training = heardOf(recipe, loaded.training);
  const { recordings, ...tiles } = loaded.judged;
  const bench = createWorkbench(recipe, sharedFloats);
  if (recipe.before) inherit(bench.network, bench.layout, await readModel(recipe.name));
  else fitStatistics(bench.network, training, training.byClass.flat(), await loadKernels());
  attach(bench.network, bench.layout, bench.memory.weights);
  const clipsByClass = training.byClass.map((indices) => indices.length);
  const progress = startProgress();
  const pool = await createPool(bench, recipe, training, tiles, threads);
  try {
    await fitNetwork(pool, recipe, clipsByClass, progress);
  } finally {
    await pool.close();
  }
  return progress.history[progress.history.length - 1].validation?.accuracy ?? Number.NaN;
}
