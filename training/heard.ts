/** Whether a model has heard, in its training, the clips that it is to be judged by. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelCard, TrainingRecord } from '../src/lib/model/card.ts';
import type { Recording } from './data.ts';

type Trained = Pick<TrainingRecord, 'splits'>;

/**
 * What is known of a model's training: the history beside its weights where its folder is that of a run, else that of the
 * run, else its card. Undefined where there is none of these.
 */
export function trainingOf(modelDir: string, run: string): Trained | undefined {
  for (const file of [join(modelDir, 'history.json'), join(run, 'history.json')]) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as TrainingRecord;
  }
  const card = join(modelDir, 'card.json');
  return existsSync(card) ? (JSON.parse(readFileSync(card, 'utf8')) as ModelCard).training : undefined;
}

/**
 * A sentence that warns where some of the recordings are of a split or a fold that the model was trained on; undefined
 * where none is.
 */
export function warnOfHeard({ splits: [own] }: Trained, recordings: readonly Recording[]): string | undefined {
  if (!own) return undefined;
  const [first, ...others] = own.name.split(/, | and | /);
  const isHeard =
    first === 'folds'
      ? ({ fold }: Recording) => others.includes(fold)
      : ({ split }: Recording) => [first, ...others].includes(split);
  const heard = recordings.filter(isHeard).length;
  if (heard === 0) return undefined;
  const which = heard === recordings.length ? 'these clips' : `${heard} of these ${recordings.length} clips`;
  return `The model was trained on ${own.name}. If those were of this folder, it has heard ${which} before, and its figures say how well it remembers, not how well it names what is new.`;
}
