import { isLit } from '@/components/chapter/lit';
import type { Explanation } from '@/lib/layers/explanation';
import { numeral } from './numeral.ts';

interface TermProps {
  /** Its symbol in Formula 6.1 or 6.2. */
  readonly symbol: string;
  readonly value: number;
}

/** The formulas that the terms belong to. */
const formulas: Readonly<Record<string, string>> = { standardise: '6.1', scale: '6.2' };

/** The engine's own arithmetic of a cell, with its numbers. */
export function Arithmetic({ explanation }: { readonly explanation: Explanation }) {
  const { op, terms, constants = {}, result } = explanation;
  const formula = formulas[op];
  const Term = ({ symbol, value }: TermProps) => (
    <span class={isLit(formula, symbol) ? 'n-term lit' : 'n-term'} data-term={symbol} data-value={value}>
      {numeral(value)}
    </span>
  );
  const [{ value: x }] = terms;
  const { mean, variance, min, max, epsilon } = constants;
  return (
    <p class="n-sum num" data-op={op} data-cell={terms[0].from.join()}>
      {op === 'standardise' ? (
        <>
          (<Term symbol="x" value={x} /> − <Term symbol="m" value={mean} />) / √(
          <Term symbol="v" value={variance} /> + <Term symbol="e" value={epsilon} />)
        </>
      ) : (
        <>
          (<Term symbol="x" value={x} /> − <Term symbol="a" value={min} />) / max(
          <Term symbol="b" value={max} /> − <Term symbol="a" value={min} />, <Term symbol="e" value={epsilon} />)
        </>
      )}{' '}
      ={' '}
      <b>
        <Term symbol="y" value={result} />
      </b>
    </p>
  );
}
