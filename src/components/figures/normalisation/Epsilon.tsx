import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Bars } from '@/components/plots/Bars';
import { formatNumber } from '@/components/plots/format';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import { momentsOf } from '@/lib/dsp/moments';
import type { Parameters } from '@/lib/parameters';
import { ownWay, type Way } from '@/workers/lab/normalisation-ways';
import type { Source, Treatment } from '@/workers/lab/treatment';
import { CellPicture } from './CellPicture.tsx';
import { type EpsilonName, epsilons, spreadAfter } from './epsilon.ts';
import { Key } from './Key.tsx';
import { lookOf } from './looks.ts';
import { numeral } from './numeral.ts';
import { gainParameter } from './settings.ts';
import { useNormalised, useSecond } from './use-second.ts';

interface Faint {
  readonly source: Source;
  readonly gain: number;
  readonly epsilon: EpsilonName;
}

const schema: Parameters<Faint> = {
  source: {
    kind: 'choice',
    label: 'sound',
    help: 'The hiss has an RMS of −60 dBFS, the click is one sample at full scale; both before the gain.',
    choices: ['clip', 'noise', 'click', 'silence'],
    default: 'clip',
  },
  gain: { ...gainParameter, min: -120, max: 0, default: -60 },
  epsilon: {
    kind: 'choice',
    label: 'epsilon, ε',
    help: 'What is added to the variance under the root.',
    choices: ['0', '1e-7', '1e-3'],
    default: '1e-7',
  },
};

const names = {
  clip: 'your clip',
  noise: 'faint hiss',
  click: 'one click',
  silence: 'digital silence',
  '1e-7': '10⁻⁷',
  '1e-3': '10⁻³',
};

/** A sound on its way to silence, and what is left of its picture. */
export default function Epsilon({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { source, gain, epsilon: name } = settings.config;
  const treatment = useMemo<Treatment>(() => ({ source, gain }), [source, gain]);
  const epsilon = epsilons[name];
  const way: Way = { ...ownWay, epsilon };
  const { second, problem } = useSecond(number, treatment);
  const { result: answers } = useLab(`${number}a`, 'treatedAnswers', [treatment, [way]]);
  const shown = useNormalised(second?.picture, way);
  const variance = second && momentsOf(second.picture.data).variance;
  const undefinedCells = shown?.data.some(Number.isNaN) ?? false;
  return (
    <Figure
      number={number}
      layout="wide"
      class="n-epsilon"
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} names={names} problem={problem} />
          <p class="n-hear">
            <PlayButton what={`epsilon ${number}`} samples={second?.samples} sampleRate={second?.sampleRate}>
              Play it so
            </PlayButton>
          </p>
        </>
      }
      plate={
        <div class="n-three">
          <CellPicture
            title={<b>The picture, standardised</b>}
            picture={shown}
            look={lookOf(way)}
            label={
              undefinedCells
                ? 'No picture: every cell is 0 divided by 0'
                : `The picture of ${names[source]} at a gain of ${gain} decibels, standardised with an epsilon of ${name}`
            }
          >
            {undefinedCells && (
              <p class="n-undefined">
                <span>
                  0 ÷ 0 in all 1,024 cells. The result is <i>not a number</i>, and whatever is computed from it is not
                  one either.
                </span>
              </p>
            )}
          </CellPicture>
          <Divisor variance={variance} name={name} />
          <div>
            <p class="n-title n-flush">
              <b>What the network answers, %</b>
            </p>
            {undefinedCells ? (
              <p class="n-none">Ten times “not a number”. No bar can be drawn, and none is the largest.</p>
            ) : (
              <Bars names={answers?.classes ?? []} values={answers?.probabilities[0] ?? []} />
            )}
          </div>
        </div>
      }
    />
  );
}

const x: ValueRange = {
  min: -10,
  max: 0,
  unit: '',
  name: 'variance σ², power of ten',
  ticks: [-10, -8, -6, -4, -2, 0],
};
const y: ValueRange = { min: 0, max: 1.1, unit: '', name: 'spread after', ticks: [0, 0.5, 1] };
const tones = { '0': 'faint', '1e-7': 3, '1e-3': 6 } as const;

interface DivisorProps {
  readonly variance: number | undefined;
  readonly name: EpsilonName;
}

/** How far the cells spread after normalising, by the variance before, for each epsilon. */
function Divisor({ variance, name }: DivisorProps) {
  const epsilon = epsilons[name];
  const powers = Array.from({ length: 101 }, (_, step) => -10 + step / 10);
  const known = variance !== undefined && variance > 0;
  const spread = known ? spreadAfter(variance, epsilon) : 0;
  const lines: Line[] = Object.entries(epsilons).map(([key, value]) => ({
    points: powers.map((power): [number, number] => [power, spreadAfter(10 ** power, value)]),
    tone: tones[key as EpsilonName],
  }));
  if (known) lines.push({ points: [[Math.max(-10, Math.log10(variance)), spread]], tone: 'hand', marks: 'dots' });
  const words = variance === undefined ? '' : known ? `σ² = ${numeral(variance)}, spread ${numeral(spread)}` : 'σ² = 0';
  return (
    <div>
      <p class="n-title">
        <b class={isLit('6.1', 'e') ? 'n-term lit' : ''}>σ / √(σ² + ε)</b>{' '}
        <span class="num" data-variance={variance} data-spread={known ? spread : undefined}>
          {words}
        </span>
      </p>
      <LineChart
        class="n-divisor"
        label={`How far cells spread after normalising, by the variance before, for three epsilons. ${words}, for an epsilon of ${formatNumber(epsilon)}`}
        x={x}
        y={y}
        lines={lines}
      />
      <Key
        lines={[
          { label: 'ε = 0', tone: tones['0'] },
          { label: `ε = ${names['1e-7']}`, tone: tones['1e-7'] },
          { label: `ε = ${names['1e-3']}`, tone: tones['1e-3'] },
        ]}
      />
    </div>
  );
}
