import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatDimensions } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { MapStrip } from '@/components/plots/MapStrip';
import type { Cell } from '@/lib/tensor';
import { type ChapterLinks, chapterFor } from '../chapter-links.ts';
import { type Account, goBack, moveTo, outputOf, trail } from './cursor.ts';
import { channelsOf, type Entry, isSound, plainShape } from './entries.ts';
import type { Run } from './judge.ts';
import { MapFigure } from './MapFigure.tsx';
import { SoundFigure } from './SoundFigure.tsx';
import { shadesOf } from './shades.ts';
import { stageWords } from './stage-words.ts';
import { Sum } from './sums/Sum.tsx';
import { nameOf, spokenCell } from './wording.ts';

interface Props {
  readonly entry: Entry;
  readonly cell: Cell | undefined;
  readonly run: Run | undefined;
  readonly account: Account | undefined;
  readonly chapters: ChapterLinks;
}

/** One stage: its maps, one of them large with a cell marked, the sound that the cell comes from, and its arithmetic. */
export function Desk({ entry, cell, run, account, chapters }: Props) {
  const shades = useMemo(
    () => run && !isSound(entry) && shadesOf(run.info.stages, entry.output, outputOf(run, entry.output)),
    [run, entry],
  );
  // The account of the cell before stands until the new one is there, so that nothing flickers.
  const told = account && account.entry.key === entry.key ? account : undefined;
  const channels = channelsOf(entry.shape);
  const chapter = chapterFor(entry.types, chapters);
  return (
    <div
      class="desk"
      data-stage={entry.key}
      data-state={told && told.cell === cell && told.run === run ? 'told' : 'waiting'}
    >
      <div class="desk-head">
        <h2>{entry.title}</h2>
        <span class="shape">{formatDimensions(plainShape(entry.shape))}</span>
        {shades && <Legend {...shades.legend} />}
      </div>
      <p class="stage-words">
        {stageWords(entry.types)} {chapter && <a href={chapter.href}>Chapter {chapter.number} explains it.</a>}
      </p>
      <Back run={run} />
      {run && cell && shades && channels > 1 && entry.shape.length === 3 && (
        <MapStrip
          values={shades.values}
          scale={shades.scale}
          channel={cell[2]}
          title={entry.title}
          onChoose={(channel) => moveTo([cell[0], cell[1], channel])}
        />
      )}
      <div class="two">
        <MapFigure entry={entry} cell={cell} run={run} shades={shades || undefined} />
        <SoundFigure entry={entry} run={run} account={told} />
      </div>
      {told && <Sum account={told} />}
      <Spoken account={told} />
    </div>
  );
}

function Back({ run }: { readonly run: Run | undefined }) {
  const last = trail.value.at(-1);
  if (!last || !run) return null;
  return (
    <button type="button" class="link back" onClick={goBack}>
      Back to {nameOf(last.entry, last.cell, run.info)}
    </button>
  );
}

/** How long a cell rests before it is spoken of, ms: not every cell on the way. */
const rest = 500;

function Spoken({ account }: { readonly account: Account | undefined }) {
  const [text, setText] = useState('');
  useEffect(() => {
    if (!account) return;
    const { run, entry, cell, field } = account;
    const timer = setTimeout(() => setText(spokenCell(run, entry, cell, field)), rest);
    return () => clearTimeout(timer);
  }, [account]);
  return (
    <p class="sr" aria-live="polite">
      {text}
    </p>
  );
}
