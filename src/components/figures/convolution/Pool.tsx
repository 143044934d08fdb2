import './convolution.css';
import './pool.css';
import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Grids } from '@/components/plots/sums/Grids';
import { decimalsOf, type Part, partsOf } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import { maxPool2dKind } from '@/lib/layers/max-pool2d';
import type { Parameters } from '@/lib/parameters';
import type { Cell, Tensor } from '@/lib/tensor';
import { Box } from './Box.tsx';
import { type Conv2Cell, conv2CellSchema } from './first.ts';
import { MapPlot } from './MapPlot.tsx';
import { limitOf, paintChannel, scalesOfStage } from './maps.ts';
import { SignedLegend } from './SignedLegend.tsx';

const schema: Parameters<Conv2Cell> = {
  map: conv2CellSchema.map,
  time: { ...conv2CellSchema.time, help: 'The tile along time.', max: 13, default: 5 },
  frequency: { ...conv2CellSchema.frequency, help: 'The tile along frequency.', max: 13, default: 3 },
};
const stages = ['conv2', 'relu2', 'pool'] as const;
const layer = maxPool2dKind.create({ poolHeight: 2, poolWidth: 2 });

/** A map before ReLU, after it, and pooled: the largest of each tile of four. */
export default function Pool({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { map, time, frequency } = settings.config;
  const { result: run, clip, problem } = useLab(number, 'stageOutputs', [stages]);
  const [chosen, setChosen] = useState<number>();
  const tile: Cell = [time, frequency, map];
  const maps = run?.outputs;
  // Of what goes on: what ReLU sets to 0 may well be out of the scale.
  const limit = maps ? limitOf(maps.relu2) : 1;
  const paints = useMemo(
    () => maps && stages.map((stage) => paintChannel(maps[stage], map, limit)),
    [maps, map, limit],
  );
  const winners = useMemo(() => maps && winnersOf(maps.relu2, map), [maps, map]);
  const name = clip?.name ?? 'yes';
  const move =
    (halves: number) =>
    ([i, j]: Cell) =>
      settings.take({ time: Math.floor(i / halves), frequency: Math.floor(j / halves) });
  const before = maps && layer.explain(tile, maps.conv2);
  const after = maps && layer.explain(tile, maps.relu2);
  const parts = after ? partsOf(after) : [];
  const signed = before ? partsOf(before) : [];
  const winner = parts.find(({ value }) => value === after?.result);
  const point = (part: Part | undefined) => part && setChosen(part.index);
  const plots = [
    { still: 'convolution-sum', title: `map ${map}, 28 × 28`, words: 'Signed sums' },
    { still: 'convolution-relu', title: 'after ReLU', words: 'What is above 0' },
    { still: 'convolution-pooled', title: 'after max-pool, 14 × 14', words: 'The largest of each four' },
  ];
  const lit = ['z', 'p'].filter((symbol) => isLit('7.4', symbol)).map((symbol) => `lit-${symbol}`);
  return (
    <Figure
      number={number}
      layout="wide"
      class={['pool', ...lit].join(' ')}
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <>
          <div class="po-plates">
            {plots.map(({ still, title, words }, index) => {
              const side = index < 2 ? 28 : 14;
              const shape = [side, side] as const;
              const factor = index < 2 ? 2 : 1;
              return (
                <MapPlot
                  key={title}
                  paint={paints?.[index]}
                  still={still}
                  title={title}
                  label={`${words} of ${name}`}
                  scales={run && scalesOfStage(run, stages[index])}
                  shape={shape}
                  cell={[time * factor, frequency * factor]}
                  onMove={move(factor)}
                >
                  {index === 1 && winners && <Winners places={winners} />}
                  {index < 2 ? (
                    <Box of={layer.field(tile, [28, 28, 64]).slice(0, 2)} shape={shape} kind="window" />
                  ) : (
                    <Box of={tile.slice(0, 2)} shape={shape} kind="cell" />
                  )}
                </MapPlot>
              );
            })}
          </div>
          <div class="under">
            <SignedLegend limit={limit} label="sums" />
          </div>
          <div class="po-sum" data-tile={after && tile.join(',')}>
            {after && (
              <>
                <Grids parts={signed} captions={['four sums']} chosen={signed[chosen ?? -1]} onChoose={point} />
                <Grids
                  parts={parts}
                  captions={['after ReLU']}
                  {...(winner && winner.value > 0 ? { winner: winner.index } : {})}
                  chosen={parts[chosen ?? -1]}
                  onChoose={point}
                />
                <Result
                  rows={[]}
                  decimals={decimalsOf(signed.map(({ value }) => value)) + 1}
                  label={after.result > 0 ? 'the largest' : 'all four are off'}
                  result={after.result}
                />
              </>
            )}
          </div>
        </>
      }
    />
  );
}

/** The cell that wins each tile, as the layer explains it; tiles that are all 0 have none. */
function winnersOf(x: Tensor, map: number): readonly Cell[] {
  const [rows, columns] = layer.outputShape(x.shape);
  const winners: Cell[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const { terms, result } = layer.explain([i, j, map], x);
      const winner = terms.find(({ value }) => value === result);
      if (result > 0 && winner) winners.push(winner.from);
    }
  }
  return winners;
}

/** A dot on each winner. */
function Winners({ places }: { readonly places: readonly Cell[] }) {
  return (
    <svg class="winners" viewBox="0 0 28 28" aria-hidden="true">
      {places.map(([time, frequency]) => (
        <circle key={`${time} ${frequency}`} cx={time + 0.5} cy={27.5 - frequency} r={0.22} />
      ))}
    </svg>
  );
}
