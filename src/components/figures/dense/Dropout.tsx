import './dropout.css';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { DropoutPasses } from '@/lib/insight/dropout-passes';
import type { Parameters } from '@/lib/parameters';
import { answers } from './answers.ts';

interface Look {
  readonly dropout: boolean;
  readonly passes: number;
  readonly seed: number;
}

const schema: Parameters<Look> = {
  dropout: {
    kind: 'switch',
    label: 'dropout on',
    help: 'On, as in training: a quarter of the pooled cells and half of the 128 units are dropped, others each time.',
    default: true,
  },
  passes: { kind: 'integer', label: 'passes', help: 'How often the clip goes through.', min: 1, max: 60, default: 30 },
  seed: {
    kind: 'integer',
    label: 'seed',
    help: 'Another seed drops other units; the same seed the same ones.',
    min: 1,
    max: 999,
    default: 1,
  },
};

/** The clip many times through the network, with dropout on or off. */
export default function Dropout({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { dropout, passes, seed } = settings.config;
  const { result: judged } = useLab(`${number}a`, 'judged', []);
  const { result: dropped, problem } = useLab(`${number}b`, 'passesWithDropout', dropout ? [passes, seed] : undefined);
  const off = judged && {
    passes: Array.from({ length: passes }, () => judged.probabilities),
    mean: Float64Array.from(judged.probabilities),
    deviation: new Float64Array(answers.length),
  };
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={problem} />
          <p>
            <button type="button" class="link" onClick={() => settings.set('seed', (settings.config.seed % 999) + 1)}>
              Other units
            </button>
          </p>
        </>
      }
      plate={<Strips result={dropout ? dropped : off} />}
    />
  );
}

/** For each answer a dot a pass, from 0 to 100 %. */
function Strips({ result }: { readonly result: DropoutPasses | undefined }) {
  const winner = result ? result.mean.indexOf(Math.max(...result.mean)) : -1;
  const won = result?.passes.filter((pass) => pass.indexOf(Math.max(...pass)) === winner).length ?? 0;
  const percent = (share: number) => formatNumber(100 * share, { decimals: 1 });
  return (
    <div class="d-strips">
      <div class="d-strip d-strip-head" aria-hidden="true">
        <span />
        <span class="d-ends">
          <span>0</span>
          <span>50</span>
          <span>100 %</span>
        </span>
        <span>mean ± s, %</span>
      </div>
      {answers.map((name, k) => (
        <div key={name} class={`d-strip${k === winner ? ' win' : ''}`}>
          <span class="r-name">{name}</span>
          <svg viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
            <path class="d-track" d="M0 12H1000" />
            {result?.passes.map((pass, index) => (
              <path key={index} class="d-dot" d={`M${(1000 * pass[k]).toFixed(1)} ${4 + ((index * 7) % 17)}h0`} />
            ))}
          </svg>
          <span class="r-num" data-mean={result?.mean[k]} data-deviation={result?.deviation[k]}>
            {result ? `${percent(result.mean[k])} ± ${percent(result.deviation[k])}` : ''}
          </span>
        </div>
      ))}
      <p class="d-key" aria-live="polite">
        {result && (
          <>
            <i>{answers[winner]}</i> has the largest mean and wins in {won} of {result.passes.length} passes.
          </>
        )}
      </p>
    </div>
  );
}
