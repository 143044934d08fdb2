import './output-size.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { planeOf, valueAt } from '@/components/plots/cells';
import { colourOf, cssColour, signedScale } from '@/components/plots/colour';
import { palette } from '@/components/plots/palette';
import { partsOf, sumOf } from '@/components/plots/sums/parts';
import { type Tensor, tensor } from '@/lib/tensor';
import { limitOf } from './maps.ts';
import { type Axis, axisSchema, checkAxis, inside, meansLayer, placed, written } from './output-size.ts';
import { SignedLegend } from './SignedLegend.tsx';

const stages = ['normalised'] as const;

/** How many windows fit along an axis, with stride and padding. */
export default function OutputSize({ number, children }: FigureProps) {
  const settings = useSettings(number, axisSchema, checkAxis);
  const axis = settings.config;
  const { result: run, clip } = useLab(number, 'stageOutputs', [stages]);
  const picture = run?.outputs.normalised;
  const row = useMemo(() => rowOf(picture, axis.cells), [picture, axis.cells]);
  const limit = limitOf(row);
  const windows = placed(axis);
  return (
    <Figure
      number={number}
      class="output-size"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} />}
      plate={
        <>
          <p class={isLit('7.2', 'o') ? 'os-formula lit' : 'os-formula'} aria-live="polite">
            <b data-count={windows.count}>{written(axis, windows)}</b>
          </p>
          <Windows axis={axis} row={row} limit={limit} name={clip?.name ?? 'yes'} />
          <div class="under">
            <SignedLegend limit={limit} label="standard deviations" />
            <span class="readout">
              {windows.unread.length > 0 ? `${cellsOf(windows.unread)} by no window.` : 'Every cell is read.'}
            </span>
          </div>
        </>
      }
    />
  );
}

const cellsOf = (unread: readonly number[]) =>
  unread.length === 1 ? `Cell ${unread[0]} is read` : `Cells ${unread.join(', ')} are read`;

interface WindowsProps {
  readonly axis: Axis;
  readonly row: Tensor;
  readonly limit: number;
  readonly name: string;
}

/** Units of the drawing: a cell's width, and the heights of its parts. */
const unit = 20;
const heights = { cell: 20, rows: 180, gap: 14 };

function Windows({ axis, row, limit, name }: WindowsProps) {
  const { before, after, count, starts, unread } = placed(axis);
  const { cells, kernel } = axis;
  const width = (before + cells + after) * unit;
  const layer = meansLayer(axis);
  const colours = palette.value;
  const fill = (value: number) =>
    colours ? cssColour(colourOf(value, signedScale(colours.diverging, limit))) : 'var(--paper)';
  const at = (cell: number) => (before + cell) * unit;
  const line = heights.rows / count;
  const bottom = heights.cell + heights.rows + 2 * heights.gap;
  const zeros = [...Array(before).keys()]
    .map((index) => -1 - index)
    .concat([...Array(after).keys()].map((index) => cells + index));
  const label = `${cells} cells of ${name}, ${before + after} zeros around them, and ${count} windows of ${kernel}, ${axis.stride} apart, each of which gives one cell`;
  return (
    <svg class="os-windows" viewBox={`-1 -1 ${width + 2} ${bottom + heights.cell + 2}`} role="img" aria-label={label}>
      {zeros.map((cell) => (
        <rect key={cell} class="zero" x={at(cell) + 1} y={1} width={unit - 2} height={heights.cell - 2} />
      ))}
      {Array.from({ length: cells }, (_, cell) => (
        <g key={cell} class={unread.includes(cell) ? 'unread' : ''}>
          <rect
            class="cell"
            x={at(cell)}
            y={0}
            width={unit}
            height={heights.cell}
            style={{ fill: fill(row.data[cell]) }}
          />
          {unread.includes(cell) &&
            ['halo', 'stroke'].map((kind) => (
              <path key={kind} class={kind} d={`M${at(cell)} ${heights.cell}l${unit} ${-heights.cell}`} />
            ))}
        </g>
      ))}
      {starts.map((start, index) => {
        const y = heights.cell + heights.gap + index * line + line / 2;
        const middle = at(start) + (kernel * unit) / 2;
        const { start: from, end } = inside(start, axis);
        const value = sumOf(partsOf(layer.explain([index, 0, 0], row)));
        return (
          <g key={start}>
            <path class="drop" d={`M${middle} ${y}V${bottom}`} />
            <path class="outside" d={`M${at(start) + 2} ${y}H${at(start + kernel) - 2}`} />
            <path
              class="window"
              style={{ strokeWidth: `${Math.min(8, 0.55 * line)}px` }}
              d={`M${at(from) + 2} ${y}H${at(end) - 2}`}
            />
            <rect
              class="cell"
              data-value={value}
              x={middle - unit / 2}
              y={bottom}
              width={unit}
              height={heights.cell}
              style={{ fill: fill(value) }}
            />
          </g>
        );
      })}
    </svg>
  );
}

/** So many cells of the picture's liveliest band, around its greatest; zeros while there is no picture. */
function rowOf(picture: Tensor | undefined, count: number): Tensor {
  const values = new Float32Array(count);
  if (picture) {
    const cells = planeOf(picture);
    const best = picture.data.indexOf(
      picture.data.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    );
    const band = Math.max(0, best) % cells.frequencies;
    const middle = Math.floor(Math.max(0, best) / cells.frequencies);
    const first = Math.max(0, Math.min(cells.times - count, middle - (count >> 1)));
    for (let time = 0; time < count; time++) values[time] = valueAt(cells, first + time, band);
  }
  return tensor([count, 1, 1], values);
}
