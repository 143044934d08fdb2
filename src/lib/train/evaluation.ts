/** From a model's answers to what the card and `npm run evaluate` say of them. */
import type { Evaluation, PartFigures } from '../model/card.ts';
import { calibrate } from './calibration.ts';
import { accuracyInterval } from './interval.ts';
import { type Answers, accuracyOf, measure, namedClasses } from './metrics.ts';

export interface Judged {
  readonly split: string;
  readonly answers: Answers;
  /** The group of each clip; empty where it is not known. */
  readonly groups: readonly string[];
  /** What a group is, for people: "speakers". */
  readonly groupName: string;
  /** Clips that could not be read. */
  readonly skipped: number;
  /** The classes that are not words: unknown and silence. */
  readonly notWords: readonly string[];
  /** The collection that each clip comes from; empty names, or left out, where it is not known. */
  readonly sources?: readonly string[];
  /** Figures by fold, where each fold was judged by a model of its own. */
  readonly folds?: NonNullable<Evaluation['folds']>;
  /** The answers to the tiles of the clips, where there are several to a clip, and the clip of each. */
  readonly tiles?: { readonly answers: Answers; readonly recordings: readonly number[] };
}

/** Measures the answers; classes without a clip are left out. */
export function evaluationOf(judged: Judged): Evaluation {
  const { split, answers, groups, groupName, skipped, notWords, sources, folds, tiles } = judged;
  const { classes, truth } = answers;
  const { n, loss, accuracy, balancedAccuracy, recall, confusion } = measure(answers);
  const right = namedClasses(answers).map((named, row) => named === truth[row]);
  const words = classes.flatMap((name, k) => (notWords.includes(name) ? [] : [k]));
  const spoken = Array.from(truth, (label) => words.includes(label));
  const known = new Set(groups.filter(Boolean)).size;
  const present = classes.flatMap((name, k) => {
    const share = recall[k];
    return share === undefined ? [] : [{ name, share, row: confusion[k] }];
  });
  return {
    split,
    n,
    ...(known > 0 ? { groups: { name: groupName, n: known } } : {}),
    skipped,
    accuracy,
    interval: accuracyInterval(right, groups, groupName),
    accuracy8: accuracyOf(confusion, words),
    interval8: accuracyInterval(
      right.filter((_, row) => spoken[row]),
      groups.filter((_, row) => spoken[row]),
      groupName,
    ),
    balancedAccuracy,
    recall: Object.fromEntries(present.map(({ name, share }) => [name, share])),
    confusion: Object.fromEntries(
      present.map(({ name, row }) => [name, Object.fromEntries(classes.map((other, k) => [other, row[k]]))]),
    ),
    loss,
    calibration: calibrate(answers),
    ...(sources?.some(Boolean) ? { sources: figuresBySource(answers, sources) } : {}),
    ...(folds ? { folds } : {}),
    ...(tiles ? { tiles: figuresOfTiles(tiles, groups, groupName) } : {}),
  };
}

function figuresOf(answers: Answers): PartFigures {
  const { n, accuracy, balancedAccuracy } = measure(answers);
  return { n, accuracy, balancedAccuracy };
}

function figuresBySource(answers: Answers, sources: readonly string[]): Record<string, PartFigures> {
  const names = [...new Set(sources)].filter(Boolean).sort();
  const rowsOf = (name: string): number[] => sources.flatMap((source, row) => (source === name ? [row] : []));
  return Object.fromEntries(names.map((name) => [name, figuresOf(rowsAt(answers, rowsOf(name)))]));
}

function figuresOfTiles(
  { answers, recordings }: NonNullable<Judged['tiles']>,
  groups: readonly string[],
  groupName: string,
): NonNullable<Evaluation['tiles']> {
  const right = namedClasses(answers).map((named, row) => named === answers.truth[row]);
  // The tiles of a clip without a group belong together all the same.
  const groupOf = (recording: number): string => groups[recording] || `clip ${recording}`;
  return { ...figuresOf(answers), interval: accuracyInterval(right, recordings.map(groupOf), groupName) };
}

/** The answers of some rows. */
function rowsAt({ classes, truth, probabilities }: Answers, rows: readonly number[]): Answers {
  const k = classes.length;
  return {
    classes,
    truth: rows.map((row) => truth[row]),
    probabilities: Float32Array.from(
      { length: rows.length * k },
      (_, i) => probabilities[rows[Math.floor(i / k)] * k + (i % k)],
    ),
  };
}
