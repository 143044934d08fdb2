/** `npm run evaluate -- NAME`: measures a trained model on a split of a folder of recordings, and writes its card. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { KuuloError } from '../src/lib/errors.ts';
import type { Evaluation, TrainingRecord } from '../src/lib/model/card.ts';
import type { Network } from '../src/lib/model/network.ts';
import { evaluationOf } from '../src/lib/train/evaluation.ts';
import { notWords, type Recipe } from '../src/lib/train/recipe.ts';
import { baselineParts, measureBaseline } from './baseline.ts';
import { openCache } from './cache.ts';
import { cardOf } from './card.ts';
import { writeAtomically } from './checkpoint.ts';
import { percent, readArguments, runCommand, say, UsageError } from './command.ts';
import { type Folder, readFolder, recordingsOf } from './data.ts';
import { harderOf } from './harder.ts';
import { trainingOf, warnOfHeard } from './heard.ts';
import { type JudgedSplit, judgeSplit } from './judge.ts';
import { type JudgedFolds, judgeFolds } from './judge-folds.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { modelFolder, readModel, runFolder } from './model-files.ts';
import { cacheFolder, projectFolder } from './paths.ts';
import { recipeOf } from './recipes/index.ts';
import { timeNetwork } from './timing.ts';
import { variationOf } from './variation.ts';

const USAGE = `Usage: npm run evaluate -- NAME --data DIR --split NAME [options]
       npm run evaluate -- NAME --data DIR --folds [options]
  --data DIR       folder of recordings, with an index.csv or in the public layout of Speech Commands, ESC-50 or FSDD
  --split NAME     which of its recordings: test, validation, train, …
  --folds          the models of npm run train -- NAME --folds, each on the fold that it was not trained on, pooled
  --json           the figures as JSON on standard output
  --model-dir DIR  the model's folder (default: public/models/NAME)
  --snr DB         over noise of the same split, this many decibels below each recording; for a recipe with noise classes
  --fill DB        with noise this many decibels below full scale where a recording stands still, as its padding does
  --card           write the model's card.json: the split and validation, what a classifier without a network reaches,
                   how long one clip takes, and the training's history
  --cache DIR      where recordings that a card needs are kept decoded (default: .cache)
  --run DIR        the run whose history the card holds, and whose folds are judged (default: runs/NAME)

A recording longer than the model's input is judged by its loudest stretch, or by the mean over its tiles where the model
hears in tiles; a shorter one lies in the middle of zeros.`;

/** What the card calls the clips of all folds together. */
const FOLDS = 'each fold held out once';

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      data: { type: 'string' },
      split: { type: 'string' },
      folds: { type: 'boolean', default: false },
      snr: { type: 'string' },
      fill: { type: 'string' },
      json: { type: 'boolean', default: false },
      'model-dir': { type: 'string' },
      card: { type: 'boolean', default: false },
      run: { type: 'string' },
      cache: { type: 'string', default: cacheFolder },
    },
    USAGE,
  );
  const { split } = values;
  if (positionals.length !== 1 || !values.data || (split === undefined) !== values.folds) throw new UsageError(USAGE);
  const name = positionals[0];
  const recipe = recipeOf(name);
  const modelDir = values['model-dir'] ?? modelFolder(name);
  const run = values.run ?? runFolder(name);
  const network = split === undefined && !values.card ? undefined : await readModel(name, modelDir);
  const { classes } = network?.architecture ?? recipe.architecture;
  const folder = readFolder(values.data, { ...classesOf(recipe), classes });
  if (folder.strangers.length > 0) {
    const names = folder.strangers.map((stranger) => `"${stranger}"`).join(', ');
    const fate = recipe.unknown ? `count as ${recipe.unknown}` : 'are left out';
    say(`The model has no class ${names}: such recordings ${fate}.`);
  }
  const snr = decibels('snr', values.snr);
  const fill = decibels('fill', values.fill);
  if ((snr !== undefined || fill !== undefined) && (values.card || split === undefined)) {
    throw new UsageError('--snr and --fill change the recordings of a --split, and no card is written of such.');
  }
  const kernels = await loadKernels(say);
  const judged: JudgedSplit | JudgedFolds =
    network && split !== undefined
      ? await judgeSplit(
          network,
          folder,
          split,
          kernels,
          await variationOf(recipe, recordingsOf(folder, split), { snr, fill }),
        )
      : await judgeFolds(name, run, folder, loadKernels);
  const changes = [snr !== undefined && `over noise at ${snr} dB`, fill !== undefined && `filled at ${fill} dB`];
  const warning = split === undefined ? undefined : warningFor(judged, values.run, modelDir, name);
  if (warning) say(warning);
  const evaluation: Evaluation = {
    ...evaluate(judged, folder, [split ?? FOLDS, ...changes].filter(Boolean).join(', '), recipe),
    ...(warning ? { heard: true } : {}),
  };
  if (network && values.card) {
    const record = readRecord(run, name);
    const card = await makeCard(network, recipe, record, folder, judged, evaluation, modelDir, values.cache, warning);
    writeAtomically(join(modelDir, 'card.json'), `${JSON.stringify(card, null, 1)}\n`);
    say(`Wrote ${relative(projectFolder, join(modelDir, 'card.json'))}.`);
  }
  process.stdout.write(values.json ? `${JSON.stringify(evaluation)}\n` : describe(evaluation));
});

