import { useEffect, useMemo, useState } from 'preact/hooks';
import { Axis } from '@/components/plots/Axis';
import { placeOf } from '@/components/plots/cell-scale';
import { type Mark, markOfRegion } from '@/components/plots/marks';
import { type Paint, Picture } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { scalesOf } from '@/components/plots/stage-scales';
import type { Cell } from '@/lib/tensor';
import { play } from '@/reader/player';
import { engine } from '@/workers/engine';
import type { HeardField, SoundField } from '@/workers/protocol';
import { type Account, lit, outputOf } from './cursor.ts';
import type { Entry } from './entries.ts';
import { model, type Run } from './judge.ts';
import { thousandths } from './MapFigure.tsx';
import { cellsOf, shadesOf } from './shades.ts';
import { fieldText, isWhole } from './wording.ts';

interface Props {
  readonly entry: Entry;
  readonly run: Run | undefined;
  readonly account: Account | undefined;
}

/** The spectrogram, with all but the part that the cell depends on dimmed. */
export function SoundFigure({ entry, run, account }: Props) {
  const stage = run ? run.info.stages.findIndex(({ type }) => type === 'spectrogram') : -1;
  const paint = useMemo<Paint | undefined>(() => {
    if (!run || stage < 0) return undefined;
    const { values, scale } = shadesOf(run.info.stages, stage, outputOf(run, stage));
    const cells = cellsOf(values, 0, 1);
    return (raster, colours) => paintCells(raster, wholeOf(raster), cells, scale(colours));
  }, [run, stage]);
  if (!run || !paint)
    return (
      <figure>
        <div class="plot sq of-sound">
          <div class="pic" />
        </div>
      </figure>
    );
  const scales = scalesOf(run.info, stage);
  const mark = account && markOf(account, stage);
  const seen = mark && (mark.right - mark.left < 1 || mark.bottom - mark.top < 1) ? mark : undefined;
  return (
    <figure>
      <div class="plot sq of-sound">
        <div class="pic">
          <Picture label="Spectrogram of the second, in decibels below the loudest" paint={paint} />
          {seen && <span class="field-mark" style={boxStyle(seen)} />}
          {account && <LitMark account={account} stage={stage} />}
        </div>
        {scales && (
          <>
            <Axis side="left" scale={thousandths(scales.frequency)} unit="kHz" />
            <Axis side="bottom" scale={scales.time} unit="s" wanted={4} name="time" />
          </>
        )}
      </div>
      <figcaption>{account && <FieldText account={account} entry={entry} />}</figcaption>
    </figure>
  );
}

function FieldText({ account, entry }: { readonly account: Account; readonly entry: Entry }) {
  const { field, run } = account;
  if (!field) return <>A sample is one moment of the sound, and all of its frequencies together.</>;
  const whole = isWhole(field, run.info);
  return (
    <>
      {whole ? (
        <>It depends on the whole second, and on all of its frequencies. </>
      ) : (
        <>
          It depends on this part of the sound{field.statistics.length > 0 ? '' : ' alone'}:{' '}
          <b class="d-field">{fieldText(field)}</b>.{' '}
        </>
      )}
      <PlayField field={field} run={run} />.
      {!whole && field.statistics.length > 0 && (
        <>
          {' '}
          {entry.steps.some((step) => field.statistics.includes(step)) ? 'Its' : 'Only the normalisation’s'} mean and
          spread come from the whole second.
        </>
      )}
    </>
  );
}

/** The field's sound is fetched while the reader looks, so that a press is heard at once. */
function PlayField({ field, run }: { readonly field: SoundField; readonly run: Run }) {
  const [heard, setHeard] = useState<HeardField>();
  useEffect(() => {
    setHeard(undefined);
    let wanted = true;
    const timer = setTimeout(() => {
      engine.hear(model, field.seconds, field.hertz).then(
        (sound) => wanted && sound && setHeard(sound),
        () => {},
      );
    }, 150);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [field, run]);
  return (
    <button
      type="button"
      class="link"
      aria-disabled={!heard}
      onClick={() => heard && play('field', heard.samples, heard.sampleRate)}
    >
      Play it
    </button>
  );
}

/** The place of the term that is pointed at. */
function LitMark({ account, stage }: { readonly account: Account; readonly stage: number }) {
  const [mark, setMark] = useState<Mark>();
  const cell = lit.value;
  useEffect(() => {
    setMark(undefined);
    if (!cell) return undefined;
    let wanted = true;
    placeOfTerm(account, cell, stage).then(
      (found) => wanted && setMark(found),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [account, cell, stage]);
  return mark ? <span class="lit-mark" style={boxStyle(mark)} /> : null;
}

async function placeOfTerm({ run, entry }: Account, cell: Cell, stage: number): Promise<Mark | undefined> {
  if (entry.source < 0) return lineAt(run, cell[0], stage);
  const field = await engine.field(model, entry.source, cell);
  return field && markOfRegion(field.regions[stage], run.info.stages[stage].outputShape);
}

function markOf({ run, cell, field }: Account, stage: number): Mark | undefined {
  if (!field) return lineAt(run, cell[0], stage);
  return markOfRegion(field.regions[stage], run.info.stages[stage].outputShape);
}

/** The moment of a sample. */
function lineAt({ info }: Run, sample: number, stage: number): Mark | undefined {
  const scales = scalesOf(info, stage);
  if (!scales) return undefined;
  const place = Math.min(Math.max(placeOf(scales.time, sample / info.sampleRate), 0), 1);
  return { left: place, right: place, top: 0, bottom: 1 };
}

function boxStyle({ left, right, top, bottom }: Mark) {
  return {
    left: `${100 * left}%`,
    top: `${100 * top}%`,
    width: `${100 * (right - left)}%`,
    height: `${100 * (bottom - top)}%`,
  };
}
