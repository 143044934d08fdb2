import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import type { SlopeMeasure } from '@/workers/lab/dense-evidence';
import { type Answer, answerParameter, answers, indexOfAnswer } from './answers.ts';
import { Evidence } from './Evidence.tsx';
import { keepParameter } from './keep.ts';

interface Look {
  readonly answer: Answer;
  readonly measure: SlopeMeasure;
  readonly keep: number;
}

const schema: Parameters<Look> = {
  answer: { ...answerParameter, help: 'Whose logit is watched.' },
  measure: {
    kind: 'choice',
    label: 'measure',
    help: 'The slope says what a little more would do; times the value, what is there already does.',
    choices: ['slope-times-value', 'slope'],
    default: 'slope-times-value',
  },
  keep: keepParameter,
};

const names = { slope: 'slope', 'slope-times-value': 'slope × value' };

/** The slope of a logit with every cell of the spectrogram. */
export default function Saliency({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { answer, measure, keep } = settings.config;
  const { result: judged } = useLab(`${number}a`, 'judged', []);
  const { result: slopes, problem } = useLab(`${number}b`, 'logitSlopes', [indexOfAnswer(answer), measure]);
  return (
    <Figure
      number={number}
      layout="wide"
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} names={names} problem={problem} />
          <p class="d-key" aria-live="polite">
            {slopes && (
              <>
                The logit of <i>{answers[slopes.classIndex]}</i> is{' '}
                <b data-logit={slopes.logit}>{formatNumber(slopes.logit, { decimals: 2 })}</b>; over all cells the map
                adds up to <b data-sum={slopes.sum}>{formatNumber(slopes.sum, { decimals: 3 })}</b>.
              </>
            )}
          </p>
        </>
      }
      plate={
        <Evidence
          number={number}
          judged={judged}
          map={slopes?.map}
          unit={measure === 'slope' ? 'logits per unit of magnitude' : 'logits, to first order'}
          still="dense-slopes"
          share={keep / 100}
        />
      }
    />
  );
}
