import { formatNumber } from '@/components/plots/format';
import { sixDigits } from '@/components/plots/sums/digits';
import { decimalsOf } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import type { Explanation } from '@/lib/layers/explanation';
import { type Account, lit } from '../cursor.ts';
import { cellInSource } from '../entries.ts';
import { linesAfter } from './after.ts';
import { CellLink } from './Term.tsx';

/** One number made from one number: a power, a logarithm, a standardised value. */
export function Single({ account }: { readonly account: Account }) {
  const { run, entry, steps } = account;
  const [explanation] = steps;
  const [term] = explanation.terms;
  const place = cellInSource(run.info.stages, entry, term.from);
  const { formula, filled, named } = spelled(explanation);
  const after = linesAfter(steps, entry.types, 'result');
  return (
    <div
      class="single"
      onPointerEnter={() => {
        lit.value = { stage: entry.source, cell: place };
      }}
      onPointerLeave={() => {
        lit.value = undefined;
      }}
    >
      <p class="formula">{formula}</p>
      <p class="formula">
        {filled} ={' '}
        <b class="num" data-result={explanation.result}>
          {sixDigits(explanation.result)}
        </b>
      </p>
      <dl class="names">
        <div>
          <dt>x</dt>
          <dd data-value={term.value}>{sixDigits(term.value)}</dd>
          <dd>
            <CellLink run={run} stage={entry.source} cell={place} />
          </dd>
        </div>
        {named.map(([name, value, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-value={value}>{told(name, value)}</dd>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {steps.length > 1 && (
        <Result
          rows={[{ label: 'value', value: explanation.result }, ...after.rows]}
          decimals={Math.min(8, decimalsOf([explanation.result, after.result]) + 2)}
          label={after.label}
          result={after.result}
        />
      )}
    </div>
  );
}

/** What was measured has six digits; what was set is told as it was set. */
function told(name: string, value: number): string {
  return ['mean', 'variance', 'min', 'max', 'ref', 'shift'].includes(name) ? sixDigits(value) : formatNumber(value);
}

interface Spelled {
  readonly formula: string;
  /** The formula with its numbers. */
  readonly filled: string;
  readonly named: readonly (readonly [string, number, string])[];
}

function spelled({ op, terms, bias = 0, constants = {} }: Explanation): Spelled {
  const x = sixDigits(terms[0].value);
  const c = (name: string) => constants[name] ?? 0;
  const n = (name: string) => told(name, c(name));
  switch (op) {
    case 'power':
      return {
        formula: 'max(x, floor) ^ exponent',
        filled: `max(${x}, ${n('floor')}) ^ ${n('exponent')}`,
        named: [
          ['floor', c('floor'), 'smaller values count as this one'],
          ['exponent', c('exponent'), 'below 1 it lifts what is faint'],
        ],
      };
    case 'log':
      return {
        formula: 'scale · ln(max(x, floor) + offset)',
        filled: `${n('scale')} · ln(max(${x}, ${n('floor')}) + ${n('offset')})`,
        named: [
          ['scale', c('scale'), 'of the logarithm'],
          ['floor', c('floor'), 'smaller values count as this one'],
          ['offset', c('offset'), 'keeps silence finite'],
        ],
      };
    case 'decibels': {
      const limited = 'floor' in constants;
      const level = `${n('factor')} · log₁₀(max(${x}, ${sixDigits(c('amin'))}) / ${n('ref')})`;
      return {
        formula: limited ? 'max(factor · log₁₀(max(x, amin) / ref), floor)' : 'factor · log₁₀(max(x, amin) / ref)',
        filled: limited ? `max(${level}, ${n('floor')})` : level,
        named: [
          ['factor', c('factor'), '10 for powers, 20 for amplitudes'],
          ['amin', c('amin'), 'smaller values count as this one'],
          ['ref', c('ref'), 'what counts as 0 dB'],
          ...(limited ? [['floor', c('floor'), 'the level that fainter cells are raised to'] as const] : []),
        ],
      };
    }
    case 'sum':
      return {
        formula: 'x · scale + shift',
        filled: `${x} · ${sixDigits(terms[0].weight ?? 1)} + ${sixDigits(bias)}`,
        named: [
          ['scale', terms[0].weight ?? 1, 'of this map'],
          ['shift', bias, 'of this map'],
        ],
      };
    case 'standardise':
      return {
        formula: '(x − mean) / √(variance + ε)',
        filled: `(${x} − ${n('mean')}) / √(${n('variance')} + ${n('epsilon')})`,
        named: [
          ['mean', c('mean'), 'of all cells of the picture before'],
          ['variance', c('variance'), 'the mean square of their distances from it'],
          ['ε', c('epsilon'), 'keeps a picture without any spread finite'],
        ],
      };
    case 'scale':
      return {
        formula: '(x − min) / max(max − min, ε)',
        filled: `(${x} − ${n('min')}) / max(${n('max')} − ${n('min')}, ${n('epsilon')})`,
        named: [
          ['min', c('min'), 'the least value'],
          ['max', c('max'), 'the greatest value'],
          ['ε', c('epsilon'), 'keeps a picture without any spread finite'],
        ],
      };
    case 'relu':
      return { formula: 'max(0, x)', filled: `max(0, ${x})`, named: [] };
    default:
      return { formula: 'x', filled: x, named: [] };
  }
}
