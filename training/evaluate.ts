/** `npm run evaluate -- NAME`: measures a trained model on a split of a folder of recordings, and writes its card. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { KuuloError } from '../src/lib/errors.ts';
import type { Evaluation, TrainingRecord } from '../src/lib/model/card.ts';
import type { Network } from '../src/lib/model/network.ts';
import { evaluationOf } from '../src/lib/train/evaluation.ts';
import { notWords, type Recipe } from '../src/lib/train/recipe.ts';
import { cardOf } from './card.ts';
import { writeAtomically } from './checkpoint.ts';
import { percent, readArguments, runCommand, say, UsageError } from './command.ts';
import { type Folder, readFolder } from './data.ts';
import { type JudgedSplit, judgeSplit } from './judge.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { modelFolder, readModel, runFolder } from './model-files.ts';
import { projectFolder } from './paths.ts';
import { recipeOf } from './recipes/index.ts';

const USAGE = `Usage: npm run evaluate -- NAME --data DIR --split NAME [options]
  --data DIR       folder of recordings, with an index.csv or in the layout of Speech Commands
  --split NAME     which of its recordings: test, validation, train, …
  --json           the figures as JSON on standard output
  --model-dir DIR  the model's folder (default: public/models/NAME)
  --card           write the model's card.json: the split and validation, with the training's history
  --run DIR        the run whose history the card holds (default: runs/NAME)

A recording longer than one second is judged by its loudest second, a shorter one in the middle of zeros.`;

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      data: { type: 'string' },
      split: { type: 'string' },
      json: { type: 'boolean', default: false },
      'model-dir': { type: 'string' },
      card: { type: 'boolean', default: false },
      run: { type: 'string' },
    },
    USAGE,
  );
  if (positionals.length !== 1 || !values.data || !values.split) throw new UsageError(USAGE);
  const name = positionals[0];
  const recipe = recipeOf(name);
  const modelDir = values['model-dir'] ?? modelFolder(name);
  const network = await readModel(name, modelDir);
  const { architecture } = network;
  const folder = readFolder(values.data, { ...classesOf(recipe), classes: architecture.classes });
  if (folder.strangers.length > 0) {
    const names = folder.strangers.map((stranger) => `"${stranger}"`).join(', ');
    const fate = recipe.unknown ? `count as ${recipe.unknown}` : 'are left out';
    say(`The model has no class ${names}: such recordings ${fate}.`);
  }
  const judged = await judgeSplit(network, folder, values.split, await loadKernels(say));
  const evaluation = evaluate(judged, folder, values.split, recipe);
  if (values.card) {
    const record = readRecord(values.run ?? runFolder(name), name);
    const card = await makeCard(network, recipe, record, folder, judged, evaluation, modelDir);
    writeAtomically(join(modelDir, 'card.json'), `${JSON.stringify(card, null, 1)}\n`);
    say(`Wrote ${relative(projectFolder, join(modelDir, 'card.json'))}.`);
  }
  process.stdout.write(values.json ? `${JSON.stringify(evaluation)}\n` : describe(evaluation));
});

function evaluate(judged: JudgedSplit, folder: Folder, split: string, recipe: Recipe): Evaluation {
  return evaluationOf({
    split,
    answers: judged.answers,
    ...(judged.tiles ? { tiles: judged.tiles } : {}),
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
  judged: JudgedSplit,
  test: Evaluation,
  modelDir: string,
) {
  const validation = await judgeSplit(network, folder, 'validation', await loadKernels());
  const trained = folder.recordings.filter((recording) => recording.split === 'train');
  return cardOf({
    recipe,
    architecture: network.architecture,
    record,
    test,
    validation: evaluate(validation, folder, 'validation', recipe),
    judged,
    wordsHeard: new Set(trained.map((recording) => recording.word)),
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
  lines.push(
    `balanced accuracy   ${percent(balancedAccuracy)}`,
    `calibration error   ${percent(calibration.expectedError)}`,
    '',
    ...confusionTable(evaluation),
  );
  return `${lines.join('\n')}\n`;
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
