import './timing.css';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useJob } from '@/components/chapter/use-job';
import { formatNumber, noBreakSpace } from '@/components/plots/format';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import { multiplications } from '@/lib/dsp/butterflies';
import { useClip } from '@/reader/use-clip';
import type { TimedSize } from '@/workers/lab/timing-calls';
import { formatSeconds, powerOfTen } from './magnitudes.ts';

const sizes = Array.from({ length: 10 }, (_, i) => 2 ** (i + 3));

/** Both axes are logarithms: that of n to the base 2, those of counts and seconds to the base 10. */
const across: ValueRange = {
  min: 2.5,
  max: 12.5,
  unit: '',
  name: 'length n',
  ticks: [3, 5, 7, 9, 11],
  write: (power) => formatNumber(2 ** power),
};
const counts: ValueRange = {
  min: 0,
  max: 8,
  unit: '',
  name: 'complex multiplications, counted',
  ticks: [0, 2, 4, 6, 8],
  write: powerOfTen,
};
const times: ValueRange = {
  min: -8,
  max: 0,
  unit: '',
  name: 'time of one transform, measured',
  ticks: [-8, -6, -4, -2, 0],
  write: (power) => formatSeconds(10 ** power),
};

/** What the FFT spares: counted for all lengths, and measured on the reader's device when asked for. */
export default function Timing({ number, children }: FigureProps) {
  const clip = useClip();
  const job = useJob('timing', clip && [sizes]);
  const { result, progress } = job;
  const running = progress !== undefined;
  return (
    <Figure
      number={number}
      caption={children}
      layout="wide"
      class="timing"
      controls={
        <div class="timing-run">
          <button type="button" class="btn" disabled={!clip} onClick={running ? job.stop : job.start}>
            {running ? 'Stop' : 'Measure on this device'}
          </button>
          {running && <progress max={1} value={progress} aria-label="How much is measured" />}
          {job.problem && <span class="why">{job.problem.sentence}</span>}
        </div>
      }
      plate={
        <>
          <div class="two-charts">
            <LineChart
              label={`Multiplications by the definition and by the FFT: ${naming(8)}, ${naming(4096)}`}
              x={across}
              y={counts}
              lines={drawn(sizes.map((n) => ({ n, ...multiplications(n) })))}
            />
            <div class="measured">
              <LineChart
                label={result ? sizesSaid(result) : 'Time of one transform: not measured yet'}
                x={across}
                y={times}
                lines={drawn(result ?? [])}
              />
              {!result && (
                <p class="not-yet">
                  {running ? 'Measuring, each length for as long as the clock needs' : 'Not measured yet'}
                </p>
              )}
            </div>
          </div>
          <div class="timing-said" aria-live="polite">
            {result
              ?.filter(({ n }, index) => n === 256 || index === sizes.length - 1)
              .map((timed) => (
                <Ratio key={timed.n} timed={timed} />
              ))}
          </div>
        </>
      }
    />
  );
}

function naming(n: number): string {
  const { naive, fft } = multiplications(n);
  return `${formatNumber(naive)} against ${formatNumber(fft)} at length ${formatNumber(n)}`;
}

function sizesSaid(timed: readonly TimedSize[]): string {
  const said = timed.map(({ n, naive, fft }) => `${n}: ${formatSeconds(naive)} against ${formatSeconds(fft)}`);
  return `Time of one transform by the definition and by the FFT, by length. ${said.join('; ')}`;
}

/** The two as lines with a dot at each length. */
function drawn(values: readonly { readonly n: number; readonly naive: number; readonly fft: number }[]): Line[] {
  const points = (way: 'naive' | 'fft') =>
    values.map((value): [number, number] => [Math.log2(value.n), Math.log10(value[way])]);
  return [
    { points: points('naive'), tone: 'faint', name: 'the definition' },
    { points: points('naive'), tone: 'faint', marks: 'dots' },
    { points: points('fft'), name: 'FFT' },
    { points: points('fft'), marks: 'dots' },
  ];
}

/** What was measured at one length, beside what was counted. */
function Ratio({ timed }: { readonly timed: TimedSize }) {
  const { n, naive, fft } = timed;
  const counted = multiplications(n);
  const times = (ratio: number) =>
    `${formatNumber(ratio, ratio < 10 ? { decimals: 1 } : { decimals: 0 })}${noBreakSpace}×`;
  return (
    <p data-n={n} data-naive={naive} data-fft={fft}>
      <var>n</var> = {formatNumber(n)}: {formatSeconds(naive)} by the definition, {formatSeconds(fft)} by the FFT. On
      this device it is <b>{times(naive / fft)}</b> as fast; the counts are {times(counted.naive / counted.fft)} apart.
    </p>
  );
}
