/** What is done with the number that an entry's first step gives, line by line. */
import { formatNumber } from '@/components/plots/format';
import type { Row } from '@/components/plots/sums/Result';
import type { Explanation } from '@/lib/layers/explanation';

export interface After {
  readonly rows: readonly Row[];
  /** What the last number is called. */
  readonly label: string;
  readonly result: number;
}

/**
 * The lines after the first step: a batch normalisation as a product and a shift, and a ReLU as the name of the result.
 * @param types the kinds of the layers of all steps
 * @param own what the result is called where nothing follows
 */
export function linesAfter(steps: readonly Explanation[], types: readonly string[], own = 'value'): After {
  const rows: Row[] = [];
  for (const [index, { terms, bias }] of steps.entries()) {
    if (index === 0 || types[index] !== 'batch-norm') continue;
    const [{ value, weight = 1 }] = terms;
    rows.push({ label: `× ${formatNumber(weight)} (batch-norm)`, value: value * weight });
    if (bias !== undefined) rows.push({ label: '+ shift', value: bias });
  }
  const { result } = steps[steps.length - 1];
  const label = types.at(-1) === 'relu' ? 'ReLU' : steps.length > 1 ? 'value' : own;
  return { rows, label, result };
}
