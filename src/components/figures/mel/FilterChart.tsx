import { useMemo } from 'preact/hooks';
import { isLit } from '@/components/chapter/lit';
import { LineChart, placed, type ValueRange } from '@/components/plots/LineChart';
import { melFilterbank } from '@/lib/dsp/mel';
import { type MelSettings, melOptions } from '@/lib/dsp/mel-settings';

interface Props {
  readonly settings: MelSettings;
  /** Of the bins of one frame. */
  readonly powers: Float32Array;
  /** The filter that is laid open. */
  readonly filter: number;
  readonly onPoint: (x: number) => void;
}

/** What is shown of a frame's bins, dB below its strongest. */
const range = 80;
const level: ValueRange = {
  min: -range,
  max: 0,
  unit: 'dB',
  ticks: [-80, -60, -40, -20, 0],
  name: 'bins, below the strongest',
};
/** The tallest triangle takes this share of the height. */
const tallest = 0.92;

/** The spectrum of one frame with the triangles laid over it; one is filled, and its bins stand out. */
export function FilterChart({ settings, powers, filter, onPoint }: Props) {
  const { sampleRate, stft } = settings;
  const bank = useMemo(() => melFilterbank(melOptions(settings)), [settings]);
  const top = sampleRate / 2000;
  const x: ValueRange = { min: 0, max: top, unit: 'kHz', name: 'frequency' };
  const largest = powers.reduce((most, power) => Math.max(most, power), 0);
  const points = Array.from(powers, (power, k): [number, number] => [
    (k * sampleRate) / stft.nFft / 1000,
    largest > 0 ? Math.max(-range, 10 * Math.log10(power / largest)) : -range,
  ]);
  const heights = Array.from(bank.first, (_, m) => 1 / heightOf(bank.edges, m, settings.mel.norm));
  const least = heights.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const empty = new Set(bank.empty);
  const triangle = (m: number): string => {
    const height = tallest * heightOf(bank.edges, m, settings.mel.norm) * least;
    const at = (edge: number, up: number) =>
      placed([bank.edges[edge] / 1000, -range + range * up], x, level)
        .map((value) => value.toFixed(1))
        .join(' ');
    return `M${at(m, 0)}L${at(m + 1, height)}L${at(m + 2, 0)}`;
  };
  const filters = [...bank.first.keys()];
  const used = points.slice(bank.first[filter], bank.first[filter] + bank.count[filter]);
  return (
    <LineChart
      class="m-filters"
      onPoint={onPoint}
      label={`Spectrum of the frame with ${filters.length} triangular filters; filter ${filter + 1} reads ${used.length} bins from ${Math.round(bank.edges[filter])} to ${Math.round(bank.edges[filter + 2])} hertz`}
      x={x}
      y={level}
      lines={[
        { points, tone: 'faint' },
        { points: used, tone: 'hand', marks: 'dots' },
      ]}
    >
      <path
        class="m-triangles"
        d={filters
          .filter((m) => !empty.has(m))
          .map(triangle)
          .join('')}
      />
      <path
        class="m-empty"
        d={filters
          .filter((m) => empty.has(m))
          .map(triangle)
          .join('')}
      />
      <path class={isLit('4.2', 'w') || isLit('4.3', 'w') ? 'm-chosen lit' : 'm-chosen'} d={triangle(filter)} />
      {isLit('4.2', 'e') && (
        <path
          class="m-edges"
          d={[0, 1, 2]
            .map((step) => `M${placed([bank.edges[filter + step] / 1000, 0], x, level)[0].toFixed(1)} 0V1000`)
            .join('')}
        />
      )}
    </LineChart>
  );
}

/** How high a triangle is: 1, or as high as makes its area 1 in hertz. */
function heightOf(edges: Float64Array, m: number, norm: MelSettings['mel']['norm']): number {
  return norm === 'slaney' ? 2 / (edges[m + 2] - edges[m]) : 1;
}
