import './units.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { LivePicture } from '@/components/chapter/LivePicture';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { cellAtPoint } from '@/components/plots/moving';
import { pointing } from '@/components/plots/pointing';
import type { Parameters } from '@/lib/parameters';
import type { Judged, UnitView } from '@/workers/lab/dense-calls';
import { answers } from './answers.ts';
import { CellHandle } from './CellHandle.tsx';
import { paintWeights, weightLimit } from './paint.ts';
import { sortedUnits } from './sorted-units.ts';
import { UnitWhere } from './UnitWhere.tsx';

interface Look {
  readonly unit: number;
  readonly view: UnitView;
  readonly channel: number;
}

export const schema: Parameters<Look> = {
  unit: { kind: 'integer', label: 'unit', help: 'Which of the 128 units.', min: 0, max: 127, default: 68 },
  view: {
    kind: 'choice',
    label: 'over the picture',
    help: 'Weights belong to the network; votes are weights times what your clip has there.',
    choices: ['strength', 'channel', 'votes'],
    default: 'strength',
  },
  channel: {
    kind: 'integer',
    label: 'channel',
    help: 'Whose weights are shown, where one channel is chosen.',
    min: 0,
    max: 63,
    default: 12,
  },
};

const names = { strength: 'size of weights', channel: 'one channel', votes: 'votes' };

/** What the 128 units look for: the answers that they speak for, and where they look. */
export default function Units({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { unit, view, channel } = settings.config;
  const { result: judged } = useLab(`${number}a`, 'judged', []);
  const { result: found, problem } = useLab(`${number}b`, 'unitMap', [unit, view, channel]);
  return (
    <Figure
      number={number}
      layout="wide"
      class="d-looks"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} names={names} problem={problem} />}
      plate={
        <>
          <Matrix judged={judged} unit={unit} onChoose={(to) => settings.set('unit', to)} />
          <UnitWhere judged={judged} found={found} view={view} unit={unit} channel={channel} />
        </>
      }
    />
  );
}

/** The last layer's weights: an answer a row, a unit a column, units with the same favourite side by side. */
function Matrix(props: { judged: Judged | undefined; unit: number; onChoose: (unit: number) => void }) {
  const { judged, unit, onChoose } = props;
  const order = useMemo(() => (judged ? sortedUnits(judged.weights) : []), [judged]);
  const limit = judged ? weightLimit(judged.weights) : 1;
  const paint = useMemo(() => judged && paintWeights(judged.weights, order, limit), [judged, order, limit]);
  const column = Math.max(0, order.indexOf(unit));
  const columns = Math.max(1, order.length);
  return (
    <div>
      <div class="d-matrix">
        <ol class="plain" aria-hidden="true">
          {answers.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ol>
        <div
          class="pic touchable"
          {...pointing((x) => order.length > 0 && onChoose(order[cellAtPoint(x, 0, [0], [columns], columns)[0]]))}
        >
          <LivePicture
            still="dense-weights"
            themed
            label="Weights of the last layer: 128 units by 10 answers"
            paint={paint}
          />
          <CellHandle
            label="Unit in the table of weights"
            cell={[column]}
            shape={[columns]}
            columns={columns}
            text={`unit ${unit}`}
            onMove={([to]) => onChoose(order[to] ?? unit)}
          />
        </div>
      </div>
      <div class="under">
        <Legend map="diverging" low={-limit} high={limit} ticks={[-limit, 0, limit]} label="weight in the last layer" />
        <span class="readout">{judged && <Favourites judged={judged} unit={unit} />}</span>
      </div>
    </div>
  );
}

function Favourites({ judged, unit }: { readonly judged: Judged; readonly unit: number }) {
  const own = answers.map((name, k) => ({ name, weight: judged.weights.data[unit * answers.length + k] }));
  own.sort((a, b) => b.weight - a.weight);
  const say = ({ name, weight }: { name: string; weight: number }) => (
    <span key={name} class="d-say" data-weight={weight}>
      <i>{name}</i> {formatNumber(weight, { decimals: 2 })}
    </span>
  );
  return (
    <>
      <b>Unit {unit}</b> speaks most for {own.slice(0, 2).map(say)}
      <br />
      and most against {own.slice(-2).reverse().map(say)}
    </>
  );
}
