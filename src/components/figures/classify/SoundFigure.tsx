import { useEffect, useMemo, useState } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { Axis } from '@/components/plots/Axis';
import { placeOf } from '@/components/plots/cell-scale';
import { type Mark, markOfRegion } from '@/components/plots/marks';
import { type Paint, Picture } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { axesOf } from '@/components/plots/stage-scales';
import { sizeOfRegion } from '@/lib/layers/region';
import { play } from '@/reader/player';
import { engine } from '@/workers/engine';
import type { HeardField, ModelInfo, SoundField } from '@/workers/protocol';
import { type Account, lit, outputOf, type Place } from './cursor.ts';
import type { Entry } from './entries.ts';
import type { Run } from './judge.ts';
import { RowAxis } from './MapFigure.tsx';
import { cellsOf, shadesOf } from './shades.ts';
import { fieldText, isNothing, isWhole, stretchOf } from './wording.ts';

interface Props {
  readonly entry: Entry;
  readonly run: Run | undefined;
  readonly account: Account | undefined;
}

/** The sound, with the part that the cell depends on marked: as a spectrogram, where the model makes one. */
export function SoundFigure({ entry, run, account }: Props) {
  const stage = run ? pictureOf(run.info, entry.output) : -1;
  const paint = useMemo<Paint | undefined>(() => {
    if (!run || stage < 0) return undefined;
    const { values, scale } = shadesOf(run.info.stages, stage, outputOf(run, stage));
    const cells = cellsOf(values, 0, 1);
    return (raster, colours) => paintCells(raster, wholeOf(raster), cells, scale(colours));
  }, [run, stage]);
  if (!run)
    return (
      <figure>
        <div class="plot sq of-sound">
          <div class="pic" />
        </div>
      </figure>
    );
  const { time, trimmed, rows } = axesOf(run.info, stage);
  const mark = account && markOf(account, stage);
  const seen = mark && (mark.right - mark.left < 1 || mark.bottom - mark.top < 1) ? mark : undefined;
  return (
    <figure>
      <div class={`plot sq ${paint ? 'of-sound' : 'of-wave'}`}>
        <div class="pic">
          {paint ? (
            <Picture label={`Spectrogram of the ${stretchOf(run.info)}, in decibels below the loudest`} paint={paint} />
          ) : (
            <Wave samples={run.trace.input.data} label={`Waveform of the ${stretchOf(run.info)}`} />
          )}
          {seen && <span class="field-mark" style={boxStyle(seen)} />}
          {account && <LitMark account={account} stage={stage} />}
        </div>
        {rows && <RowAxis rows={rows} count={run.info.stages[stage].outputShape[1]} side="left" />}
        {time && (
          <Axis side="bottom" scale={time} unit="s" wanted={4} name={trimmed ? 'time after trimming' : 'time'} />
        )}
      </div>
      <figcaption>{account && <FieldText account={account} entry={entry} />}</figcaption>
    </figure>
  );
}

/**
 * The spectrogram that shows where an output comes from; −1 where the clip itself does: in a model without one, and for
 * sound that is trimmed on its way there, so that its seconds are others.
 */
function pictureOf(info: ModelInfo, output: number): number {
  const stage = info.stages.findIndex(({ type }) => type === 'spectrogram');
  return stage >= 0 && output < stage && axesOf(info, stage).trimmed ? -1 : stage;
}

function FieldText({ account, entry }: { readonly account: Account; readonly entry: Entry }) {
  const { field, run } = account;
  if (!field) return <>A sample is one moment of the sound, and all of its frequencies together.</>;
  if (isNothing(field)) return <>It depends on no part of the sound.</>;
  const whole = isWhole(field, run.info);
  const stretch = stretchOf(run.info);
  const one = stretch === 'second';
  return (
    <>
      {whole ? (
        <>
          It depends on {one ? 'the whole second' : `all ${stretch}`}, and on all of {one ? 'its' : 'their'}{' '}
          frequencies.{' '}
        </>
      ) : (
        <>
          It depends on this part of the sound{field.statistics.length > 0 ? '' : ' alone'}:{' '}
          <b class="d-field">{fieldText(field, run.info)}</b>.{' '}
        </>
      )}
      <PlayField field={field} run={run} />.
      {!whole && field.statistics.length > 0 && <> {statisticsText(field, entry, run.info)}</>}
    </>
  );
}

/** What a model measures over all of the sound before it looks at a part, by the kind of layer. */
const measured: Readonly<Record<string, string>> = {
  normalise: 'mean and spread',
  'min-max': 'least and greatest value',
  decibels: 'loudest cell',
  denoise: 'gains',
  trim: 'cuts',
};

function statisticsText({ statistics }: SoundField, entry: Entry, { stages, ...info }: ModelInfo): string {
  const stretch = stretchOf(info);
  const from = `come from ${stretch === 'second' ? 'the whole second' : `all ${stretch}`}.`;
  const own = entry.steps.find((step) => statistics.includes(step));
  if (own !== undefined) return `Its ${measured[stages[own].type] ?? 'statistics'} ${from}`;
  if (statistics.every((index) => stages[index].type === 'normalise')) {
    return `Only the normalisation’s mean and spread ${from}`;
  }
  const all = [...new Set(statistics.map((index) => measured[stages[index].type] ?? 'statistics'))];
  return `Beside it, ${all.join(', ')} ${from}`;
}

/** The field's sound is fetched while the reader looks, so that a press is heard at once. */
function PlayField({ field, run }: { readonly field: SoundField; readonly run: Run }) {
  const [heard, setHeard] = useState<HeardField>();
  useEffect(() => {
    setHeard(undefined);
    let wanted = true;
    const timer = setTimeout(() => {
      engine.hear(run.model, field.seconds, field.hertz).then(
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
  const term = lit.value;
  useEffect(() => {
    setMark(undefined);
    if (!term) return undefined;
    let wanted = true;
    placeOfTerm(account, term, stage).then(
      (found) => wanted && setMark(found),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [account, term, stage]);
  return mark ? <span class="lit-mark" style={boxStyle(mark)} /> : null;
}

async function placeOfTerm({ run }: Account, { stage: from, cell }: Place, stage: number): Promise<Mark | undefined> {
  if (from < 0) return lineAt(run, cell[0], stage);
  const field = await engine.field(run.model, from, cell);
  return field && markOfField(field, run, stage);
}

function markOf({ run, cell, field }: Account, stage: number): Mark | undefined {
  return field ? markOfField(field, run, stage) : lineAt(run, cell[0], stage);
}

/** Undefined where the field is of no cell. */
function markOfField({ regions, seconds }: SoundField, { info }: Run, stage: number): Mark | undefined {
  const region = stage < 0 ? undefined : regions[stage];
  if (region) return sizeOfRegion(region) > 0 ? markOfRegion(region, info.stages[stage].outputShape) : undefined;
  const { time } = axesOf(info, stage);
  if (!time || seconds[0] === seconds[1]) return undefined;
  const [left, right] = seconds.map((second) => Math.min(Math.max(placeOf(time, second), 0), 1));
  return { left, right, top: 0, bottom: 1 };
}

/** The moment of a sample. */
function lineAt({ info }: Run, sample: number, stage: number): Mark | undefined {
  const { time } = axesOf(info, stage);
  if (!time) return undefined;
  const place = Math.min(Math.max(placeOf(time, sample / info.sampleRate), 0), 1);
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
