import { useMemo } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { Axis } from '@/components/plots/Axis';
import { Bars } from '@/components/plots/Bars';
import { placeOf } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { melAxis } from '@/components/plots/mel-scale';
import { boxOfCell, cellAtPoint, cellByKey, columnsOf } from '@/components/plots/moving';
import { type Paint, Picture } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { type Axes, axesOf, type Rows } from '@/components/plots/stage-scales';
import { melToHz } from '@/lib/dsp/mel';
import { type Cell, offsetOf, type Shape } from '@/lib/tensor';
import { moveTo, outputOf } from './cursor.ts';
import { channelsOf, type Entry, type ModelShell } from './entries.ts';
import type { Run } from './judge.ts';
import { hasLongNames } from './model-words.ts';
import { cellsOf, type Shades } from './shades.ts';
import { nameOf, pictureText, whereOf } from './wording.ts';

interface Props {
  readonly entry: Entry;
  readonly cell: Cell | undefined;
  readonly run: Run | undefined;
  readonly shades: Shades | undefined;
}

/** How a tensor is drawn: answers as bars, sound as a wave, pictures and series as maps, a spectrum as one row. */
type Kind = 'answers' | 'wave' | 'map' | 'row' | 'units';

function kindOf({ output, shape }: Entry, { stages }: ModelShell, { time, rows }: Axes): Kind {
  if (output === stages.length - 1) return 'answers';
  if (shape.length > 1) return 'map';
  if (time) return 'wave';
  return rows ? 'row' : 'units';
}

/** One map, large; a cell of it is chosen by pointer or keys. */
export function MapFigure({ entry, cell, run, shades }: Props) {
  const axes = run ? axesOf(run.info, entry.output) : {};
  const kind = run ? kindOf(entry, run.info, axes) : 'map';
  const columns = kind === 'row' ? entry.shape[0] : columnsOf(entry.shape, kind === 'answers');
  const point = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.buttons !== 1 || !cell) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const next = cellAtPoint(x, y, cell, entry.shape, columns);
    if (next.some((index, axis) => index !== cell[axis])) moveTo(next);
  };
  const box = cell && boxOfCell(cell, entry.shape, columns);
  const many = run && kind === 'answers' && entry.shape[0] > 12 ? ' many' : '';
  const long = run && kind === 'answers' && hasLongNames(run.info.classes) ? ' long-names' : '';
  return (
    <figure>
      <div class={`plot sq of-${kind}${many}${long}${shades?.legend.map === 'sequential' ? ' on-energy' : ''}`}>
        <div
          class="pic grid"
          role="application"
          tabIndex={0}
          aria-label={`Cells of ${entry.title}. Arrow keys move the cell, with Shift by ten${entry.shape.length === 3 && entry.shape[2] > 1 ? ', Page Up and Page Down change the map' : ''}.`}
          onPointerDown={point}
          onPointerMove={point}
          onKeyDown={(event) => {
            if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
            const next = cellByKey(event, cell, entry.shape, columns);
            if (!next) return;
            event.preventDefault();
            moveTo(next);
          }}
        >
          {run && kind === 'answers' && <Bars names={run.info.classes} values={outputOf(run, entry.output).data} />}
          {run && kind === 'wave' && (
            <Wave samples={outputOf(run, entry.output).data} label={pictureText(entry, 0, run.info)} />
          )}
          {run && shades && cell && kind !== 'answers' && kind !== 'wave' && (
            <CellPicture entry={entry} shades={shades} channel={cell[2] ?? 0} columns={columns} info={run.info} />
          )}
          {box && (
            <span
              class="cell-mark"
              style={{
                left: `${100 * box.left}%`,
                top: `${100 * box.top}%`,
                width: `${100 * box.width}%`,
                height: `${100 * box.height}%`,
              }}
            />
          )}
        </div>
        {kind !== 'answers' && <AxesOf axes={axes} kind={kind} shape={entry.shape} columns={columns} />}
      </div>
      <figcaption>{run && cell && <CellText entry={entry} cell={cell} run={run} />}</figcaption>
    </figure>
  );
}

