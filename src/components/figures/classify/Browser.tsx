import { useEffect, useRef } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import type { ChapterLinks } from '../chapter-links.ts';
import { account, cell, entries, entry } from './cursor.ts';
import { Desk } from './Desk.tsx';
import { run } from './judge.ts';
import { readAddress } from './place.ts';
import { Rail } from './Rail.tsx';

/** Every tensor between the sound and the answer, open to the last number. */
export function Browser({ chapters }: { readonly chapters: ChapterLinks }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (readAddress(location.hash)) section.current?.scrollIntoView();
  }, []);
  const now = run.value;
  return (
    <>
      <section class="browser wide" ref={section} aria-label="Every number between sound and answer">
        <Rail entries={entries.value} current={entry.value} run={now} />
        {entry.value && (
          <Desk entry={entry.value} cell={cell.value} run={now} account={account.value} chapters={chapters} />
        )}
      </section>
      <p class="computed wide">
        {!now && entries.value.length === 0 && 'Its stages stand here as soon as it has been fetched.'}
        {now && (
          <>
            Computed by {now.info.kernels} in {formatNumber(now.trace.milliseconds, { significant: 2, unit: 'ms' })}, on
            this device. {now.info.kernelsNote}
          </>
        )}
      </p>
    </>
  );
}
