import './resize.css';
import './glide.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Legend } from '@/components/plots/Legend';
import type { Parameters } from '@/lib/parameters';
import type { Tensor } from '@/lib/tensor';
import { resized } from '@/workers/lab/resized';
import { Arrived } from './Arrived.tsx';
import type { Shown } from './paint.ts';
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

const glides = { sound: 'a tone that glides' } as const;
const presets = [
  { words: '500 to 2,500 Hz', from: 500, to: 2500, way: 'bilinear' },
  { words: 'a steady 1,000 Hz', from: 1000, to: 1000, way: 'nearest' },
  { words: '100 to 7,900 Hz', from: 100, to: 7900, way: 'nearest' },
] as const;

const size = { height: 32, width: 32 };

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
        <>
          <div class="resize-presets">
            {presets.map(({ words, ...preset }) => (
              <button
                key={words}
                type="button"
                class="btn plain"
                onClick={() => settings.take({ ...glides, ...preset })}
              >
                {words}
              </button>
            ))}
          </div>
          <Controls
            settings={settings}
            problem={problem}
            only={own ? ['sound', 'way'] : ['sound', 'from', 'to', 'way']}
          />
        </>
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
