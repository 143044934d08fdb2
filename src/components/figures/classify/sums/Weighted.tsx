import { useEffect, useMemo, useState } from 'preact/hooks';
import { Channels } from '@/components/plots/sums/Channels';
import { Grids } from '@/components/plots/sums/Grids';
import { byChannel, decimalsOf, type Part, sumOf } from '@/components/plots/sums/parts';
import { Result, type Row } from '@/components/plots/sums/Result';
import { type Account, entries, lit } from '../cursor.ts';
import { entryShowing } from '../entries.ts';
import { linesAfter } from './after.ts';
import { TermText } from './Term.tsx';
import { termsOf } from './terms.ts';

/** A weighted sum over a box of cells: a convolution, map by map, or a resized cell. */
export function Weighted({ account }: { readonly account: Account }) {
  const { run, entry, steps } = account;
  const [explanation] = steps;
  const after = linesAfter(steps, entry.types);
  const parts = useMemo(() => termsOf(explanation, run.info.stages, entry), [explanation, run, entry]);
  const channels = useMemo(() => byChannel(parts), [parts]);
  const [channel, setChannel] = useState<number>();
  const [chosen, setChosen] = useState<Part>();
  useEffect(() => {
    setChosen(undefined);
  }, [parts]);

  const strongest = channels.reduce((best, one) => (Math.abs(one.sum) > Math.abs(best.sum) ? one : best));
  const shown = channels.find((one) => one.channel === channel) ?? strongest;
  const source = entryShowing(entries.value, entry.source)?.title ?? 'input';
  const isSpread = entry.types[0] === 'resize';
  const sum = sumOf(parts);
  const several = channels.length > 1;
  const rows: Row[] = [
    ...(several
      ? [
          { label: `map ${shown.channel}`, value: shown.sum },
          { label: `${channels.length - 1} other maps`, value: sum - shown.sum },
        ]
      : []),
    { label: 'sum', value: sum },
    ...(explanation.bias === undefined ? [] : [{ label: '+ bias', value: explanation.bias }]),
    ...after.rows,
  ];
  const decimals = Math.min(8, decimalsOf([sum, ...parts.map(({ product }) => product)]) + 1);
  const inputs = `${source} cells${several ? ` of map ${shown.channel}` : ''}`;
  return (
    <>
      {several && <Channels channels={channels} shown={shown.channel} source={source} onChoose={setChannel} />}
      <div class="sum-row">
        <Grids
          parts={shown.parts}
          captions={[inputs, isSpread ? 'share of each' : 'weights', 'products']}
          chosen={chosen && shown.parts.includes(chosen) ? chosen : undefined}
          onChoose={setChosen}
          onPoint={(part) => {
            lit.value = part && { stage: entry.source, cell: part.place };
          }}
        />
        <Result rows={rows} decimals={decimals} label={after.label} result={after.result} />
      </div>
      <TermText run={run} entry={entry} part={chosen} />
    </>
  );
}