interface AxesProps {
  readonly axes: Axes;
  readonly kind: Kind;
  readonly shape: Shape;
  readonly columns: number;
}

function AxesOf({ axes: { time, trimmed, rows, across: second }, kind, shape, columns }: AxesProps) {
  if (kind === 'units') {
    return <span class="ax-name y">{columns} units in a row, from unit 0 at the top left</span>;
  }
  const turned = kind === 'row' || second !== undefined;
  const across = rows && <RowAxis rows={rows} count={shape[turned ? 0 : 1]} side={turned ? 'bottom' : 'left'} />;
  if (kind === 'row') return across ?? null;
  if (second !== undefined) {
    return (
      <>
        {across}
        <RowAxis rows={{ kind: 'number', name: second }} count={shape[1]} side="left" />
        <span class="ax-name y">{second}</span>
      </>
    );
  }
  return (
    <>
      {kind === 'map' && across}
      {time && (
        <Axis
          side="bottom"
          scale={time}
          unit="s"
          wanted={kind === 'wave' ? 5 : 4}
          name={trimmed ? 'time after trimming' : 'time'}
        />
      )}
      {kind === 'map' && rows && <span class="ax-name y">{rows.kind === 'number' ? rows.name : 'frequency'}</span>}
    </>
  );
}

interface RowAxisProps {
  readonly rows: Rows;
  readonly count: number;
  readonly side: 'left' | 'bottom';
}

/** The axis of what is not time: kilohertz, even or at their mel places, or plain numbers. */
export function RowAxis({ rows, count, side }: RowAxisProps) {
  if (rows.kind === 'number') return <Axis side={side} scale={{ count, first: 0, step: 1 }} unit="" decimals={0} />;
  if (rows.kind === 'hertz') {
    return (
      <Axis
        side={side}
        scale={thousandths(rows.scale)}
        unit="kHz"
        {...(side === 'bottom' ? { name: 'frequency' } : {})}
      />
    );
  }
  const { ticks, toMel } = melAxis(rows.mel);
  const places = ticks.map(toMel).filter((mel) => placeOf(rows.scale, mel) >= 0 && placeOf(rows.scale, mel) <= 1);
  const write = (mel: number) =>
    formatNumber(Math.round(melToHz(mel, rows.mel.scale)) / 1000, mel === places.at(-1) ? { unit: 'kHz' } : {});
  return <Axis side={side} scale={rows.scale} unit="kHz" ticks={places} write={write} />;
}

interface MapProps {
  readonly entry: Entry;
  readonly shades: Shades;
  readonly channel: number;
  readonly columns: number;
  readonly info: ModelShell;
}

function CellPicture({ entry, shades, channel, columns, info }: MapProps) {
  const paint = useMemo<Paint>(() => {
    const cells = cellsOf(shades.values, channel, columns);
    return (raster, colours) => paintCells(raster, wholeOf(raster), cells, shades.scale(colours));
  }, [shades, channel, columns]);
  return <Picture label={pictureText(entry, channel, info)} paint={paint} />;
}

function CellText({ entry, cell, run }: { readonly entry: Entry; readonly cell: Cell; readonly run: Run }) {
  const values = outputOf(run, entry.output);
  const value = values.data[offsetOf(values.shape, cell)];
  const where = whereOf(entry, cell, run.info);
  const map = channelsOf(entry.shape) > 1 ? ` of map ${cell[2]}` : '';
  return (
    <>
      <b class="d-cell">
        {nameOf(entry, cell, run.info)}: {formatNumber(value, { significant: 4 })}
      </b>
      {where && (
        <>
          {map}, {where}
        </>
      )}
      . Point, or use the arrow keys.
    </>
  );
}

/** The same scale in kilohertz. */
function thousandths({ count, first, step }: { count: number; first: number; step: number }) {
  return { count, first: first / 1000, step: step / 1000 };
}
