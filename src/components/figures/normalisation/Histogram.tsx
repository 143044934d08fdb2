import { extentOf } from '@/components/plots/cells';
import { formatNumber } from '@/components/plots/format';
import { type Line, LineChart, placed, type ValueRange } from '@/components/plots/LineChart';
import { countValues, heightOf } from './histogram.ts';

interface Props {
  readonly values: Float32Array;
  /** What the values are, along the axis. */
  readonly name: string;
  /** The cell that is pointed at. */
  readonly value: number;
  /** Where the mean lies, and how far one deviation reaches to either side; nothing where there is none. */
  readonly centre?: { readonly mean: number; readonly deviation: number } | undefined;
  /** Whether the reader points at the symbol of the mean, or of the deviation. */
  readonly litMean?: boolean;
  readonly litDeviation?: boolean;
}

/** How many cells have which value. The strip is one deviation to either side of the mean. */
export function Histogram({ values, name, value, centre, litMean, litDeviation }: Props) {
  const { min, max } = extentOf(values);
  const real = Number.isFinite(min) && Number.isFinite(max);
  const [low, high] = real && max > min ? [min, max] : real ? [min - 1, max + 1] : [-1, 1];
  const { counts, edges } = countValues(values, low, high);
  const most = heightOf(counts);
  const cut = counts.some((count) => count > most);
  const x: ValueRange = { min: low, max: high, unit: '', name };
  const y: ValueRange = { min: 0, max: most, unit: '', name: cut ? `cells, ${formatNumber(most)} and above` : 'cells' };
  const lines: Line[] = [
    {
      points: steps(
        counts.map((count) => Math.min(count, most)),
        edges,
      ),
      tone: 'faint',
      filled: true,
    },
  ];
  if (centre) lines.push({ points: upright(centre.mean, most), tone: litMean ? 'hand' : 'strong' });
  if (Number.isFinite(value)) lines.push({ points: upright(value, most), tone: 'hand' });
  const strip = centre && [centre.mean - centre.deviation, centre.mean + centre.deviation];
  const [from, to] = strip ? strip.map((edge) => placed([Math.max(low, Math.min(high, edge)), 0], x, y)[0]) : [0, 0];
  return (
    <LineChart
      class="n-histogram"
      label={`${formatNumber(values.length)} cells by their ${name}, from ${formatNumber(low)} to ${formatNumber(high)}; the chosen one has ${formatNumber(value)}`}
      x={x}
      y={y}
      lines={lines}
    >
      {strip && (
        <rect class={litDeviation ? 'n-strip lit' : 'n-strip'} x={from} y={960} width={to - from} height={40} />
      )}
    </LineChart>
  );
}

const upright = (value: number, most: number): Line['points'] => [
  [value, 0],
  [value, most],
];

/** The outline of the bars. */
function steps(counts: ArrayLike<number>, edges: ArrayLike<number>): Line['points'] {
  return Array.from(counts).flatMap((count, bar): [number, number][] => [
    [edges[bar], count],
    [edges[bar + 1], count],
  ]);
}
