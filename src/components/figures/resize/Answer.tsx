import './resize.css';
import './answer.css';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Bars } from '@/components/plots/Bars';
import { formatProbability } from '@/components/plots/format';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import type { Parameters } from '@/lib/parameters';
import type { ResizeAnswers } from '@/workers/lab/resize-calls';
import { checkWay, coordinatesParameter, interpolationOf, type WaySettings, wayParameter } from './ways.ts';

interface AnswerSettings extends WaySettings {
  readonly cells: number;
}

const side = 32;

const schema: Parameters<AnswerSettings> = {
  way: wayParameter,
  coordinates: coordinatesParameter,
  cells: {
    kind: 'integer',
    label: 'cells',
    help: 'The picture is made so many cells high and wide, then brought to the 32 × 32 that the network takes.',
    min: 2,
    max: side,
    default: side,
  },
};

/** What the network makes of a picture that was resized otherwise than those it learned from. */
export default function Answer({ number, children }: FigureProps) {
  const settings = useSettings(number, schema, checkWay);
  const { way, coordinates, cells } = settings.config;
  const config = { height: cells, width: cells, ...interpolationOf(way, coordinates) };
  const { result, clip, problem } = useLab(number, 'resizeAnswers', [config]);
  return (
    <Figure
      number={number}
      layout="wide"
      class="resize-answer"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <div class="answers">
          <div>
            <p class="panel-head">
              <b>As it was trained</b> antialiased, 32 × 32
            </p>
            <Bars names={result?.classes ?? classes} values={result?.trained ?? []} />
          </div>
          <div data-asked={result && Array.from(result.asked).join(' ')}>
            <p class="panel-head">
              <b>As you set it</b> {way}, {cells} × {cells}
            </p>
            <Bars names={result?.classes ?? classes} values={result?.asked ?? []} />
          </div>
          <BySize result={result} cells={cells} way={way} name={clip?.name} />
        </div>
      }
    />
  );
}

/** The names of the answers stand before the model has come. */
const classes = ['down', 'go', 'left', 'no', 'right', 'stop', 'up', 'yes', 'unknown', 'silence'];

const across: ValueRange = {
  min: 0,
  max: side + 1,
  unit: '',
  name: 'cells along each side',
  ticks: [2, 8, 16, 24, 32],
};
const up: ValueRange = { min: 0, max: 1, unit: '', name: 'probability', ticks: [0, 0.5, 1] };

interface BySizeProps {
  readonly result: ResizeAnswers | undefined;
  readonly cells: number;
  readonly way: string;
  readonly name: string | undefined;
}

/** The probability of the network's own answer, by the number of cells that the picture went through. */
function BySize({ result, cells, way, name = 'the clip' }: BySizeProps) {
  const points = result?.bySize.map(({ cells: at, probability }) => [at, probability] as const) ?? [];
  const lines: Line[] = [
    { points, tone: 'strong' },
    { points, tone: 'strong', marks: 'dots' },
  ];
  const word = result?.classes[result.winner];
  const now = result?.asked[result.winner];
  if (now !== undefined) lines.push({ points: [[cells, now]], tone: 'hand', marks: 'dots' });
  return (
    <div class="by-size">
      <p class="panel-head" aria-live="polite">
        {result && word && now !== undefined && (
          <>
            <b>{word}</b>
            <span>
              {formatProbability(now)} at {cells} × {cells}
            </span>
          </>
        )}
      </p>
      <LineChart
        label={`Probability that ${name} is ${word ?? 'what it is'}, by the cells that the picture went through, ${way}`}
        x={across}
        y={up}
        lines={lines}
      />
    </div>
  );
}
