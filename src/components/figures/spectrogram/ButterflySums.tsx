import type { ComponentChildren } from 'preact';
import { formatComplex } from '@/components/plots/format';
import type { Butterfly, Complex } from '@/lib/dsp/butterflies';

interface Props {
  readonly butterfly: Butterfly;
  /** Counted from 1. */
  readonly stage: number;
  /** The largest magnitude of the transform, which says how many decimals are shown. */
  readonly largest: number;
}

/** Decimals that show three digits of the largest number of a table. */
export function decimalsFor(largest: number): number {
  if (!(largest > 0)) return 3;
  return Math.min(7, Math.max(2, 2 - Math.floor(Math.log10(largest))));
}

/** The arithmetic of one butterfly, with its numbers. */
export function ButterflySums({ butterfly, stage, largest }: Props) {
  const { lines, inputs, twiddle, product, outputs, k } = butterfly;
  const [upper, lower] = lines;
  const span = 2 ** stage;
  const after = stage === 3 ? (line: number) => `X[${line}]` : (line: number) => `to line ${line}`;
  return (
    <dl class="sums-table" aria-live="polite">
      <Row part="upper" value={inputs[0]} largest={largest}>
        upper, line {upper}
      </Row>
      <Row part="lower" value={inputs[1]} largest={largest}>
        lower, line {lower}
      </Row>
      <Row part="twiddle" value={twiddle} largest={1}>
        <var>w</var>, turned by {k === 0 ? '0' : `−${(360 * k) / span}`}°
      </Row>
      <Row part="product" value={product} largest={largest}>
        <var>w</var> · lower
      </Row>
      <Row part="sum" value={outputs[0]} largest={largest} total>
        upper + <var>w</var> · lower, {after(upper)}
      </Row>
      <Row part="difference" value={outputs[1]} largest={largest} total>
        upper − <var>w</var> · lower, {after(lower)}
      </Row>
    </dl>
  );
}

interface RowProps {
  readonly part: string;
  readonly value: Complex;
  readonly largest: number;
  readonly total?: boolean;
  /** What the number is. */
  readonly children: ComponentChildren;
}

function Row({ part, value, largest, total, children }: RowProps) {
  return (
    <div class={total ? 'total' : ''}>
      <dt>{children}</dt>
      <dd data-part={part} data-re={value.re} data-im={value.im}>
        {formatComplex(value.re, value.im, { decimals: decimalsFor(largest) })}
      </dd>
    </div>
  );
}
