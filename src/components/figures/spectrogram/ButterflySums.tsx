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

/** A power of w = exp(−2πi/8), by which a lower line is turned. */
export function PowerOfW({ power }: { readonly power: number }) {
  if (power === 0) return <>1</>;
  return (
    <>
      <var>w</var>
      {power > 1 && <sup>{power}</sup>}
    </>
  );
}

/** Which power of w the twiddle factor of a butterfly is, in a stage counted from 1. */
export function twiddlePower({ k }: Butterfly, stage: number): number {
  return k * 2 ** (3 - stage);
}

/** The arithmetic of one butterfly, with its numbers. */
export function ButterflySums({ butterfly, stage, largest }: Props) {
  const { lines, inputs, twiddle, product, outputs } = butterfly;
  const [upper, lower] = lines;
  const power = twiddlePower(butterfly, stage);
  const factor = <PowerOfW power={power} />;
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
        {factor}, {power === 0 ? 'no turn' : `a turn by −${45 * power}°`}
      </Row>
      <Row part="product" value={product} largest={largest}>
        {factor} · lower
      </Row>
      <Row part="sum" value={outputs[0]} largest={largest} total>
        upper + {factor} · lower, {after(upper)}
      </Row>
      <Row part="difference" value={outputs[1]} largest={largest} total>
        upper − {factor} · lower, {after(lower)}
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
        {formatComplex(value.re, value.im || undefined, { decimals: decimalsFor(largest) })}
      </dd>
    </div>
  );
}
