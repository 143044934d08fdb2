import { useMemo } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { Axis } from '@/components/plots/Axis';
import { Bars } from '@/components/plots/Bars';
import { formatNumber } from '@/components/plots/format';
import { boxOfCell, cellAtPoint, cellByKey, columnsOf } from '@/components/plots/moving';
import { type Paint, Picture } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { scalesOf } from '@/components/plots/stage-scales';
import { type Cell, offsetOf } from '@/lib/tensor';
import { moveTo, outputOf } from './cursor.ts';
import { channelsOf, type Entry } from './entries.ts';
import type { Run } from './judge.ts';
import { cellsOf, type Shades } from './shades.ts';
import { nameOf, pictureText, whereOf } from './wording.ts';

interface Props {
  readonly entry: Entry;
  readonly cell: Cell | undefined;
  readonly run: Run | undefined;
  readonly shades: Shades | undefined;
}

/** One map, large; a cell of it is chosen by pointer or keys. */
export function MapFigure({ entry, cell, run, shades }: Props) {
  const isAnswers = run !== undefined && entry.output === run.info.stages.length - 1;
  const columns = columnsOf(entry.shape, isAnswers);
  const scales = run && scalesOf(run.info, entry.output);
  const point = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.buttons !== 1 || !cell) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const next = cellAtPoint(x, y, cell, entry.shape, columns);
    if (next.some((index, axis) => index !== cell[axis])) moveTo(next);
  };
  const box = cell && boxOfCell(cell, entry.shape, columns);
  const kind = isAnswers ? 'answers' : entry.output < 0 ? 'wave' : scales ? 'map' : 'units';
  return (
    <figure>
      <div class={`plot sq of-${kind}${shades?.legend.map === 'sequential' ? ' on-energy' : ''}`}>
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
          {run && kind === 'wave' && <Wave samples={run.trace.input.data} label={pictureText(entry, 0)} />}
          {run && shades && cell && kind !== 'answers' && (
            <CellPicture entry={entry} shades={shades} channel={cell[2] ?? 0} columns={columns} />
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
        {scales && (
          <>
            <Axis side="left" scale={thousandths(scales.frequency)} unit="kHz" />
            <Axis side="bottom" scale={scales.time} unit="s" wanted={4} name="time" />
            <span class="ax-name y">frequency</span>
          </>
        )}
        {run && kind === 'wave' && (
          <Axis
            side="bottom"
            unit="s"
            name="time"
            scale={{ count: run.info.samples, first: 0, step: 1 / run.info.sampleRate }}
          />
        )}
        {kind === 'units' && <span class="ax-name y">{columns} units in a row, from unit 0 at the top left</span>}
      </div>
      <figcaption>{run && cell && <CellText entry={entry} cell={cell} run={run} />}</figcaption>
    </figure>
  );
}

interface MapProps {
  readonly entry: Entry;
  readonly shades: Shades;
  readonly channel: number;
  readonly columns: number;
}

function CellPicture({ entry, shades, channel, columns }: MapProps) {
  const paint = useMemo<Paint>(() => {
    const cells = cellsOf(shades.values, channel, columns);
    return (raster, colours) => paintCells(raster, wholeOf(raster), cells, shades.scale(colours));
  }, [shades, channel, columns]);
  return <Picture label={pictureText(entry, channel)} paint={paint} />;
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
export function thousandths({ count, first, step }: { count: number; first: number; step: number }) {
  return { count, first: first / 1000, step: step / 1000 };
}
