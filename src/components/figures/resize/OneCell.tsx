import './resize.css';
import './one-cell.css';
import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Grip } from '@/components/controls/Grip';
import { formatNumber, noBreakSpace } from '@/components/plots/format';
import { markOfRegion } from '@/components/plots/marks';
import { boxOfCell, cellAtPoint } from '@/components/plots/moving';
import { Grids } from '@/components/plots/sums/Grids';
import { decimalsOf, type Part, partsOf, ranked, sumOf } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import { type ResizeConfig, resizeKind } from '@/lib/layers/resize';
import type { Parameters } from '@/lib/parameters';
import { at } from '@/lib/tensor';
import { resized } from '@/workers/lab/resized';
import { Neighbours } from './Neighbours.tsx';
import { type Shown, secondShape, shownDecibels } from './paint.ts';
import { SecondPlot } from './SecondPlot.tsx';
import { checkWay, coordinatesParameter, interpolationOf, type WaySettings, wayParameter } from './ways.ts';

interface CellSettings extends WaySettings {
  /** The cell of the small picture. */
  readonly column: number;
  readonly row: number;
}

const side = 32;
const smallShape = [side, side, 1];

const schema: Parameters<CellSettings> = {
  way: wayParameter,
  coordinates: coordinatesParameter,
  column: { kind: 'integer', label: 'column', help: 'Counted from 0.', min: 0, max: side - 1, default: 13 },
  row: { kind: 'integer', label: 'row', help: 'Counted from 0, upwards.', min: 0, max: side - 1, default: 2 },
};

/** One cell of the small picture, and the cells of the large one that it is made of. */
export default function OneCell({ number, children }: FigureProps) {
  const settings = useSettings(number, schema, checkWay);
  const { way, coordinates, column, row } = settings.config;
  const { result, clip, problem } = useLab(number, 'secondPicture', []);
  const [chosen, setChosen] = useState<Part>();
  const config = useMemo<ResizeConfig>(
    () => ({ height: side, width: side, ...interpolationOf(way, coordinates) }),
    [way, coordinates],
  );
  const layer = useMemo(() => resizeKind.create(config), [config]);
  const large = useMemo<Shown | undefined>(
    () => result && { picture: result.magnitudes, scale: 'decibels', largest: result.largest },
    [result],
  );
  const small = useMemo<Shown | undefined>(
    () => result && { picture: resized(result.magnitudes, config), scale: 'decibels', largest: result.largest },
    [result, config],
  );
  const explanation = useMemo(
    () => result && layer.explain([column, row, 0], result.magnitudes),
    [result, layer, column, row],
  );
  const parts = useMemo(() => (explanation ? partsOf(explanation) : []), [explanation]);
  const field = markOfRegion(layer.field([column, row, 0], secondShape), secondShape);
  const box = boxOfCell([column, row, 0], smallShape, 1);
  const choose = ([time, frequency]: readonly number[]) => settings.take({ column: time, row: frequency });
  const term = chosen && parts.includes(chosen) ? chosen : ranked(parts)[0];
  const name = clip?.name ?? 'yes';
  return (
    <Figure
      number={number}
      layout="wide"
      class="one-cell"
      settings={settings}
      caption={
        <>
          {children}
          <DecibelLegend range={shownDecibels} />
        </>
      }
      controls={<Controls settings={settings} only={['way', 'coordinates']} problem={problem} />}
      plate={
        <>
          <div class="pair">
            <div>
              <p class="panel-head">
                <b>Before</b> 124 × 129
              </p>
              <SecondPlot
                class="panel"
                shown={large}
                still="resize-before"
                label={`Spectrogram of ${name}; a frame marks the ${parts.length} cells that are read`}
                ticks={[4, 4]}
              >
                <span class="cell-mark" style={percent(field)} />
              </SecondPlot>
            </div>
            <div>
              <p class="panel-head">
                <b>After</b> 32 × 32
              </p>
              <SecondPlot
                class="panel"
                shown={small}
                still="resize-bilinear"
                label={`The same in 32 × 32 cells by ${way}; column ${column}, row ${row} is chosen`}
                ticks={[4, 4]}
                onPoint={(x, y) => choose(cellAtPoint(x, y, [column, row, 0], smallShape, 1))}
              >
                <span
                  class="cell-mark"
                  style={percent({ ...box, right: box.left + box.width, bottom: box.top + box.height })}
                />
                <Grip
                  label="Column"
                  place={(column + 0.5) / side}
                  index={column}
                  count={side}
                  text={`column ${column}`}
                  onMove={(index) => choose([index, row])}
                />
                <Grip
                  label="Row"
                  side="left"
                  place={(row + 0.5) / side}
                  index={row}
                  count={side}
                  text={`row ${row}`}
                  onMove={(index) => choose([column, index])}
                />
              </SecondPlot>
            </div>
          </div>
          <div class="cell-sum">
            {result && explanation && (
              <>
                <Neighbours
                  cell={[column, row]}
                  coordinates={coordinates}
                  small={[side, side]}
                  parts={parts}
                  valueAt={(time, frequency) => at(result.magnitudes, [time, frequency, 0])}
                  largest={result.largest}
                />
                <div class="sum-part">
                  <Grids
                    parts={parts}
                    captions={['magnitude', 'weight', 'product']}
                    chosen={term}
                    onChoose={setChosen}
                  />
                  {term && (
                    <p class="term-text" aria-live="polite">
                      Column {term.place[0]}, row {term.place[1]}: {six(term.value)} × {six(term.weight)} ={' '}
                      {six(term.product)}
                    </p>
                  )}
                  <Result
                    rows={[
                      { label: 'sum of the weights', value: parts.reduce((sum, { weight }) => sum + weight, 0) },
                      { label: `sum of ${parts.length}${noBreakSpace}products`, value: sumOf(parts) },
                    ]}
                    decimals={Math.max(4, decimalsOf([explanation.result]))}
                    label={`cell ${column}, ${row}`}
                    result={explanation.result}
                  />
                </div>
              </>
            )}
          </div>
        </>
      }
    />
  );
}

const six = (value: number) => (value === 0 ? '0' : formatNumber(value, { significant: 4 }));

function percent({ left, top, right, bottom }: Record<'left' | 'top' | 'right' | 'bottom', number>) {
  const share = (value: number) => `${100 * value}%`;
  return { left: share(left), top: share(top), right: share(1 - right), bottom: share(1 - bottom) };
}
