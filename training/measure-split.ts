/**
 * `npm run measure:split`: what a random split does to the figures of `digits-mel` and `digits-waveform`. Each is trained
 * once more as the document that it comes from does it: a fifth of all recordings, drawn at random within each digit,
 * chooses the weights and is what they are judged by, and most of its voices are in the other four fifths too. The
 * figures go to content/measured/split.json; those on voices never heard are in the models' cards.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingRecord } from '../src/lib/model/card.ts';
import { writeAtomically } from './checkpoint.ts';
import { readArguments, runCommand, say, UsageError, wholeNumber } from './command.ts';
import { readFolder } from './data.ts';
import { classesOf } from './listing.ts';
import { runFolder } from './model-files.ts';
import { cacheFolder, dataFolder, projectFolder } from './paths.ts';
import { recipeOf } from './recipes/index.ts';
import { isFinished, trainRun } from './run.ts';
import { selectRandomly } from './selection.ts';

const USAGE = `Usage: npm run measure:split -- [options]
  --data DIR   folder of recordings (default: ../shared/data/digits)
  --threads N  default: 2
  --cache DIR  where decoded recordings are kept (default: .cache)

A network whose run is finished, in runs/NAME-random, is not trained again.`;

const NETWORKS = ['digits-mel', 'digits-waveform'];
/** Of the document: test_size=0.2, random_state=777. */
const SHARE = 0.2;
const SEED = 777;

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      data: { type: 'string', default: dataFolder('digits') },
      threads: { type: 'string', default: '2' },
      cache: { type: 'string', default: cacheFolder },
    },
    USAGE,
  );
  const threads = wholeNumber('threads', values.threads, 1);
  if (positionals.length > 0 || threads === undefined) throw new UsageError(USAGE);
  const networks: Record<string, { accuracy: number; balancedAccuracy: number }> = {};
  const folder = readFolder(values.data, classesOf(recipeOf(NETWORKS[0])));
  const selected = selectRandomly(folder, SHARE, SEED);
  for (const name of NETWORKS) {
    const run = runFolder(`${name}-random`);
    const options = { folder: run, cacheFolder: values.cache, threads, resume: false, temperature: 1 };
    if (!isFinished(run)) {
      say(`Training ${name} on ${selected.trainedOn}.`);
      if (!(await trainRun(recipeOf(name), folder, selected, options))) return;
    }
    const { history, bestEpoch }: TrainingRecord = JSON.parse(readFileSync(join(run, 'history.json'), 'utf8'));
    const judged = history[bestEpoch - 1].validation;
    if (judged) networks[name] = { accuracy: judged.accuracy, balancedAccuracy: judged.balancedAccuracy };
  }
  const voices = new Set(selected.training.map(({ group }) => group).filter(Boolean));
  const figures = {
    command: 'npm run measure:split',
    data: recipeOf(NETWORKS[0]).data.name,
    n: selected.judged.length,
    heard: selected.judged.filter(({ group }) => voices.has(group)).length / selected.judged.length,
    networks,
  };
  writeAtomically(join(projectFolder, 'content', 'measured', 'split.json'), `${JSON.stringify(figures, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
});
