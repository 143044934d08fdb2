import './sums.css';
import { formatNumber } from '@/components/plots/format';

export interface Row {
  readonly label: string;
  readonly value: number;
}

interface Props {
  /** What is added up, and what is done with the sum, line by line. */
  readonly rows: readonly Row[];
  readonly decimals: number;
  /** "ReLU", "value" */
  readonly label: string;
  readonly result: number;
}

/** The lines of a sum, and under them its result. */
export function Result({ rows, decimals, label, result }: Props) {
  return (
    <dl class="res">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd data-value={row.value}>{formatNumber(row.value, { decimals })}</dd>
        </div>
      ))}
      <div class="tot">
        <dt>{label}</dt>
        <dd class="num" data-result={result}>
          {formatNumber(result, { decimals })}
        </dd>
      </div>
    </dl>
  );
}
