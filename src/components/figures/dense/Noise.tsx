import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Bars } from '@/components/plots/Bars';
import { formatNumber } from '@/components/plots/format';
import { LineChart, placed, type ValueRange } from '@/components/plots/LineChart';
import type { NoiseColour } from '@/lib/insight/noise-mix';
import type { Parameters } from '@/lib/parameters';
import type { Turning } from '@/workers/lab/dense-doubt';
import { answers } from './answers.ts';

interface Look {
  readonly snr: number;
  readonly colour: NoiseColour;
}

const schema: Parameters<Look> = {
  snr: {
    kind: 'number',
    label: 'signal-to-noise ratio',
    help: 'At 0 dB clip and noise are equally strong; each 10 dB less is ten times the power of the noise.',
    unit: 'dB',
    min: -20,
    max: 40,
    step: 0.5,
    default: 10,
  },
  colour: {
    kind: 'choice',
    label: 'noise',
    help: 'White: equal power in every hertz. Pink: equal power in every octave.',
    choices: ['white', 'pink'],
    default: 'white',
  },
};

// From little noise to much, so that the slider's fall is a way to the right.
const across: ValueRange = { min: 40, max: -20, unit: 'dB', name: 'signal-to-noise ratio', ticks: [40, 20, 0, -20] };
const up: ValueRange = { min: 0, max: 100, unit: '%', ticks: [0, 25, 50, 75, 100] };

/** Noise mixed into the clip until another answer wins. */
export default function Noise({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { snr, colour } = settings.config;
  const { result: turning, problem } = useLab(`${number}a`, 'noiseTurning', [colour]);
  const { result: noisy, problem: now } = useLab(`${number}b`, 'noisyAnswer', [colour, snr]);
  const line = (k: number) => turning?.answers.map((one): [number, number] => [one.snr, 100 * one.probabilities[k]]);
  const other = turning?.flipped?.winner;
  const [x] = placed([snr, 0], across, up);
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={now ?? problem} />
          <p>
            <PlayButton what={`${number}-noisy`} samples={noisy?.samples} sampleRate={noisy?.sampleRate}>
              Play clip and noise
            </PlayButton>
          </p>
          {turning?.flipped && (
            <p>
              <button
                type="button"
                class="link"
                onClick={() => settings.set('snr', Math.floor(2 * (turning.flipped?.snr ?? 0)) / 2)}
              >
                To where it turns
              </button>
            </p>
          )}
        </>
      }
      plate={
        <>
          <LineChart
            label={turning ? wordsOf(turning) : 'Probabilities by signal-to-noise ratio'}
            x={across}
            y={up}
            lines={[
              ...(turning && other !== undefined ? [{ points: finite(line(other)), tone: 'faint' as const }] : []),
              ...(turning ? [{ points: finite(line(turning.winner)) }] : []),
            ]}
          >
            <path class={`d-mark${isLit('8.4', 'SNR') ? ' lit' : ''}`} d={`M${x.toFixed(1)} 0V1000`} />
          </LineChart>
          <p class="d-key" aria-live="polite" data-flip={turning?.flipped?.snr}>
            {turning && wordsOf(turning)}
          </p>
          <div class="d-bars">
            <Bars names={[...answers]} values={noisy?.probabilities ?? []} />
          </div>
        </>
      }
    />
  );
}

/** The clean clip is at an infinite ratio, which no axis has. */
function finite(points: readonly [number, number][] | undefined): [number, number][] {
  return points?.filter(([ratio]) => Number.isFinite(ratio)) ?? [];
}

function wordsOf({ winner, flipped }: Turning): string {
  if (!flipped) return `Ink: ${answers[winner]}. It wins all the way down to −20 dB.`;
  const ratio = formatNumber(flipped.snr, { decimals: 1, unit: 'dB' });
  return `Ink: ${answers[winner]}; faint: ${answers[flipped.winner]}. The answer turns at ${ratio}.`;
}
