import { indexOfLargest } from './cells.ts';
import { formatNumber, noBreakSpace } from './format.ts';

interface Props {
  names: readonly string[];
  /** Probabilities, 0 to 1, in the order of the names; empty while they are not known. */
  values: ArrayLike<number>;
  /** Hears the row that was pressed. */
  onPick?: (index: number) => void;
}

/** A network's answers as bars, in per cent: the likeliest in ink, the rest faint. */
export function Bars({ names, values, onPick }: Props) {
  const known = values.length > 0;
  const winner = known ? indexOfLargest(values) : -1;
  return (
    <ol class="bars">
      {names.map((name, index) => (
        // The keyboard has the thread's handle; the rows are a larger target for the pointer.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <li key={name} class={index === winner ? 'win' : ''} onClick={onPick && (() => onPick(index))}>
          <span>{name}</span>
          <i style={{ width: known ? `${(100 * values[index]).toFixed(2)}%` : 0 }} />
          <span>{known ? perCent(values[index]) : noBreakSpace}</span>
        </li>
      ))}
    </ol>
  );
}

function perCent(probability: number): string {
  return probability < 0.0005 ? '0' : formatNumber(100 * probability, { decimals: 1 });
}
