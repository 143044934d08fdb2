import { colourOf, cssColour } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { palette } from '@/components/plots/palette';
import type { Part } from '@/components/plots/sums/parts';
import { type Coordinates, placeOf } from '@/lib/dsp/interpolate';
import { secondShape, shownDecibels } from './paint.ts';

interface Props {
  /** Of the small picture: [column, row]. */
  readonly cell: readonly [number, number];
  /** The size of the small picture: columns and rows. */
  readonly small: readonly [number, number];
  readonly coordinates: Coordinates;
  readonly parts: readonly Part[];
  readonly valueAt: (time: number, frequency: number) => number;
  /** The loudest cell of the whole second. */
  readonly largest: number;
}

/** So many cells are drawn at the least along each side, that those left out are seen too. */
const least = 6;
const [times, frequencies] = secondShape;

/** The old cells around a new one's place, each with a dot as large as its weight. */
export function Neighbours({ cell, small, coordinates, parts, valueAt, largest }: Props) {
  const across = placeOf(cell[0], times, small[0], coordinates);
  const up = placeOf(cell[1], frequencies, small[1], coordinates);
  const column = shownSpan(
    across,
    parts.map(({ place }) => place[0]),
    times,
  );
  const row = shownSpan(
    up,
    parts.map(({ place }) => place[1]),
    frequencies,
  );
  const colours = palette.value;
  const shade = (value: number) => {
    if (!colours) return 'none';
    const decibels = value > 0 && largest > 0 ? 20 * Math.log10(value / largest) : -shownDecibels;
    return cssColour(colourOf(decibels, { table: colours.sequential, low: -shownDecibels, high: 0 }));
  };
  const heaviest = Math.max(...parts.map(({ weight }) => weight));
  const width = column.end - column.start;
  const height = row.end - row.start;
  // Cell i fills i − ½ to i + ½, so that place i is its middle.
  const x = (place: number) => place - column.start + 0.5;
  const y = (place: number) => height - (place - row.start) - 0.5;
  return (
    <figure class="neighbours">
      <svg
        viewBox={`-0.75 0 ${width + 0.75} ${height + 0.7}`}
        role="img"
        aria-label={`The place is column ${digits(across)}, row ${digits(up)}; ${parts.length} cells around it are read`}
      >
        {range(row).map((frequency) =>
          range(column).map((time) => (
            <rect
              key={`${time} ${frequency}`}
              x={x(time) - 0.5}
              y={y(frequency) - 0.5}
              width="1"
              height="1"
              fill={shade(valueAt(time, frequency))}
            />
          )),
        )}
        {['halo', ''].map((kind) =>
          parts.map(({ index, place, weight }) => (
            <circle
              key={`${index} ${kind}`}
              class={`weight-dot ${kind}`}
              cx={x(place[0])}
              cy={y(place[1])}
              r={0.4 * Math.sqrt(weight / heaviest)}
            />
          )),
        )}
        <path class="place halo" d={cross(x(across), y(up))} />
        <path class="place" d={cross(x(across), y(up))} />
        {labelled(column).map((time) => (
          <text key={time} x={x(time)} y={height + 0.55} text-anchor="middle" font-size={0.05 * height}>
            {time}
          </text>
        ))}
        {labelled(row).map((frequency) => (
          <text key={frequency} x={-0.12} y={y(frequency) + 0.018 * height} text-anchor="end" font-size={0.05 * height}>
            {frequency}
          </text>
        ))}
      </svg>
      <p>
        The cross: column <b data-value={across}>{digits(across)}</b>, row <b data-value={up}>{digits(up)}</b> among the
        old cells, whose numbers stand at the edge. The larger a dot, the more its cell counts.
      </p>
    </figure>
  );
}

const digits = (value: number) => formatNumber(value, { decimals: 3 });

interface Ends {
  readonly start: number;
  readonly end: number;
}

/** The cells that are drawn: those that are read and one beyond, and at least so many around the place. */
function shownSpan(place: number, read: readonly number[], count: number): Ends {
  const reach = Math.max(least / 2, Math.ceil(Math.max(...read) - place) + 1, Math.ceil(place - Math.min(...read)) + 1);
  const middle = Math.floor(place) + 1;
  return { start: Math.max(0, middle - reach), end: Math.min(count, middle + reach) };
}

const range = ({ start, end }: Ends) => Array.from({ length: end - start }, (_, index) => start + index);

/** Every cell, or every second one where they are many. */
const labelled = (ends: Ends) =>
  range(ends).filter((_, index) => ends.end - ends.start <= least + 1 || index % 2 === 0);

const cross = (x: number, y: number) => `M${x - 0.3} ${y}h0.6M${x} ${y - 0.3}v0.6`;
