/** Which recordings of a folder a run trains on, and which it is judged by. */
import { KuuloError } from '../src/lib/errors.ts';
import { createRandom, mixSeed, shuffle } from '../src/lib/random.ts';
import { ordinarySplits, type RunRecordings } from './clips.ts';
import { type Folder, type Recording, recordingsOf } from './data.ts';

/** What may be asked for instead of the split `train`, chosen by the split `validation`. */
export interface Wanted {
  /** Training includes the recordings that would choose the weights: those of the last epoch are kept. */
  readonly includeValidation: boolean;
  /** Training on every split, the test too: for a model whose figures come from a cross-validation. */
  readonly everything: boolean;
}

/** The recordings of a run, and in words which splits it trains on. */
export interface Selected extends RunRecordings {
  readonly trainedOn: string;
}

/** Recordings of this split are used by nobody. */
const UNUSED = 'unused';

export function selectRecordings(folder: Folder, { includeValidation, everything }: Wanted): Selected {
  if (everything) {
    const training = folder.recordings.filter(({ split }) => split !== UNUSED);
    return { training, judged: [], trainedOn: listed(new Set(training.map(({ split }) => split))) };
  }
  if (!includeValidation) return { ...ordinarySplits(folder), trainedOn: 'train' };
  const training = [...recordingsOf(folder, 'train'), ...recordingsOf(folder, 'validation')];
  return { training, judged: [], trainedOn: 'train and validation' };
}

/**
 * A share of each class's recordings, drawn at random, is judged and chooses the weights, and the rest is trained on,
 * whoever speaks in them: the split of scikit-learn's train_test_split with `stratify`, though not its numbers.
 */
export function selectRandomly({ recordings }: Folder, share: number, seed: number): Selected {
  const judged: Recording[] = [];
  const training: Recording[] = [];
  const usable = recordings.filter(({ split }) => split !== UNUSED);
  for (const [label, name] of [...new Set(usable.map((recording) => recording.class))].sort().entries()) {
    const own = usable.filter((recording) => recording.class === name);
    shuffle(own, createRandom(mixSeed(seed, label)));
    const count = Math.round(share * own.length);
    judged.push(...own.slice(0, count));
    training.push(...own.slice(count));
  }
  return { training, judged, trainedOn: 'a random part of each class' };
}

/** Splits in words, those that are usual first: "train, validation and test". */
function listed(splits: ReadonlySet<string>): string {
  const usual = ['train', 'validation', 'test'];
  const others = [...splits].filter((split) => !usual.includes(split)).sort();
  const names = [...usual.filter((split) => splits.has(split)), ...others];
  return [names.slice(0, -1).join(', '), names[names.length - 1]].filter(Boolean).join(' and ');
}

/** The folds of a folder. Throws KuuloError if it has fewer than two, or three where one has to choose the weights. */
export function foldsOf(folder: Folder, least = 3): string[] {
  const folds = [...new Set(folder.recordings.map(({ fold }) => fold))].filter(Boolean).sort();
  if (folds.length >= least) return folds;
  throw new KuuloError(
    `The folder ${folder.path} has ${folds.length} folds in the column "fold" of its recordings, but a cross-validation needs ${least} or more.`,
  );
}

/** The recordings that a fold's model is judged by at the end. */
export function heldOut({ recordings }: Folder, fold: string): Recording[] {
  return recordings.filter((recording) => recording.fold === fold && recording.split !== UNUSED);
}

/**
 * The recordings of a fold's run: the next fold chooses the weights, unless the validation is included; the others are
 * trained on, without those of a source that lies in a judged fold too.
 */
export function selectFold(
  folder: Folder,
  fold: string,
  { includeValidation }: Pick<Wanted, 'includeValidation'>,
): Selected {
  const folds = foldsOf(folder, includeValidation ? 2 : 3);
  const next = folds[(folds.indexOf(fold) + 1) % folds.length];
  const judged = includeValidation ? [] : heldOut(folder, next);
  const away = new Set([fold, ...(includeValidation ? [] : [next])]);
  const sources = new Set(
    folder.recordings
      .filter((recording) => away.has(recording.fold))
      .map(({ group }) => group)
      .filter(Boolean),
  );
  const training = folder.recordings.filter(
    (recording) =>
      recording.fold && !away.has(recording.fold) && recording.split !== UNUSED && !sources.has(recording.group),
  );
  const names = folds.filter((name) => !away.has(name));
  return { training, judged, trainedOn: `folds ${names.join(', ')}` };
}
