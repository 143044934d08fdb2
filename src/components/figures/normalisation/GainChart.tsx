import { Grip } from '@/components/controls/Grip';
import { formatNumber } from '@/components/plots/format';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import { Key } from './Key.tsx';

export interface Series {
  readonly label: string;
  readonly tone: NonNullable<Line['tone']>;
  /** Shares from 0 to 1, one for each gain. */
  readonly values: readonly number[];
}

interface Props {
  /** What the curves are, in words. */
  readonly label: string;
  /** Evenly spaced, dB. */
  readonly gains: readonly number[];
  readonly series: readonly Series[];
  /** What the shares are of, along the axis. */
  readonly name: string;
  /** The gain that is marked, by its index. */
  readonly index: number;
  readonly onIndex: (index: number) => void;
}

const y = (name: string): ValueRange => ({
  min: 0,
  max: 100,
  unit: '',
  name: `${name}, %`,
  ticks: [0, 25, 50, 75, 100],
});

/** Shares by gain, with one gain marked. */
export function GainChart({ label, gains, series, name, index, onIndex }: Props) {
  const first = gains[0];
  const last = gains[gains.length - 1];
  const x: ValueRange = { min: first, max: last, unit: 'dB', name: 'gain' };
  const place = (gains[index] - first) / (last - first);
  const shown = series.map(({ label: line, values }) => `${line} ${percent(values[index])}`).join(', ');
  return (
    <>
      <LineChart
        class="n-gain"
        label={`${label}. At ${formatNumber(gains[index], { unit: 'dB' })}: ${shown}`}
        x={x}
        y={y(name)}
        lines={series.map(({ tone, values }) => ({
          tone,
          points: values.map((value, at): [number, number] => [gains[at], 100 * value]),
        }))}
        onPoint={(across) => onIndex(Math.round(across * (gains.length - 1)))}
        over={
          <>
            <span class="n-cursor" style={{ left: `${100 * place}%` }} />
            <Grip
              label="Gain"
              place={place}
              index={index}
              count={gains.length}
              text={`${gains[index]} decibels: ${shown}`}
              onMove={onIndex}
            />
          </>
        }
      />
      <Key
        lines={series.map(({ label: line, tone, values }) => ({ label: line, tone, value: percent(values[index]) }))}
      />
    </>
  );
}

function percent(share: number): string {
  return formatNumber(100 * share, { decimals: 0, unit: '%' });
}
