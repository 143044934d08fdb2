import { formatNumber } from './format.ts';

interface Props {
  names: readonly string[];
  /** Probabilities, 0 to 1, in the order of the names. */
  values: ArrayLike<number>;
  /** Hears the row that was pressed. */
  onPick?: (index: number) => void;
}

/** A network's answers as bars, in per cent: the likeliest in ink, the rest faint. */
export function Bars({ names, values, onPick }: Props) {
  const winner = winnerOf(values);
  return (
    <ol class="bars">
      {names.map((name, index) => (
        // The keyboard has the thread's handle; the rows are a larger target for the pointer.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <li key={name} class={index === winner ? 'win' : ''} onClick={onPick && (() => onPick(index))}>
          <span>{name}</span>
          <i style={{ width: `${(100 * values[index]).toFixed(2)}%` }} />
          <span>{values[index] < 0.0005 ? '0' : formatNumber(100 * values[index], { decimals: 1 })}</span>
        </li>
      ))}
    </ol>
  );
}

/** The index of the largest value; the first of equals. */
export function winnerOf(values: ArrayLike<number>): number {
  let winner = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[winner]) winner = index;
  return winner;
}
