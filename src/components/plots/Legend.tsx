import { formatNumber } from './format.ts';
import { gradientOf } from './palette.ts';

interface Props {
  /** `positive`: the orange half alone, for what has gone through a ReLU. */
  map: 'sequential' | 'diverging' | 'positive';
  low: number;
  high: number;
  /** Two or three values; the outer two stand at the ends. */
  ticks: readonly number[];
  /** What is shown, with its unit; says where a scale is cut, "and above", or not linear. */
  label: string;
}

/** The colours of a picture with the values that they stand for. */
export function Legend({ map, low, high, ticks, label }: Props) {
  return (
    <span class="legend">
      <span class="legend-bar" style={{ background: gradientOf(map) }} />
      <span class="legend-ticks">
        {ticks.map((value) => (
          <i key={value} style={{ left: `${(100 * (value - low)) / (high - low)}%` }}>
            {formatNumber(value)}
          </i>
        ))}
      </span>
      <span class="legend-unit">{label}</span>
    </span>
  );
}
