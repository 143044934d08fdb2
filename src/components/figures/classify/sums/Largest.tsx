import { useEffect, useMemo, useState } from 'preact/hooks';
import { Grids } from '@/components/plots/sums/Grids';
import { decimalsOf, type Part } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import { type Account, entries, lit } from '../cursor.ts';
import { entryShowing } from '../entries.ts';
import { linesAfter } from './after.ts';
import { TermText } from './Term.tsx';
import { termsOf } from './terms.ts';

/** Pooling: of the cells of a tile the largest is kept. */
export function Largest({ account }: { readonly account: Account }) {
  const { run, entry, steps } = account;
  const [{ result, ...explanation }] = steps;
  const parts = useMemo(() => termsOf({ ...explanation, result }, run.info.stages, entry), [steps, run, entry]);
  const after = linesAfter(steps, entry.types, 'the largest');
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
            lit.value = part && { stage: entry.source, cell: part.place };
          }}
        />
        <Result
          rows={steps.length > 1 ? [{ label: 'the largest', value: result }, ...after.rows] : []}
          decimals={Math.min(8, decimalsOf(parts.map(({ value }) => value)) + 1)}
          label={after.label}
          result={after.result}
        />
      </div>
      <TermText run={run} entry={entry} part={chosen ?? winner} weighed={false} />
    </>
  );
}
