import type { TargetedKeyboardEvent } from 'preact';
import { formatComplex } from '@/components/plots/format';
import type { Complex } from '@/lib/dsp/butterflies';
import { decimalsFor } from './ButterflySums.tsx';

interface Props {
  /** 0 for the samples, then one after each stage. */
  readonly column: number;
  readonly line: number;
  readonly value: Complex;
  /** The largest magnitude of the column. */
  readonly largest: number;
  readonly name: string;
  readonly lit: boolean;
  readonly tabbable: boolean;
  readonly onChoose: (column: number, line: number) => void;
  readonly onMove: (column: number, line: number) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A number in the flow graph, pressed or pointed at to see where it comes from; arrow keys go to its neighbours. */
export function FlowNode({ column, line, value, largest, name, lit, tabbable, onChoose, onMove }: Props) {
  const choose = () => onChoose(column, line);
  const press = (event: TargetedKeyboardEvent<HTMLButtonElement>) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    onMove(Math.min(3, Math.max(0, column + step[0])), Math.min(7, Math.max(0, line + step[1])));
  };
  const digits = { decimals: decimalsFor(largest) };
  // The samples are real, and so are some of the sums.
  const text = formatComplex(value.re, value.im || undefined, digits);
  const share = largest > 0 ? Math.hypot(value.re, value.im) / largest : 0;
  return (
    <button
      type="button"
      class={lit ? 'flow-node lit' : 'flow-node'}
      style={{ left: `${(100 * column) / 3}%`, top: `${(100 * (line + 0.5)) / 8}%` }}
      tabIndex={tabbable ? 0 : -1}
      aria-label={`${name}: ${text}`}
      data-node={`${column}-${line}`}
      data-re={value.re}
      data-im={value.im}
      onClick={choose}
      onFocus={choose}
      onPointerEnter={(event) => event.pointerType === 'mouse' && choose()}
      onKeyDown={press}
    >
      <i style={{ '--share': Math.sqrt(share).toFixed(3) }} />
      <span class="flow-value">{text}</span>
    </button>
  );
}
