import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { shownRange } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Grip } from '@/components/controls/Grip';
import { cellAtPlace, placeOf } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { LineChart, type ValueRange } from '@/components/plots/LineChart';
import { dct, dctBasis, inverseDct } from '@/lib/dsp/dct';
import type { Parameters } from '@/lib/parameters';
import { useClip } from '@/reader/use-clip';
import { MelPlot, paintRows, timeScale } from './MelPlot.tsx';
import { bandsFor } from './settings.ts';

/** Of the picture, and so the number of cosines. */
const bands = 40;

interface Kept {
  readonly nMfcc: number;
}

const schema: Parameters<Kept> = {
  nMfcc: {
    kind: 'integer',
    label: 'cosines kept',
    help: `From the flattest on; with all ${bands} the column comes back as it was.`,
    min: 1,
    max: bands,
    default: 13,
  },
};

const basis = dctBasis(bands, bands, 'ortho');

/** One column of log-mel as a sum of cosines, each of which can be taken out. */
export default function Cosines({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const rate = useClip()?.sampleRate;
  const asked = useMemo(() => (rate ? bandsFor(rate, bands) : undefined), [rate]);
  const { result, clip, problem } = useLab(number, 'melValues', asked && [asked, { kind: 'decibels' }]);
  const [moment, setMoment] = useState(0.4);
  const [out, setOut] = useState<ReadonlySet<number>>(new Set());
  const paint = useMemo(() => {
    if (!result) return undefined;
    const high = result.values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    return paintRows(result.values, result.frames, ({ sequential }) => ({
      table: sequential,
      low: high - shownRange,
      high,
    }));
  }, [result]);
  const i = result ? cellAtPlace(timeScale(result), moment) : 0;
  const column = result?.values.subarray(i * bands, (i + 1) * bands) ?? new Float32Array(bands);
  const coefficients = dct(column, 'ortho');
  const takenOut = (k: number) => k >= settings.config.nMfcc || out.has(k);
  const rebuilt = inverseDct(
    coefficients.map((value, k) => (takenOut(k) ? 0 : value)),
    bands,
    'ortho',
  );
  const missed = Math.sqrt(rebuilt.reduce((sum, value, b) => sum + (value - column[b]) ** 2, 0) / bands);
  const toggle = (k: number) => {
    const next = new Set(out);
    if (!next.delete(k)) next.add(k);
    setOut(next);
  };
  const seconds = result ? timeScale(result).first + i * timeScale(result).step : 0;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-cosines"
      layout="wide"
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <>
          <div class="m-two">
            <div>
              <MelPlot
                grid={result}
                paint={paint}
                still="mel-40"
                label={`Log-mel of ${clip?.name ?? 'yes'} in ${bands} bands; the column at ${seconds.toFixed(3)} seconds is taken apart`}
                onPoint={setMoment}
              >
                {result && (
                  <>
                    <span class="cursor" style={{ left: `${100 * placeOf(timeScale(result), seconds)}%` }} />
                    <Grip
                      label="Moment"
                      place={placeOf(timeScale(result), seconds)}
                      index={i}
                      count={result.frames}
                      text={`frame ${i}, ${seconds.toFixed(3)} seconds`}
                      onMove={(index) => setMoment((index + 0.5) / result.frames)}
                    />
                  </>
                )}
              </MelPlot>
              <div class="under">
                <DecibelLegend />
              </div>
            </div>
            <Column values={column} rebuilt={rebuilt} missed={missed} />
          </div>
          <fieldset class="m-cosines">
            <legend>The {bands} cosines and how much of each there is: press one to take it out</legend>
            {Array.from(coefficients, (value, k) => (
              <button
                key={k}
                type="button"
                class={isLit('4.4', 'k') && k < settings.config.nMfcc ? 'm-cosine lit' : 'm-cosine'}
                aria-pressed={!takenOut(k)}
                disabled={k >= settings.config.nMfcc}
                data-k={k}
                data-value={value}
                onClick={() => toggle(k)}
              >
                <svg viewBox="0 0 40 24" aria-hidden="true">
                  <path d={shapes[k]} />
                </svg>
                <span>{k}</span> <b>{formatNumber(value, { decimals: 0 })}</b>
              </button>
            ))}
          </fieldset>
          <button type="button" class="link" disabled={out.size === 0} onClick={() => setOut(new Set())}>
            Put all back
          </button>
        </>
      }
    />
  );
}

/** Each basis vector as a line. */
const shapes = Array.from({ length: bands }, (_, k) =>
  Array.from({ length: bands }, (_, b) => {
    const height = basis[k * bands + b] / Math.sqrt(2 / bands);
    return `${b === 0 ? 'M' : 'L'}${(b + 0.5).toFixed(1)} ${(12 - 10 * height).toFixed(1)}`;
  }).join(''),
);

interface ColumnProps {
  readonly values: Float32Array;
  readonly rebuilt: Float64Array;
  /** Root mean square, dB. */
  readonly missed: number;
}

function Column({ values, rebuilt, missed }: ColumnProps) {
  const all = [...values, ...rebuilt];
  const step = 20;
  const low = step * Math.floor(Math.min(...all) / step);
  const high = Math.max(low + step, step * Math.ceil(Math.max(...all) / step));
  const x: ValueRange = { min: 0, max: bands + 1, unit: '', name: 'mel band', ticks: [1, 10, 20, 30, 40] };
  const y: ValueRange = { min: low, max: high, unit: 'dB', name: 'energy of the band' };
  const points = (of: ArrayLike<number>) => Array.from(of, (value, b): [number, number] => [b + 1, value]);
  return (
    <div>
      <LineChart
        label={`The column and what the kept cosines make of it, ${missed.toFixed(1)} decibels apart on average`}
        x={x}
        y={y}
        lines={[
          { points: points(values), tone: 'faint', marks: 'dots' },
          { points: points(values), tone: 'faint' },
          { points: points(rebuilt), tone: 'strong' },
        ]}
      />
      <p class="m-readout" data-missed={missed}>
        dots: the column · line: the sum of what is kept, <b>{formatNumber(missed, { decimals: 1, unit: 'dB' })}</b> off
        (root mean square)
      </p>
    </div>
  );
}
