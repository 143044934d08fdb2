/** What the gates of an LSTM do in one step, from its explanation. */
import type { Explanation } from '@/lib/layers/explanation';

interface Gate {
  /** As the formula calls it. */
  readonly sign: string;
  readonly name: string;
  /** The weighted sum of the step's input. */
  readonly fromInput: number;
  /** What the bias and the state of the step before add. */
  readonly added: number;
  /** After σ or tanh. */
  readonly open: number;
}

const names = [
  ['i', 'input', 'takes in'],
  ['f', 'forget', 'keeps'],
  ['g', 'candidate', 'what may be taken in'],
  ['o', 'output', 'shows'],
] as const;

/** Input, forget, candidate and output, in this order. */
export function gatesOf({ terms, constants = {} }: Explanation): readonly Gate[] {
  const share = terms.length / 4;
  return names.map(([sign, constant, name], quarter) => {
    const own = terms.slice(quarter * share, (quarter + 1) * share);
    const fromInput = own.reduce((sum, { value, weight = 1 }) => sum + value * weight, 0);
    const added = constants[constant] ?? 0;
    const z = fromInput + added;
    return { sign, name, fromInput, added, open: sign === 'g' ? Math.tanh(z) : 1 / (1 + Math.exp(-z)) };
  });
}
