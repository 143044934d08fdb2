import { useMemo } from 'preact/hooks';
import { resizedScale, valueAtPlace } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import type { Tensor } from '@/lib/tensor';
import { resized } from '@/workers/lab/resized';
import { shareByColumn } from './column-shares.ts';
import { secondScales } from './paint.ts';
import { interpolationOf, type Way } from './ways.ts';

const side = 32;
const time = resizedScale(secondScales.time, side);
const across: ValueRange = {
  min: valueAtPlace(time, 0),
  max: valueAtPlace(time, 1),
  unit: 's',
  name: 'time',
};

interface ArrivedProps {
  readonly magnitudes: Tensor | undefined;
  readonly way: Way;
  readonly shrunk: Tensor | undefined;
  readonly smooth: Tensor | undefined;
}

/** How much of each column's magnitude the small picture has. */
export function Arrived({ magnitudes, way, shrunk, smooth }: ArrivedProps) {
  const exact = useMemo(
    () => magnitudes && resized(magnitudes, { height: side, width: side, ...interpolationOf('area') }),
    [magnitudes],
  );
  const shares = useMemo(
    () => (exact && shrunk && smooth ? [shareByColumn(shrunk, exact), shareByColumn(smooth, exact)] : []),
    [exact, shrunk, smooth],
  );
  const real = shares.flat().filter(Number.isFinite);
  const top = Math.min(4, Math.max(2, Math.ceil(Math.max(0, ...real))));
  const up: ValueRange = { min: 0, max: top, unit: '×', ticks: Array.from({ length: top + 1 }, (_, tick) => tick) };
  const pointsOf = (values: readonly number[]) =>
    values.map((value, column) => [time.first + column * time.step, Math.min(value, top)] as const);
  const lines: Line[] = [
    { points: [[across.min, 1] as const, [across.max, 1] as const], tone: 'faint' },
    ...shares.map((values, index): Line => ({ points: pointsOf(values), tone: index === 0 ? 2 : 'strong' })),
  ];
  const [first = []] = shares;
  const found = first.filter(Number.isFinite);
  const extent = found.length
    ? `${formatNumber(Math.min(...found), { decimals: 2 })} to ${formatNumber(Math.max(...found), { decimals: 2 })}`
    : 'nothing to compare';
  return (
    <div class="arrived">
      <p class="panel-head">
        <b>What arrives</b>
        <span aria-live="polite">
          by {way}, a column has {extent} times the magnitude that it should have
        </span>
      </p>
      <LineChart
        label={`Magnitude of each column against what it should be: by ${way} from ${extent}, antialiased close to 1`}
        x={across}
        y={up}
        lines={lines}
      />
      <p class="line-key">
        <span style={{ '--tone': 'var(--cat-2)' }}>{way}</span>
        <span style={{ '--tone': 'var(--ink)' }}>antialiased</span>
        <span style={{ '--tone': 'var(--ink-faint)' }}>what should arrive: the mean of the old cells there</span>
      </p>
    </div>
  );
}
