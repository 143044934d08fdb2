import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { LineChart, placed, type ValueRange } from '@/components/plots/LineChart';
import type { Parameters } from '@/lib/parameters';
import { answers } from './answers.ts';
import { Rows } from './Rows.tsx';
import { largest, sharesOf } from './shares.ts';

interface Look {
  readonly temperature: number;
}

const schema: Parameters<Look> = {
  temperature: {
    kind: 'number',
    label: 'temperature T',
    help: 'The logits are divided by it. 1 is the network as it is shipped.',
    min: 0.1,
    max: 5,
    step: 0.01,
    default: 1,
  },
};

const across: ValueRange = { min: 0, max: 5, unit: '', name: 'temperature', ticks: [0, 1, 2, 3, 4, 5] };
const up: ValueRange = { min: 0, max: 100, unit: '%', ticks: [0, 25, 50, 75, 100] };
const grid = Array.from({ length: 99 }, (_, step) => 0.1 + 0.05 * step);

interface Props extends FigureProps {
  /** What the logits were divided by after training. */
  readonly trained: number;
}

/** The same ten logits at another temperature. */
export default function Temperature({ number, trained, children }: Props) {
  const settings = useSettings(number, schema);
  const { result: judged, problem } = useLab(number, 'judged', []);
  const { temperature } = settings.config;
  const logits = judged?.logits ?? [];
  const shares = judged ? sharesOf(logits, temperature) : [];
  const lines = useMemo(() => {
    const own = judged?.logits;
    if (!own) return [];
    const curves = grid.map((t) => sharesOf(own, t));
    const [winner] = largest(own, 1);
    return answers.map((_, k) => ({
      points: grid.map((t, at): [number, number] => [t, 100 * curves[at][k]]),
      tone: k === winner ? ('strong' as const) : ('faint' as const),
    }));
  }, [judged]);
  const [winner = 0] = largest(logits, 1);
  const [x] = placed([temperature, 0], across, up);
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={problem} />
          <p class="fig-tools">
            <button type="button" class="link" onClick={() => settings.set('temperature', 1)}>
              As shipped
            </button>
            <button
              type="button"
              class="link"
              onClick={() => settings.set('temperature', Number((1 / trained).toFixed(2)))}
            >
              As training left it: {formatNumber(1 / trained, { decimals: 2 })}
            </button>
          </p>
        </>
      }
      plate={
        <>
          <Rows
            names={answers}
            logits={logits}
            shares={shares}
            shareName={`share at T = ${formatNumber(temperature)}`}
          />
          <div class="d-gap">
            <LineChart
              label={`Shares of the ten answers by temperature; at ${formatNumber(temperature)} ${answers[winner]} has ${judged ? formatProbability(shares[winner]) : 'nothing yet'}`}
              x={across}
              y={up}
              lines={lines}
            >
              <path class={`d-mark${isLit('8.3', 'T') ? ' lit' : ''}`} d={`M${x.toFixed(1)} 0V1000`} />
            </LineChart>
          </div>
          <p class="d-key">
            Ink: <i>{answers[winner]}</i>. Faint: the other nine. Green: T.
          </p>
        </>
      }
    />
  );
}
