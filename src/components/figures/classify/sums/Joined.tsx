import { useMemo } from 'preact/hooks';
import { sixDigits } from '@/components/plots/sums/digits';
import { decimalsOf } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import { type Account, lit } from '../cursor.ts';
import { linesAfter } from './after.ts';
import { CellLink } from './Term.tsx';
import { termsOf } from './terms.ts';

/** The end of a residual block: what it computed, and what went around it. */
export function Joined({ account }: { readonly account: Account }) {
  const { run, entry, steps } = account;
  const parts = useMemo(() => termsOf(steps[0], run.info.stages, entry), [steps, run, entry]);
  const after = linesAfter(steps, entry.types);
  const values = parts.map(({ value }) => value);
  return (
    <div class="sum-row">
      <dl class="names">
        {parts.map((part) => (
          <div
            key={part.index}
            onPointerEnter={() => {
              lit.value = { stage: part.stage, cell: part.place };
            }}
            onPointerLeave={() => {
              lit.value = undefined;
            }}
            onFocusCapture={() => {
              lit.value = { stage: part.stage, cell: part.place };
            }}
          >
            <dt>{part.index === 0 ? 'through the block' : 'around it'}</dt>
            <dd data-value={part.value}>{sixDigits(part.value)}</dd>
            <dd>
              <CellLink run={run} stage={part.stage} cell={part.place} />
            </dd>
          </div>
        ))}
      </dl>
      <Result
        rows={[{ label: 'sum', value: steps[0].result }, ...after.rows]}
        decimals={Math.min(8, decimalsOf(values) + 2)}
        label={after.label}
        result={after.result}
      />
    </div>
  );
}
