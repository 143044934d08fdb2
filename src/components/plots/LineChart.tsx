import type { ComponentChildren } from 'preact';
import { Axis } from './Axis.tsx';
import type { CellScale } from './cell-scale.ts';
import { pointing } from './pointing.ts';

/** What lies between two values, as an axis draws it. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly name?: string;
  readonly ticks?: readonly number[];
  readonly decimals?: number;
  /** How a tick is written, with its unit, where it is not the value itself: the values may be logarithms. */
  readonly write?: (value: number) => string;
}

export interface Line {
  /** Values by place along x: [x, y]. Those that are not finite leave a gap. */
  readonly points: readonly (readonly [number, number])[];
  /** `strong` is ink, `faint` steps back, `hand` is what the reader points at; 1 to 10 are the categorical colours. */
  readonly tone?: 'strong' | 'faint' | 'hand' | number;
  /** Fills down to the axis. */
  readonly filled?: boolean;
  /** Dots in place of a line, for values that exist only where they are; `stems` stand on the axis. */
  readonly marks?: 'dots' | 'stems';
  /** Stands above its last point, to the left. */
  readonly name?: string;
}

interface Props {
  readonly label: string;
  readonly x: ValueRange;
  readonly y: ValueRange;
  readonly lines: readonly Line[];
  /** A class that gives the height. */
  readonly class?: string;
  /** Hears where the chart is pressed, from its left and top edge, 0 to 1. */
  readonly onPoint?: (x: number, y: number) => void;
  /** Drawn over the lines in a box of 1000 × 1000 whose y grows downwards; see `placed`. */
  readonly children?: ComponentChildren;
  /** HTML over the chart: a cursor, its handle. */
  readonly over?: ComponentChildren;
}

const side = 1000;

/** The scale of an axis without cells, from one end to the other. */
export function rangeScale({ min, max }: { readonly min: number; readonly max: number }): CellScale {
  return { count: 1, first: (min + max) / 2, step: max - min };
}

/** Where a point lies in the chart's own box. */
export function placed([x, y]: readonly [number, number], across: ValueRange, up: ValueRange): [number, number] {
  const limit = (value: number) => Math.min(Math.max(value, -side), 2 * side);
  return [
    limit((side * (x - across.min)) / (across.max - across.min)),
    limit(side * (1 - (y - up.min) / (up.max - up.min))),
  ];
}

/** Lines over two axes with units. */
export function LineChart({ label, x, y, lines, class: name, onPoint, children, over }: Props) {
  return (
    <div class={['plot', 'line-chart', name].filter(Boolean).join(' ')}>
      <div class={onPoint ? 'pic touchable' : 'pic'} {...(onPoint ? pointing(onPoint) : {})}>
        <svg viewBox={`0 0 ${side} ${side}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {y.min < 0 && y.max > 0 && <path class="zero" d={`M0 ${placed([x.min, 0], x, y)[1]}H${side}`} />}
          {lines.map((line, index) => (
            <DrawnLine key={index} line={line} x={x} y={y} />
          ))}
          {children}
        </svg>
        {lines.map(({ name, points }) => {
          if (!name || points.length === 0) return undefined;
          const [across, down] = placed(points[points.length - 1], x, y);
          const place = { right: `${100 - across / 10}%`, bottom: `${100 - down / 10}%` };
          return (
            <span key={name} class="line-name" style={place} aria-hidden="true">
              {name}
            </span>
          );
        })}
        {over}
      </div>
      <Axis side="left" scale={rangeScale(y)} {...axisProps(y, 4)} />
      <Axis side="bottom" scale={rangeScale(x)} {...axisProps(x, 6)} />
    </div>
  );
}

function axisProps({ unit, name, ticks, decimals, write }: ValueRange, wanted: number) {
  return {
    unit,
    wanted,
    ...(name === undefined ? {} : { name }),
    ...(ticks === undefined ? {} : { ticks }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(write === undefined ? {} : { write }),
  };
}

function DrawnLine({ line, x, y }: { readonly line: Line; readonly x: ValueRange; readonly y: ValueRange }) {
  const { points, tone = 'strong', filled, marks } = line;
  const style = typeof tone === 'number' ? { stroke: `var(--cat-${tone})`, fill: `var(--cat-${tone})` } : {};
  const kind = typeof tone === 'number' ? '' : tone;
  const places = points.map((point) => placed(point, x, y));
  const ground = placed([x.min, Math.max(y.min, Math.min(0, y.max))], x, y)[1];
  if (marks) {
    const path = places.map(([across, down]) => `M${digits(across)} ${digits(ground)}V${digits(down)}`).join('');
    const dots = places.map(([across, down]) => `M${digits(across)} ${digits(down)}h0`).join('');
    return (
      <g class={`line ${kind}`} style={style}>
        {marks === 'stems' && <path d={path} />}
        <path class="dots" d={dots} />
      </g>
    );
  }
  let begun = false;
  let path = '';
  for (const [across, down] of places) {
    const real = Number.isFinite(across) && Number.isFinite(down);
    if (real) path += `${begun ? 'L' : 'M'}${digits(across)} ${digits(down)}`;
    begun = real;
  }
  const area =
    filled && places.length > 0
      ? `${path}L${digits(places[places.length - 1][0])} ${ground}L${digits(places[0][0])} ${ground}Z`
      : '';
  return (
    <g class={`line ${kind}`} style={style}>
      {area && <path class="area" d={area} />}
      <path d={path} />
    </g>
  );
}

function digits(value: number): string {
  return value.toFixed(1);
}
