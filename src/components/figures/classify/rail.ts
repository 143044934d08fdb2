/** The items of the rail. */
import type { Entry } from './entries.ts';

interface Item {
  readonly entry: Entry;
  readonly title: string;
  /** Within a block that is open. */
  readonly inner: boolean;
}

/**
 * What the rail shows: of a residual block its last entry alone, which opens it; of the block that is open all. So a
 * network of forty stages stays short enough to be looked through.
 */
export function railOf(entries: readonly Entry[], current: Entry | undefined): readonly Item[] {
  return entries.flatMap((entry, place): Item[] => {
    const { block, title } = entry;
    if (block === undefined) return [{ entry, title, inner: false }];
    if (block === current?.block) return [{ entry, title, inner: true }];
    const isLast = entries[place + 1]?.block !== block;
    return isLast ? [{ entry, title: block, inner: false }] : [];
  });
}
