import { formatNumber } from '@/components/plots/format';
import type { DftBin } from '@/lib/dsp/dft';

interface Props {
  readonly walk: DftBin;
  /** The last term that is added. */
  readonly upTo: number;
  readonly lit: boolean;
}

/** Half the side of the drawing. */
const half = 100;

/** The running sum of a bin as a walk in the complex plane, and the arrow from the origin to where it has come. */
export function Turning({ walk, upTo, lit }: Props) {
  const { totalReal, totalImaginary } = walk;
  let reach = 1e-9;
  for (let t = 0; t < totalReal.length; t++) reach = Math.max(reach, Math.hypot(totalReal[t], totalImaginary[t]));
  const x = (value: number) => ((0.92 * half * value) / reach).toFixed(2);
  const y = (value: number) => ((-0.92 * half * value) / reach).toFixed(2);
  let path = 'M0 0';
  for (let t = 0; t <= upTo; t++) path += `L${x(totalReal[t])} ${y(totalImaginary[t])}`;
  const place = `${x(totalReal[upTo])} ${y(totalImaginary[upTo])}`;
  return (
    <figure class="turning">
      <svg
        viewBox={`${-half} ${-half} ${2 * half} ${2 * half}`}
        role="img"
        aria-label={`The sum of ${upTo + 1} terms as a walk in the complex plane; it ends ${formatNumber(Math.hypot(totalReal[upTo], totalImaginary[upTo]), { significant: 3 })} from the origin`}
      >
        <circle class="ring" r={0.92 * half} />
        <path class="ring" d={`M${-half} 0H${half}M0 ${-half}V${half}`} />
        <path class="walk" d={path} />
        <path class={lit ? 'sum lit' : 'sum'} d={`M0 0L${place}`} />
        <path class="head" d={`M${place}h0`} />
      </svg>
      <span class="turning-axis">real part →</span>
      <span class="turning-axis up">imaginary part ↑</span>
      <span class="turning-axis ring-text">the ring: {formatNumber(reach, { significant: 3 })}</span>
    </figure>
  );
}
