import type { Explanation } from '@/lib/layers/explanation';
import { type Account, lit } from '../cursor.ts';
import { Bin } from './Bin.tsx';
import { Gates } from './Gates.tsx';
import { Joined } from './Joined.tsx';
import { Largest } from './Largest.tsx';
import { Ranked } from './Ranked.tsx';
import { Sample } from './Sample.tsx';
import { Shares } from './Shares.tsx';
import { Single } from './Single.tsx';
import { Weighted } from './Weighted.tsx';

/** The exact arithmetic of the cell on the desk. */
export function Sum({ account }: { readonly account: Account }) {
  return (
    <section
      class="sum"
      aria-label="The arithmetic of this cell"
      onFocusOut={() => {
        lit.value = undefined;
      }}
    >
      <Steps account={account} />
      {account.steps.length > 0 && (
        <p class="rounded">Numbers are rounded where they are printed; the sums are made of the unrounded ones.</p>
      )}
    </section>
  );
}

/** The longest side of a box of terms that is shown as a grid. */
const longest = 12;

function Steps({ account }: { readonly account: Account }) {
  const { steps, entry, run } = account;
  const [first, last = first] = [steps[0], steps[steps.length - 1]];
  if (!first) return <Sample account={account} />;
  if (first.terms.length === 0) return <p class="formula">It reads no part of the sound: {first.result}</p>;
  switch (first.op) {
    case 'magnitude':
      return <Bin account={account} />;
    case 'max':
      return <Largest account={account} />;
    case 'mean':
      return <Ranked account={account} />;
    case 'lstm':
      return <Gates account={account} />;
    case 'sum': {
      if (last.op === 'softmax') return <Shares account={account} />;
      if (entry.skip !== undefined) return <Joined account={account} />;
      if (first.terms.length === 1) return <Single account={account} />;
      const isPicture = run.info.stages[entry.steps[0]].inputShape.length === 3;
      return isPicture && isCompact(first) ? <Weighted account={account} /> : <Ranked account={account} />;
    }
    default:
      return <Single account={account} />;
  }
}

/** Whether the terms lie in a box of cells that a grid can show. */
function isCompact({ terms }: Explanation): boolean {
  return [0, 1].every((axis) => {
    const places = terms.map(({ from }) => from[axis]);
    return Math.max(...places) - Math.min(...places) < longest;
  });
}
