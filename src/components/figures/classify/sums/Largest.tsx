import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import { Grids } from '@/components/plots/sums/Grids';
import { decimalsOf, type Part } from '@/components/plots/sums/parts';
import { type Account, entries, lit } from '../cursor.ts';
import { entryShowing } from '../entries.ts';
import { TermText } from './Term.tsx';
import { termsOf } from './terms.ts';

/** Pooling: of the cells of a tile the largest is kept. */
export function Largest({ account }: { readonly account: Account }) {
  const { run, entry, steps } = account;
  const [{ result, ...explanation }] = steps;
  const parts = useMemo(() => termsOf({ ...explanation, result }, run.info.stages, entry), [steps, run, entry]);
  const [chosen, setChosen] = useState<Part>();
  useEffect(() => setChosen(undefined), [parts]);
  const winner = parts.find(({ value }) => value === result);
  const source = entryShowing(entries.value, entry.source)?.title ?? 'input';
  return (
    <>
      <div class="sum-row">
        <Grids
          parts={parts}
          captions={[`${parts.length} cells of ${source}`]}
          {...(winner ? { winner: winner.index } : {})}
          chosen={chosen}
          onChoose={setChosen}
          onPoint={(part) => {
            lit.value = part?.place;
          }}
        />
        <dl class="res">
          <div class="tot">
            <dt>the largest</dt>
            <dd class="num" data-result={result}>
              {formatNumber(result, { decimals: Math.min(8, decimalsOf(parts.map(({ value }) => value)) + 1) })}
            </dd>
          </div>
        </dl>
      </div>
      <TermText run={run} entry={entry} part={chosen ?? winner} weighed={false} />
    </>
  );
}
