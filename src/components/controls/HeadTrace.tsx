import { envelope, peakOf } from '@/components/plots/wave';
import { useClip } from '@/reader/use-clip';

const width = 1200;
const height = 40;
const columns = 600;

/** The rule under the header: the reader's clip, flat where it is silent. An ornament. */
export function HeadTrace() {
  return (
    <svg class="trace" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={outline(useClip()?.samples ?? new Float32Array(1))} />
    </svg>
  );
}

/** The outline of the wave, along its upper edge and back along the lower one; never thinner than a line. */
function outline(samples: Float32Array): string {
  const wave = envelope(samples, columns);
  const scale = (height / 2 - 1) / (peakOf(wave) || 1);
  const middle = height / 2;
  const point = (column: number, y: number) => `${((column * width) / (columns - 1)).toFixed(0)},${y.toFixed(1)}`;
  const upper: string[] = [];
  const lower: string[] = [];
  for (let column = 0; column < columns; column++) {
    upper.push(point(column, middle - 0.5 - Math.max(0, wave.high[column]) * scale));
    lower.unshift(point(column, middle + 0.5 - Math.min(0, wave.low[column]) * scale));
  }
  return `M${upper.join('L')}L${lower.join('L')}Z`;
}
