/** How well a model answers: from the true classes and its probabilities to accuracy, recall and confusion. */
import type { Confused } from '../model/card.ts';

export interface Answers {
  readonly classes: readonly string[];
  /** The true class of each clip. */
  readonly truth: ArrayLike<number>;
  /** The model's probabilities, row-major [clips, classes]. */
  readonly probabilities: Float32Array;
}

export interface Metrics {
  /** The number of clips. */
  readonly n: number;
  /** The mean of −ln(probability of the true class). */
  readonly loss: number;
  /** The share of clips whose most probable class is the true one. */
  readonly accuracy: number;
  /** The mean of the recalls of the classes that occur. */
  readonly balancedAccuracy: number;
  /** For each class the share of its clips that were named so; absent for a class without clips. */
  readonly recall: readonly (number | undefined)[];
  /** confusion[true class][named class]: clips. */
  readonly confusion: readonly (readonly number[])[];
}

/** The index of the largest of `count` numbers from `start`; the first of equals. */
export function indexOfLargest(numbers: ArrayLike<number>, start = 0, count = numbers.length): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (numbers[start + k] > numbers[start + best]) best = k;
  return best;
}

/** The class that each clip was given. */
export function namedClasses({ classes, truth, probabilities }: Answers): number[] {
  return Array.from(truth, (_, row) => indexOfLargest(probabilities, row * classes.length, classes.length));
}

export function measure(answers: Answers): Metrics {
  const { classes, truth, probabilities } = answers;
  const confusion = classes.map(() => classes.map(() => 0));
  let loss = 0;
  for (const [row, named] of namedClasses(answers).entries()) {
    confusion[truth[row]][named]++;
    loss -= Math.log(Math.max(probabilities[row * classes.length + truth[row]], 1e-12));
  }
  const recall = confusion.map((row, k) => {
    const clips = sum(row);
    return clips > 0 ? row[k] / clips : undefined;
  });
  const known = recall.filter((share) => share !== undefined);
  const n = truth.length;
  return {
    n,
    loss: n > 0 ? loss / n : Number.NaN,
    accuracy: accuracyOf(confusion, classes.keys()),
    balancedAccuracy: known.length > 0 ? sum(known) / known.length : Number.NaN,
    recall,
    confusion,
  };
}

/** The share of the clips of some classes that were named right, whatever the wrong answers were. */
export function accuracyOf(confusion: Metrics['confusion'], subset: Iterable<number>): number {
  let right = 0;
  let clips = 0;
  for (const k of subset) {
    right += confusion[k][k];
    clips += sum(confusion[k]);
  }
  return clips > 0 ? right / clips : Number.NaN;
}

/** The `most` pairs of classes with the largest shares of wrong answers. */
export function mostConfused(classes: readonly string[], confusion: Metrics['confusion'], most: number): Confused[] {
  const pairs = confusion.flatMap((row, t) =>
    row.flatMap((count, k) =>
      k !== t && count > 0 ? [{ truth: classes[t], named: classes[k], count, share: count / sum(row) }] : [],
    ),
  );
  return pairs.sort((a, b) => b.share - a.share || b.count - a.count).slice(0, most);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
