import './resize.css';
import './glide.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { resizedScale, valueAtPlace } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import type { Parameters } from '@/lib/parameters';
import type { Tensor } from '@/lib/tensor';
import { resized } from '@/workers/lab/resized';
import { shareByColumn } from './arrived.ts';
import { type Shown, secondScales } from './paint.ts';
import { SecondPlot } from './SecondPlot.tsx';
import { interpolationOf, type Way, wayParameter } from './ways.ts';

interface GlideSettings {
  readonly sound: 'a tone that glides' | 'your clip';
  /** Hz. */
  readonly from: number;
  readonly to: number;
  readonly way: Way;
}

const hertz = { kind: 'integer', unit: 'Hz', min: 100, max: 7900, step: 50 } as const;

const schema: Parameters<GlideSettings> = {
  sound: {
    kind: 'choice',
    label: 'sound',
    help: 'The glide is computed; it lasts one second.',
    choices: ['a tone that glides', 'your clip'],
    default: 'a tone that glides',
  },
  from: { ...hertz, label: 'from', help: 'The frequency at the start of the glide.', default: 500 },
  to: {
    ...hertz,
    label: 'to',
    help: 'The frequency at its end. The same as at the start: a steady tone.',
    default: 2500,
  },
  way: wayParameter,
};

const side = 32;
const size = { height: side, width: side };

/** A thin line, and what is left of it where few cells are read. */
export default function Glide({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { sound, from, to, way } = settings.config;
  const own = sound === 'your clip';
  const glide = useLab(number, 'glidePicture', own ? undefined : [from, to]);
  const clip = useLab(`${number}b`, 'secondPicture', own ? [] : undefined);
  const { result, problem } = own ? clip : glide;
  const name = own ? (clip.clip?.name ?? 'your clip') : `a tone from ${from} to ${to} Hz`;
  const shrunk = useMemo(
    () => result && resized(result.magnitudes, { ...size, ...interpolationOf(way) }),
    [result, way],
  );
  const smooth = useMemo(
    () => result && resized(result.magnitudes, { ...size, ...interpolationOf('antialiased') }),
    [result],
  );
  const show = (picture: Tensor | undefined): Shown | undefined =>
    result && picture && { picture, scale: 'magnitude', largest: result.largest };
  const before = useMemo(() => show(result?.magnitudes), [result]);
  const middle = useMemo(() => show(shrunk), [shrunk]);
  const last = useMemo(() => show(smooth), [smooth]);
  return (
    <Figure
      number={number}
      layout="wide"
      class="glide"
      settings={settings}
      caption={
        <>
          {children}
          <Legend
            map="sequential"
            low={0}
            high={1}
            ticks={[0, 0.5, 1]}
            label="magnitude, as a share of the largest; linear"
          />
        </>
      }
      controls={
        <Controls
          settings={settings}
          problem={problem}
          only={own ? ['sound', 'way'] : ['sound', 'from', 'to', 'way']}
        />
      }
      plate={
        <>
          <div class="panels three">
            <Panel title="before" note="124 × 129" shown={before} still="resize-glide" name={name} />
            <Panel title={way} note="32 × 32" shown={middle} still="resize-glide-bilinear" name={name} />
            <Panel title="antialiased" note="32 × 32" shown={last} still="resize-glide-antialiased" name={name} />
          </div>
          <Arrived magnitudes={result?.magnitudes} way={way} shrunk={shrunk} smooth={smooth} />
        </>
      }
    />
  );
}

interface PanelProps {
  readonly title: string;
  readonly note: string;
  readonly shown: Shown | undefined;
  readonly still: string;
  readonly name: string;
}

function Panel({ title, note, shown, still, name }: PanelProps) {
  return (
    <div>
      <p class="panel-head">
        <b>{title}</b> {note}
      </p>
      <SecondPlot class="panel" shown={shown} still={still} label={`${name}, ${title}, ${note} cells`} ticks={[3, 4]} />
    </div>
  );
}

const time = resizedScale(secondScales.time, side);
const across: ValueRange = {
  min: valueAtPlace(time, 0),
  max: valueAtPlace(time, 1),
  unit: 's',
  name: 'time',
};

interface ArrivedProps {
  readonly magnitudes: Tensor | undefined;
  readonly way: Way;
  readonly shrunk: Tensor | undefined;
  readonly smooth: Tensor | undefined;
}

/** How much of each column's magnitude the small picture has. */
function Arrived({ magnitudes, way, shrunk, smooth }: ArrivedProps) {
  const exact = useMemo(() => magnitudes && resized(magnitudes, { ...size, ...interpolationOf('area') }), [magnitudes]);
  const shares = useMemo(
    () => (exact && shrunk && smooth ? [shareByColumn(shrunk, exact), shareByColumn(smooth, exact)] : []),
    [exact, shrunk, smooth],
  );
  const real = shares.flat().filter(Number.isFinite);
  const top = Math.min(4, Math.max(2, Math.ceil(Math.max(0, ...real))));
  const up: ValueRange = { min: 0, max: top, unit: '×', ticks: Array.from({ length: top + 1 }, (_, tick) => tick) };
  const pointsOf = (values: readonly number[]) =>
    values.map((value, column) => [time.first + column * time.step, Math.min(value, top)] as const);
  const lines: Line[] = [
    { points: [[across.min, 1] as const, [across.max, 1] as const], tone: 'faint' },
    ...shares.map((values, index): Line => ({ points: pointsOf(values), tone: index === 0 ? 2 : 'strong' })),
  ];
  const [first = []] = shares;
  const found = first.filter(Number.isFinite);
  const extent = found.length
    ? `${formatNumber(Math.min(...found), { decimals: 2 })} to ${formatNumber(Math.max(...found), { decimals: 2 })}`
    : 'nothing to compare';
  return (
    <div class="arrived">
      <p class="panel-head">
        <b>What arrives</b>
        <span aria-live="polite">
          by {way}, a column has {extent} times the magnitude that it should have
        </span>
      </p>
      <LineChart
        label={`Magnitude of each column against what it should be: by ${way} from ${extent}, antialiased close to 1`}
        x={across}
        y={up}
        lines={lines}
      />
      <p class="line-key">
        <span style={{ '--tone': 'var(--cat-2)' }}>{way}</span>
        <span style={{ '--tone': 'var(--ink)' }}>antialiased</span>
        <span style={{ '--tone': 'var(--ink-faint)' }}>what should arrive: the mean of the old cells there</span>
      </p>
    </div>
  );
}
