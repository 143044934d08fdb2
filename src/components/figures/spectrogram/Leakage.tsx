import './leakage.css';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { LineChart, type ValueRange } from '@/components/plots/LineChart';
import { createFft } from '@/lib/dsp/fft';
import { createWindow, type WindowName, windowNames } from '@/lib/dsp/window';
import type { Parameters } from '@/lib/parameters';

interface Tone {
  readonly turns: number;
  readonly window: WindowName;
}

/** Of the frame, and of its transform: short, so that single bins are seen. */
const length = 64;
const floor = -100;
/** Where the curves have their names: so many bins beside the tone. */
const apart = 9;
/** Of a name in the chart, dB. */
const nameHeight = 9;

const schema: Parameters<Tone> = {
  turns: {
    kind: 'number',
    label: 'turns of the tone',
    help: 'How many periods of a sine fit into the frame. Whole numbers fall on a bin; halves fall between two.',
    min: 4,
    max: 28,
    step: 0.05,
    default: 10.5,
  },
  window: {
    kind: 'choice',
    label: 'window',
    help: 'Drawn in ink; the others step back.',
    choices: windowNames,
    default: 'hann',
  },
};

const fft = createFft(length);

/** A pure tone through four windows: how far its energy spreads over the bins. */
export default function Leakage({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { turns, window } = settings.config;
  const spectra = new Map(windowNames.map((name) => [name, spectrumOf(name, turns)]));
  const shown = spectra.get(window) ?? [];
  const near = Math.round(turns);
  const far = Math.max(...shown.filter((_, bin) => Math.abs(bin - turns) > 4));
  const bins: ValueRange = { min: 0, max: length / 2, unit: '', name: 'bin', ticks: [0, 4, 8, 12, 16, 20, 24, 28, 32] };
  const levels: ValueRange = {
    min: floor,
    max: 0,
    unit: 'dB',
    ticks: [-80, -60, -40, -20, 0],
    name: 'below the window’s own peak',
  };
  const samples: ValueRange = { min: 0, max: length - 1, unit: 'samples' };
  const weights: ValueRange = { min: -1, max: 1, unit: '', name: 'windowed frame' };
  const shape = createWindow(window, length, true);
  const points = (values: ArrayLike<number>) => Array.from(values, (value, at): [number, number] => [at, value]);
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="leakage"
      controls={<Controls settings={settings} />}
      plate={
        <>
          <LineChart
            class="flat"
            label={`${formatNumber(turns)} turns of a sine under the ${window} window`}
            x={samples}
            y={weights}
            lines={[
              { points: points(shape), tone: 'faint' },
              { points: points(toneOf(turns).map((value, t) => value * shape[t])) },
            ]}
          />
          <LineChart
            label={`Spectra of the tone in decibels; with the ${window} window bin ${near} is strongest`}
            x={bins}
            y={levels}
            lines={[
              ...windowNames
                .filter((name) => name !== window)
                .map((name) => ({ points: points(spectra.get(name) ?? []), tone: 'faint' as const })),
              { points: points(shown) },
              {
                points: points(shown).filter(([bin]) => Math.abs(bin - turns) <= 1),
                tone: 'hand' as const,
                marks: 'dots' as const,
              },
            ]}
            over={namesBeside(spectra, turns).map(({ name, bin, level, below }) => (
              <span
                key={name}
                class={[
                  'line-name leak-name',
                  below && 'below',
                  below === bin > turns && 'before',
                  name === window && 'chosen',
                ]
                  .filter(Boolean)
                  .join(' ')}
                style={{ left: `${(100 * bin) / bins.max}%`, bottom: `${(100 * (level - floor)) / -floor}%` }}
                aria-hidden="true"
              >
                {name}
              </span>
            ))}
          />
          <div class="under">
            <span class="readout">
              more than 4 bins away: <b>{formatNumber(far, { decimals: 0, unit: 'dB' })}</b> at most
              <br />
              at bin {near}: {formatNumber(shown[near], { decimals: 1, unit: 'dB' })}
            </span>
          </div>
        </>
      }
    />
  );
}

interface NameBeside {
  readonly name: WindowName;
  readonly bin: number;
  readonly level: number;
  /** Stands below its curve, not above. */
  readonly below: boolean;
}

/** Where the curves have fallen apart: a name for each that has left the floor, and is not too close to another's. */
function namesBeside(spectra: ReadonlyMap<WindowName, readonly number[]>, turns: number): NameBeside[] {
  const bin = Math.round(turns + (turns > length / 4 ? -apart : apart));
  const named: NameBeside[] = [];
  for (const [name, levels] of [...spectra].sort(([, a], [, b]) => b[bin] - a[bin])) {
    const level = levels[bin];
    const above = named.at(-1)?.level ?? 0;
    const last = named.length === spectra.size - 1;
    if (level > floor + nameHeight && above - level > (last ? 4 : nameHeight)) {
      named.push({ name, bin, level, below: last });
    }
  }
  return named;
}

function toneOf(turns: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => Math.cos((2 * Math.PI * turns * t) / length));
}

/** Decibels below what the window would give a tone on a bin: half the sum of its weights. */
function spectrumOf(window: WindowName, turns: number): number[] {
  const weights = createWindow(window, length, true);
  const frame = toneOf(turns).map((value, t) => value * weights[t]);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(frame, re, im);
  const full = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  return Array.from(re, (real, bin) => Math.max(floor, 20 * Math.log10(Math.hypot(real, im[bin]) / full)));
}
