/** From a model's answers to what the card and `npm run evaluate` say of them. */
import type { Evaluation } from '../model/card.ts';
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
}

/** Measures the answers; classes without a clip are left out. */
export function evaluationOf({ split, answers, groups, groupName, skipped, notWords }: Judged): Evaluation {
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
  };
}
