import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useJob } from '@/components/chapter/use-job';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { type OcclusionOptions, occlusionParameters } from '@/lib/insight/occlusion-options';
import type { Parameters } from '@/lib/parameters';
import type { DropMap } from '@/workers/lab/dense-evidence';
import { type Answer, answerParameter, answers, indexOfAnswer } from './answers.ts';
import { Evidence } from './Evidence.tsx';
import { keepParameter } from './keep.ts';

type Look = OcclusionOptions & { readonly answer: Answer; readonly keep: number };

const schema: Parameters<Look> = {
  ...occlusionParameters,
  answer: { ...answerParameter, help: 'Whose probability is watched.' },
  keep: keepParameter,
};

/** A patch slides over the spectrogram; where the answer suffers most, there was the evidence. */
export default function Occlusion({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { answer, keep, ...options } = settings.config;
  const { result: judged, problem } = useLab(number, 'judged', []);
  const job = useJob('occlusionDrops', [indexOfAnswer(answer), options]);
  const { result, progress } = job;
  const running = progress !== undefined;
  return (
    <Figure
      number={number}
      layout="wide"
      settings={settings}
      caption={children}
      controls={
        <>
          <p class="d-job">
            <button type="button" class="btn" disabled={!judged} onClick={running ? job.stop : job.start}>
              {running ? 'Stop' : 'Slide the patch'}
            </button>
            <progress value={progress ?? (result ? 1 : 0)} max={1} aria-label="Places tried" />
            <span aria-live="polite">{result && <Found found={result} />}</span>
          </p>
          <Controls settings={settings} problem={problem ?? job.problem} />
        </>
      }
      plate={
        <Evidence
          number={number}
          judged={judged}
          map={result?.map}
          unit="drop of the probability"
          waiting={running ? 'The patch is on its way.' : 'Press Slide the patch.'}
          share={keep / 100}
        />
      }
    />
  );
}

function Found({ found: { classIndex, occlusion } }: { readonly found: DropMap }) {
  const { probability, drops, winners } = occlusion;
  const most = Math.max(...drops.data);
  const turned = winners.filter((winner) => winner !== classIndex).length;
  return (
    <>
      <i>{answers[classIndex]}</i> has {formatProbability(probability)}; the worst of{' '}
      {formatNumber(drops.data.length, { decimals: 0 })} patches takes{' '}
      <b data-drop={most}>{formatNumber(100 * most, { decimals: 1 })}</b> points away; another answer wins under{' '}
      {turned === 0 ? 'none' : formatNumber(turned, { decimals: 0 })}.
    </>
  );
}
