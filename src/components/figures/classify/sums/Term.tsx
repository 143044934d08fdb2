import { sixDigits } from '@/components/plots/sums/digits';
import type { Part } from '@/components/plots/sums/parts';
import type { Cell } from '@/lib/tensor';
import { entries, follow } from '../cursor.ts';
import { type Entry, entryShowing } from '../entries.ts';
import type { Run } from '../judge.ts';
import { writeAddress } from '../place.ts';
import { nameOf } from '../wording.ts';

interface LinkProps {
  readonly run: Run;
  /** The stage whose output the cell stands in; −1 for the clip. */
  readonly stage: number;
  readonly cell: Cell;
}

/** A cell of an earlier stage, by name; leads there. */
export function CellLink({ run, stage, cell }: LinkProps) {
  const entry = entryShowing(entries.value, stage);
  if (!entry) return null;
  return (
    <a
      class="cell-link"
      href={writeAddress({ stage: entry.key, cell })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        follow(entry, cell);
      }}
    >
      {nameOf(entry, cell, run.info)}
    </a>
  );
}

interface TermProps {
  readonly run: Run;
  readonly entry: Entry;
  readonly part: (Part & { readonly stage?: number }) | undefined;
  /** Without weights there is no product to tell. */
  readonly weighed?: boolean;
}

/** The term that is pointed at, in full: "2.38421 × 0.204113 = 0.486649, from Normalised [10, 8]". */
export function TermText({ run, entry, part, weighed = true }: TermProps) {
  return (
    <p class="term">
      {part ? (
        <>
          <span class="num">
            {sixDigits(part.value)}
            {weighed && ` × ${sixDigits(part.weight)} = ${sixDigits(part.product)}`}
          </span>
          , from <CellLink run={run} stage={part.stage ?? entry.source} cell={part.place} />
        </>
      ) : (
        'Point at a term to see it in full, and where it comes from.'
      )}
    </p>
  );
}
