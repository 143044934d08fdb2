/** The models of a cross-validation, each judged on the fold that was held out, and their answers put together. */

import type { Kernels } from '../src/lib/kernels/kernels.ts';
import type { PartFigures } from '../src/lib/model/card.ts';
import type { Network } from '../src/lib/model/network.ts';
import { type Answers, measure } from '../src/lib/train/metrics.ts';
import type { Folder } from './data.ts';
import { type JudgedSplit, judgeRecordings } from './judge.ts';
import { foldFolder, readModel } from './model-files.ts';
import { foldsOf, heldOut } from './selection.ts';

export interface JudgedFolds extends JudgedSplit {
  readonly folds: Readonly<Record<string, PartFigures>>;
}

/** @throws KuuloError if the folder has no folds, or a fold's model is not trained */
export async function judgeFolds(
  name: string,
  run: string,
  folder: Folder,
  load: () => Promise<Kernels>,
): Promise<JudgedFolds> {
  const folds = foldsOf(folder, 2);
  const networks: Network[] = [];
  for (const fold of folds)
    networks.push(await readModel(name, foldFolder(run, fold), `npm run train -- ${name} --folds`));
  const judged: JudgedSplit[] = [];
  for (const [i, fold] of folds.entries()) {
    judged.push(await judgeRecordings(networks[i], heldOut(folder, fold), folder, `fold ${fold}`, await load()));
  }
  const figures = judged.map(({ answers }): PartFigures => {
    const { n, accuracy, balancedAccuracy } = measure(answers);
    return { n, accuracy, balancedAccuracy };
  });
  return { ...joined(judged), folds: Object.fromEntries(folds.map((fold, i) => [fold, figures[i]])) };
}

function joined(parts: readonly JudgedSplit[]): JudgedSplit {
  const recordings = parts.flatMap((part) => part.recordings);
  const answers = joinedAnswers(parts.map((part) => part.answers));
  const skipped = parts.reduce((sum, part) => sum + part.skipped, 0);
  const tiles = parts.flatMap((part) => part.tiles ?? []);
  if (tiles.length === 0) return { answers, recordings, skipped };
  let before = 0;
  const numbers = parts.flatMap((part) => {
    const shifted = part.tiles?.recordings.map((number) => number + before) ?? [];
    before += part.recordings.length;
    return shifted;
  });
  return {
    answers,
    recordings,
    skipped,
    tiles: { answers: joinedAnswers(tiles.map((t) => t.answers)), recordings: numbers },
  };
}

function joinedAnswers(parts: readonly Answers[]): Answers {
  const [{ classes }] = parts;
  const probabilities = Float32Array.from(parts.flatMap((part) => Array.from(part.probabilities)));
  return { classes, truth: parts.flatMap((part) => Array.from(part.truth)), probabilities };
}
