import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import { fiveDigits } from '@/components/plots/sums/digits';
import { decimalsOf, ranked, sumOf } from '@/components/plots/sums/parts';
import { Result, type Row } from '@/components/plots/sums/Result';
import { type Account, lit } from '../cursor.ts';
import { linesAfter } from './after.ts';
import { CellLink } from './Term.tsx';
import { termsOf } from './terms.ts';

/** Terms on a page. */
const size = 10;

interface Props {
  readonly account: Account;
  /** What the sum is called where it is not the whole of the entry: "logit" before a softmax. */
  readonly label?: string;
}

/** A sum or a mean of very many terms: the strongest first, page by page, and all others as one number. */
export function Ranked({ account, label }: Props) {
  const { run, entry, steps } = account;
  const [explanation] = steps;
  const parts = useMemo(() => ranked(termsOf(explanation, run.info.stages, entry)), [explanation, run, entry]);
  const [page, setPage] = useState(0);
  useEffect(() => setPage(0), [parts]);
  const isMean = explanation.op === 'mean';
  const after = label === undefined ? linesAfter(steps, entry.types, isMean ? 'mean' : 'value') : undefined;
  const first = page * size;
  const shown = parts.slice(first, first + size);
  const total = sumOf(parts);
  const here = sumOf(shown);
  const pages = Math.ceil(parts.length / size);
  const decimals = Math.min(8, decimalsOf([total, ...shown.map(({ product }) => product)]) + 1);
  const count = (value: number) => formatNumber(value, { decimals: 0 });
  const rows: Row[] = [
    { label: `these ${shown.length}`, value: here },
    ...(parts.length > shown.length
      ? [{ label: `the ${count(parts.length - shown.length)} others`, value: total - here }]
      : []),
    { label: 'sum', value: total },
    ...(explanation.bias === undefined ? [] : [{ label: '+ bias', value: explanation.bias }]),
    ...(isMean ? [{ label: `÷ ${count(parts.length)}`, value: total / parts.length }] : []),
    ...(after?.rows ?? []),
  ];
  return (
    <div class="ranked">
      <div class="ranked-list">
        <table>
          <thead>
            <tr>
              <th class="n">rank</th>
              <th>input</th>
              <th class="n">value</th>
              {!isMean && (
                <>
                  <th class="n">× weight</th>
                  <th class="n">= product</th>
                </>
              )}
            </tr>
          </thead>
          <tbody
            onPointerLeave={() => {
              lit.value = undefined;
            }}
          >
            {shown.map((part, row) => (
              <tr
                key={part.index}
                onPointerEnter={() => {
                  lit.value = { stage: part.stage, cell: part.place };
                }}
                onFocusCapture={() => {
                  lit.value = { stage: part.stage, cell: part.place };
                }}
              >
                <td class="n">{count(first + row + 1)}</td>
                <td>
                  <CellLink run={run} stage={part.stage} cell={part.place} />
                </td>
                {isMean ? (
                  <td class="n" data-value={part.value}>
                    {fiveDigits(part.value)}
                  </td>
                ) : (
                  <>
                    <td class="n">{fiveDigits(part.value)}</td>
                    <td class="n">{fiveDigits(part.weight)}</td>
                    <td class="n" data-value={part.product}>
                      {formatNumber(part.product, { decimals })}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="pager">
          <button type="button" class="link" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Stronger
          </button>
          <label>
            page
            <input
              type="number"
              min="1"
              max={pages}
              value={page + 1}
              onChange={({ currentTarget }) => {
                const wanted = Math.round(currentTarget.valueAsNumber);
                if (Number.isFinite(wanted)) setPage(Math.min(Math.max(wanted, 1), pages) - 1);
                currentTarget.value = String(page + 1);
              }}
            />
            of {count(pages)}
          </label>
          <button type="button" class="link" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Weaker
          </button>
        </p>
      </div>
      <Result
        rows={rows}
        decimals={decimals}
        label={label ?? after?.label ?? 'value'}
        result={after?.result ?? explanation.result}
      />
    </div>
  );
}
