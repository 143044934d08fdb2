import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { extentOf } from '@/components/plots/cells';
import { formatNumber, formatRange } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import type { Parameters } from '@/lib/parameters';
import { useClip } from '@/reader/use-clip';
import type { MelValues } from '@/workers/lab/mel-calls';
import { apart, type Habit, waysOf } from './differences.ts';
import { MelPlot, paintRows } from './MelPlot.tsx';

const schema: Parameters<{ readonly habit: Habit }> = {
  habit: {
    kind: 'choice',
    label: 'what differs',
    help: 'All else is the same on both sides.',
    choices: ['scale', 'norm', 'power', 'wrong-decibels', 'ln', 'top-db', 'centre'],
    default: 'norm',
  },
};

const names: Readonly<Record<Habit, string>> = {
  scale: 'HTK or Slaney',
  norm: 'the norm of the triangles',
  power: 'powers or magnitudes',
  'wrong-decibels': 'decibels of magnitudes as if of powers',
  ln: 'decibels or natural logarithm',
  'top-db': 'with or without top_db',
  centre: 'centred frames or not',
};

/** The same clip by two programs that differ in one habit, both in the colours of the first. */
export default function Differences({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { habit } = settings.config;
  const rate = useClip()?.sampleRate;
  const ways = useMemo(() => (rate ? waysOf(habit, rate) : undefined), [habit, rate]);
  const first = useLab(number, 'melValues', ways && [ways[0].bands, ways[0].logarithm]);
  const second = useLab(`${number}b`, 'melValues', ways && [ways[1].bands, ways[1].logarithm]);
  const sides = [first.result, second.result] as const;
  const scale = useMemo(() => {
    const { min, max } = extentOf(first.result?.values ?? [0]);
    return { low: min, high: max > min ? max : min + 1 };
  }, [first.result]);
  const paints = useMemo(
    () =>
      sides.map((of) => of && paintRows(of.values, of.frames, ({ sequential }) => ({ table: sequential, ...scale }))),
    [...sides, scale],
  );
  const distance = sides[0] && sides[1] && apart(sides[0].values, sides[1].values);
  const n = (value: number) => formatNumber(value, { decimals: 1 });
  const problem = first.problem ?? second.problem;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-differences"
      layout="wide"
      controls={<Controls settings={settings} names={names} problem={problem} />}
      plate={
        <>
          <div class="m-two">
            {sides.map((of, side) => (
              <div key={side}>
                <p class="m-head">{(ways ?? waysOf(habit, 16000))[side].says}</p>
                <MelPlot
                  grid={of}
                  paint={paints[side]}
                  still="mel-40"
                  label={`Log-mel of ${first.clip?.name ?? 'yes'} with ${(ways ?? waysOf(habit, 16000))[side].says}`}
                />
                <p class="m-readout">{of && <Numbers of={of} />}</p>
              </div>
            ))}
          </div>
          <div class="under">
            <Legend
              map="sequential"
              low={scale.low}
              high={scale.high}
              ticks={[Math.round(scale.low), Math.round(scale.high)]}
              label="the values of the left one"
            />
            <span class="readout" aria-live="polite" data-largest={distance?.largest} data-mean={distance?.mean}>
              {sides[0] &&
                sides[1] &&
                (distance ? (
                  <b>
                    {n(distance.mean)} apart on average, {n(distance.largest)} at most
                  </b>
                ) : (
                  <b>not the same frames: no cell has its counterpart</b>
                ))}
            </span>
          </div>
        </>
      }
    />
  );
}

function Numbers({ of }: { readonly of: MelValues }) {
  const { min, max } = extentOf(of.values);
  return (
    <>
      {formatNumber(of.frames, { decimals: 0 })} × {of.bands}, values {formatRange(min, max, { decimals: 1 })}
    </>
  );
}
