import type { TargetedKeyboardEvent } from 'preact';

interface Props {
  /** What it chooses: "Moment". */
  readonly label: string;
  /** Its place along the picture, 0 to 1. */
  readonly place: number;
  /** `bottom`: it runs along the lower edge. `left`: along the left one, upwards. */
  readonly side?: 'bottom' | 'left';
  readonly index: number;
  /** How many places there are. */
  readonly count: number;
  /** The value in words: "0.300 seconds". */
  readonly text: string;
  readonly onMove: (index: number) => void;
}

/** The handle of a line across a picture: arrow keys take it one cell on, Page keys ten, Home and End to the ends. */
export function Grip({ label, place, side = 'bottom', index, count, text, onMove }: Props) {
  const press = (event: TargetedKeyboardEvent<HTMLButtonElement>) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(Math.min(count - 1, Math.max(0, index + step)));
  };
  return (
    <button
      type="button"
      class={`grip grip-${side}`}
      style={side === 'bottom' ? { left: `${100 * place}%` } : { bottom: `${100 * place}%` }}
      role="slider"
      aria-label={label}
      aria-orientation={side === 'bottom' ? 'horizontal' : 'vertical'}
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={index}
      aria-valuetext={text}
      onKeyDown={press}
    />
  );
}
