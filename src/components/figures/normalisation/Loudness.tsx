import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Bars } from '@/components/plots/Bars';
import { indexOfLargest } from '@/components/plots/cells';
import type { Parameters } from '@/lib/parameters';
import { clippedWords } from './clipped.ts';
import { type ComparedName, compared, comparedNames } from './compared.ts';
import { GainChart } from './GainChart.tsx';
import { gainParameter } from './settings.ts';
import { useSecond } from './use-second.ts';

interface Swap {
  readonly gain: number;
  readonly way: ComparedName;
}

const step = 5;
const gains = Array.from({ length: 25 }, (_, index) => -90 + step * index);
const ways = comparedNames.map((name) => compared[name].way);

const schema: Parameters<Swap> = {
  gain: { ...gainParameter, min: gains[0], max: gains[gains.length - 1], step, default: -20 },
  way: {
    kind: 'choice',
    label: 'the bars show',
    help: 'What stands in the place of the network’s normalisation. It was trained with its own alone.',
    choices: comparedNames,
    default: 'own',
  },
};
const names = Object.fromEntries(comparedNames.map((name) => [name, compared[name].label]));

/** What loudness does to the answer, with the network's own normalisation and with others in its place. */
export default function Loudness({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { gain, way } = settings.config;
  const index = Math.round((gain - gains[0]) / step);
  const { result: sweep, problem } = useLab(number, 'answersByGain', [gains, ways]);
  const { second } = useSecond(`${number}a`, { gain });
  const named = sweep && indexOfLargest(sweep[gains.indexOf(0)].probabilities[0]);
  const word = sweep && named !== undefined ? sweep[0].classes[named] : '';
  return (
    <Figure
      number={number}
      layout="wide"
      class="n-loudness"
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} names={names} problem={problem} />
          <p class="n-hear">
            <PlayButton what={`loudness ${number}`} samples={second?.samples} sampleRate={second?.sampleRate}>
              Play it so
            </PlayButton>
            <span aria-live="polite">{second && clippedWords(second.clipped)}</span>
          </p>
        </>
      }
      plate={
        <div class="n-answer">
          <div>
            <p class="n-title">
              <b>How sure it is of {word ? <i class="n-word">{word}</i> : 'the word'}</b>
            </p>
            <div class="n-gain-place">
              {sweep && named !== undefined && (
                <GainChart
                  label={`Probability of “${word}” by gain`}
                  gains={gains}
                  name="probability"
                  index={index}
                  onIndex={(to) => settings.set('gain', gains[to])}
                  series={comparedNames.map((name, at) => ({
                    ...compared[name],
                    values: sweep.map(({ probabilities }) => probabilities[at][named]),
                  }))}
                />
              )}
            </div>
          </div>
          <div>
            <p class="n-title n-flush">
              <b>The ten bars, %</b>
            </p>
            <Bars
              names={sweep?.[index].classes ?? []}
              values={sweep?.[index].probabilities[comparedNames.indexOf(way)] ?? []}
            />
          </div>
        </div>
      }
    />
  );
}
