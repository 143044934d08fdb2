import { type Account, lit } from '../cursor.ts';
import { Bin } from './Bin.tsx';
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

function Steps({ account }: { readonly account: Account }) {
  const { steps, entry, run } = account;
  const [first, last = first] = steps;
  if (!first) return <Sample account={account} />;
  switch (first.op) {
    case 'magnitude':
      return <Bin account={account} />;
    case 'max':
      return <Largest account={account} />;
    case 'sum': {
      if (last.op === 'softmax') return <Shares account={account} />;
      const isPicture = run.info.stages[entry.steps[0]].inputShape.length === 3;
      if (isPicture) return <Weighted account={account} />;
      return <Ranked account={account} label={last === first ? 'value' : 'ReLU'} result={last.result} />;
    }
    default:
      return <Single account={account} />;
  }
}
