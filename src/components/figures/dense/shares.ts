/** Softmax as the layer's own explanation has it, cell by cell. */
import { formatProbability, noBreakSpace } from '@/components/plots/format';
import { softmaxKind } from '@/lib/layers/softmax';
import { tensor } from '@/lib/tensor';

const softmax = softmaxKind.create({});

/** The shares of logits that are divided by a temperature first. */
export function sharesOf(logits: ArrayLike<number>, temperature = 1): number[] {
  const divided = tensor(
    [logits.length],
    Array.from(logits, (logit) => logit / temperature),
  );
  return Array.from({ length: logits.length }, (_, k) => softmax.explain([k], divided).result);
}

/** What a network that ends in ReLU gives a loss that wants shares: what is left above zero, divided by its sum. */
export function reluShares(logits: readonly number[]): number[] {
  const left = logits.map((logit) => Math.max(0, logit));
  const sum = left.reduce((total, value) => total + value, 0);
  return left.map((value) => value / sum);
}

/** A share in per cent for a narrow column: no false certainty at the ends, and in few signs. */
export function formatShare(share: number): string {
  if (share > 0.9995) return `> 99.9${noBreakSpace}%`;
  if (share > 0 && share < 0.0005) return `< 0.1${noBreakSpace}%`;
  return formatProbability(share);
}

/** The indices of the largest values, the largest first. */
export function largest(values: ArrayLike<number>, count: number): number[] {
  return Array.from(values, (_, index) => index)
    .sort((a, b) => values[b] - values[a])
    .slice(0, count);
}