/** A warning where the model was trained on what it is judged by, as far as its training is known. */
function warningFor({ recordings }: JudgedSplit, run: string | undefined, modelDir: string, name: string) {
  const trained = run === undefined ? trainingOf(modelDir, runFolder(name)) : readRecord(run, name);
  return trained && warnOfHeard(trained, recordings);
}

/** A number of decibels from an option. */
function decibels(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UsageError(`--${name} is "${text}", but must be a number of decibels: --${name}=-60.`);
  }
  return value;
}

function evaluate(judged: JudgedSplit | JudgedFolds, folder: Folder, split: string, recipe: Recipe): Evaluation {
  return evaluationOf({
    split,
    answers: judged.answers,
    ...(judged.tiles ? { tiles: judged.tiles } : {}),
    ...('folds' in judged ? { folds: judged.folds } : {}),
    groups: judged.recordings.map((recording) => recording.group),
    sources: judged.recordings.map((recording) => recording.source),
    groupName: folder.groupName,
    skipped: judged.skipped,
    notWords: notWords(recipe),
  });
}

async function makeCard(
  network: Network,
  recipe: Recipe,
  record: TrainingRecord,
  folder: Folder,
  judged: JudgedSplit | JudgedFolds,
  test: Evaluation,
  modelDir: string,
  cache: string,
  warning: string | undefined,
) {
  const chosen = record.chosen ?? true;
  const validation = chosen ? await judgeSplit(network, folder, 'validation', await loadKernels()) : undefined;
  const baseline = await measureBaseline(network.architecture, baselineParts(folder, judged), (files) =>
    openCache(cache, folder.path, files, network.architecture.input.sampleRate, availableParallelism()),
  );
  const { name, accuracy, balancedAccuracy } = baseline;
  say(`Without a network (${name}): accuracy ${percent(accuracy)}, balanced ${percent(balancedAccuracy)}.`);
  const trained = folder.recordings.filter((recording) => recording.split === 'train');
  return cardOf({
    recipe,
    architecture: network.architecture,
    record,
    test,
    ...('folds' in judged ? {} : await harderOf(network, recipe, folder, test.split)),
    ...(validation ? { validation: evaluate(validation, folder, 'validation', recipe) } : {}),
    baseline,
    milliseconds: await timeNetwork(network, judged.recordings, await loadKernels()),
    judged,
    wordsHeard: new Set(trained.map((recording) => recording.word)),
    ...(warning ? { warning } : {}),
    weightsFile: readFileSync(join(modelDir, 'weights.safetensors')),
  });
}

function readRecord(folder: string, name: string): TrainingRecord {
  const file = join(folder, 'history.json');
  if (!existsSync(file)) {
    throw new KuuloError(`A card needs the history of the training, ${file}. Train first: npm run train -- ${name}`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The figures for people. */
function describe(evaluation: Evaluation): string {
  const { n, groups, skipped, accuracy, interval, accuracy8, interval8, balancedAccuracy, calibration } = evaluation;
  const lines = [
    `${n} clips of the split ${evaluation.split}${groups ? `, ${groups.n} ${groups.name}` : ''}${skipped ? `; ${skipped} could not be read` : ''}`,
    `accuracy            ${percent(accuracy)}  (95 %: ${percent(interval.low)} to ${percent(interval.high)}, ${interval.method})`,
  ];
  if (Number.isFinite(accuracy8)) {
    lines.push(
      `of the words alone  ${percent(accuracy8)}  (95 %: ${percent(interval8.low)} to ${percent(interval8.high)})`,
    );
  }
  if (evaluation.tiles) {
    const { n: tiles, accuracy: own, interval: sure } = evaluation.tiles;
    lines.push(`of ${tiles} tiles alone  ${percent(own)}  (95 %: ${percent(sure.low)} to ${percent(sure.high)})`);
  }
  lines.push(
    `balanced accuracy   ${percent(balancedAccuracy)}`,
    `calibration error   ${percent(calibration.expectedError)}`,
    '',
    ...confusionTable(evaluation),
    ...partsTable('source', evaluation.sources),
    ...partsTable('fold', evaluation.folds),
  );
  return `${lines.join('\n')}\n`;
}

function partsTable(what: string, parts: Evaluation['sources']): string[] {
  if (!parts) return [];
  const rows = Object.entries(parts).map(
    ([name, { n, accuracy, balancedAccuracy }]) =>
      `${name.padEnd(20)}${String(n).padStart(8)}${percent(accuracy).padStart(10)}${percent(balancedAccuracy).padStart(10)}`,
  );
  return ['', `${what.padEnd(20)}${'clips'.padStart(8)}${'accuracy'.padStart(10)}${'balanced'.padStart(10)}`, ...rows];
}

function confusionTable({ confusion, recall }: Evaluation): string[] {
  const rows = Object.entries(confusion);
  const columns = Object.keys(rows[0]?.[1] ?? {});
  const cell = (text: string | number): string => String(text).padStart(8);
  return [
    `${'spoken \\ named'.padEnd(14)}${columns.map(cell).join('')}${cell('recall')}`,
    ...rows.map(
      ([name, counts]) =>
        `${name.padEnd(14)}${columns.map((k) => cell(counts[k])).join('')}${cell(percent(recall[name]))}`,
    ),
  ];
}
