import './frames.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { type Problem, problemOf, useSettings } from '@/components/chapter/use-settings';
import { Axis } from '@/components/plots/Axis';
import { formatNumber } from '@/components/plots/format';
import { rangeScale } from '@/components/plots/LineChart';
import { envelope, peakOf } from '@/components/plots/wave';
import { frameCount, type PadMode, type StftOptions, sampleAt, stftParameters, windowStart } from '@/lib/dsp/frames';
import type { Parameters } from '@/lib/parameters';
import { useClip } from '@/reader/use-clip';
import { firstOptions } from './options.ts';

type Layout = Pick<StftOptions, 'winLength' | 'hopLength' | 'centre' | 'padMode'>;

const schema: Parameters<Layout> = {
  winLength: { ...stftParameters.winLength, kind: 'integer', min: 16, max: 8000, default: 4000, scale: 'log' },
  hopLength: { ...stftParameters.hopLength, kind: 'integer', min: 16, max: 8000, default: 2000, scale: 'log' },
  centre: stftParameters.centre,
  padMode: {
    kind: 'choice',
    label: 'padding',
    help: 'For centred frames alone: what they find beyond the clip.',
    choices: ['reflect', 'constant', 'replicate'],
    default: 'reflect',
  },
};

const padNames: Readonly<Record<PadMode, string>> = {
  reflect: 'mirrored',
  constant: 'zeros',
  replicate: 'outermost sample',
};

/** More frames than this are drawn as a few at either end. */
const drawn = 40;

/** Frames laid over the waveform: where each begins and ends, how many fit, and what padding adds. */
export default function FrameLayout({ number, children, first }: FigureProps & { readonly first: readonly number[] }) {
  const settings = useSettings(number, schema);
  const clip = useClip();
  const { config } = settings;
  const samples = useMemo(() => clip?.samples ?? Float32Array.from(first), [clip, first]);
  const sampleRate = clip ? clip.sampleRate : 16000;
  const length = clip ? samples.length : 16000;
  const options: StftOptions = {
    ...firstOptions,
    ...config,
    nFft: config.winLength,
    placement: 'centre',
  };
  const { frames, problem } = framesOf(options, length);
  const { winLength, hopLength, centre } = config;
  const edge = centre ? Math.floor(winLength / 2) : 0;
  const from = -edge;
  const to = Math.max(length + edge, winLength);
  const place = (sample: number) => (1000 * (sample - from)) / (to - from);
  const shown = Array.from({ length: frames }, (_, i) => i).filter(
    (i) => frames <= drawn || i < 20 || i >= frames - 20,
  );
  const rows = Math.min(8, Math.max(1, Math.ceil(winLength / hopLength)) + 1);
  const n = (value: number) => formatNumber(value, { decimals: 0 });
  const padded = length + 2 * edge;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="frames"
      layout="wide"
      controls={<Controls settings={settings} problem={problem} names={padNames} />}
      plate={
        <>
          <div class="plot frames-plot">
            <div class="pic">
              <svg
                viewBox="0 0 1000 160"
                preserveAspectRatio="none"
                role="img"
                aria-label={`${frames} frames of ${winLength} samples, one every ${hopLength}, over the ${length} samples of ${clip?.name ?? 'yes'}`}
              >
                <rect class="soot-ground" x={place(0)} width={place(length) - place(0)} height="100" />
                {centre && (
                  <>
                    <rect class="pad" x="0" width={place(0)} height="100" />
                    <rect class="pad" x={place(length)} width={1000 - place(length)} height="100" />
                  </>
                )}
                <path
                  class="wave"
                  d={outline(
                    (position) => {
                      const source = sampleAt(options, position, length);
                      return source < 0 ? 0 : samples[Math.floor((source * samples.length) / length)];
                    },
                    from,
                    to,
                  )}
                />
                {shown.map((i) => {
                  const start = windowStart(options, i);
                  const row = i % rows;
                  return (
                    <rect
                      key={i}
                      class={i === 0 && isLit('3.2', 'w') ? 'frame lit' : 'frame'}
                      x={place(start)}
                      width={Math.max(1.5, place(start + winLength) - place(start))}
                      y={106 + row * (52 / rows)}
                      height={Math.max(2, 52 / rows - 2)}
                    />
                  );
                })}
                {frames > 1 && isLit('3.2', 'h') && (
                  <path class="hop" d={`M${place(windowStart(options, 0))} 103H${place(windowStart(options, 1))}`} />
                )}
              </svg>
            </div>
            <Axis
              side="bottom"
              scale={rangeScale({ min: from / sampleRate, max: to / sampleRate })}
              unit="s"
              wanted={8}
              name="time"
            />
          </div>
          <p class="frames-rule" data-frames={frames}>
            1 + ⌊({n(padded)} − {n(winLength)}) / {n(hopLength)}⌋ ={' '}
            <b>
              {n(frames)} {frames === 1 ? 'frame' : 'frames'}
            </b>
            {centre &&
              `, where ${n(padded)} is the clip’s ${n(length)} samples with ${n(edge)} before and ${n(edge)} after`}
            {!centre && frames > 0 && leftOver(options, length, frames)}.
          </p>
        </>
      }
    />
  );
}

function leftOver(options: StftOptions, length: number, frames: number): string {
  const rest = length - windowStart(options, frames - 1) - options.winLength;
  return rest > 0 ? `; the last ${formatNumber(rest, { decimals: 0 })} samples are in none` : '';
}

/** How many frames there are, or why there is none. */
function framesOf(options: StftOptions, samples: number): { frames: number; problem?: Problem } {
  try {
    return { frames: frameCount(options, samples) };
  } catch (error) {
    return { frames: 0, problem: problemOf(error) };
  }
}

const columns = 500;

/** The clip with its padding as a closed outline, in a box of 1000 × 100. */
function outline(valueAt: (position: number) => number, from: number, to: number): string {
  const stride = Math.max(1, Math.floor((to - from) / 20000));
  const values = Float32Array.from({ length: Math.ceil((to - from) / stride) }, (_, at) => valueAt(from + at * stride));
  const wave = envelope(values, columns);
  const scale = 46 / (peakOf(wave) || 1);
  const x = (column: number) => ((column * 1000) / columns).toFixed(1);
  let upper = '';
  let lower = '';
  for (let column = 0; column < columns; column++) {
    upper += `${upper ? 'L' : 'M'}${x(column)} ${Math.min(49.5, 50 - wave.high[column] * scale).toFixed(1)}`;
    lower = `L${x(column)} ${Math.max(50.5, 50 - wave.low[column] * scale).toFixed(1)}${lower}`;
  }
  return `${upper}${lower}Z`;
}
