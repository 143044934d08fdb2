import './convolution.css';
import './one-cell.css';
import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { sixDigits } from '@/components/plots/sums/digits';
import { Grids } from '@/components/plots/sums/Grids';
import { decimalsOf, type Part, partsOf, sumOf } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import type { Parameters } from '@/lib/parameters';
import { Box } from './Box.tsx';
import { firstKernel } from './first.ts';
import { MapPlot } from './MapPlot.tsx';
import { convolutionOf, limitOf, paintChannel, scalesOfStage } from './maps.ts';
import { SignedLegend } from './SignedLegend.tsx';

interface Place {
  readonly kernel: number;
  readonly time: number;
  readonly frequency: number;
}

const index = { kind: 'integer', min: 0, max: 29 } as const;
const schema: Parameters<Place> = {
  kernel: {
    ...index,
    label: 'kernel o',
    help: 'Its nine weights are the second block.',
    max: 31,
    default: firstKernel,
  },
  time: { ...index, label: 'column i', help: 'Where the window begins along time.', default: 9 },
  frequency: { ...index, label: 'row j', help: 'Where it begins along frequency.', default: 6 },
};
const stages = ['normalised', 'conv1'] as const;

/** One output cell by hand: nine products, their sum, the bias. */
export default function OneCell({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { kernel, time, frequency } = settings.config;
  const { result: run, clip, problem } = useLab(number, 'stageOutputs', [stages]);
  const [chosen, setChosen] = useState<number>();
  const layer = useMemo(() => run && convolutionOf(run, 'conv1'), [run]);
  const x = run?.outputs.normalised;
  const limit = x ? limitOf(x) : 1;
  const paint = useMemo(() => x && paintChannel(x, 0, limit), [x, limit]);
  const explanation = useMemo(
    () => x && layer?.explain([time, frequency, kernel], x),
    [layer, x, time, frequency, kernel],
  );
  const parts = useMemo(() => (explanation ? partsOf(explanation) : []), [explanation]);
  const part = chosen === undefined ? undefined : parts[chosen];
  const point = (next: Part | undefined) => setChosen(next?.index);
  const sum = sumOf(parts);
  const bias = explanation?.bias ?? 0;
  const decimals = decimalsOf([sum, bias, ...parts.map(({ product }) => product)]) + 1;
  const lit = ['x', 'w', 'b', 'y'].filter((symbol) => isLit('7.1', symbol)).map((symbol) => `lit-${symbol}`);
  return (
    <Figure
      number={number}
      layout="wide"
      class={['one-cell', ...lit].join(' ')}
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <div class="oc-plates">
          <div>
            <MapPlot
              paint={paint}
              still="convolution-picture"
              title="the picture x"
              label={`Picture of ${clip?.name ?? 'yes'}, 32 × 32 cells, with the window of the chosen cell`}
              scales={run && scalesOfStage(run, 'normalised')}
              shape={[32, 32]}
              cell={[time + 1, frequency + 1]}
              onMove={([i, j]) =>
                settings.take({ time: Math.min(29, Math.max(0, i - 1)), frequency: Math.min(29, Math.max(0, j - 1)) })
              }
            >
              {x && layer && <Box of={layer.field([time, frequency, kernel], x.shape)} shape={x.shape} kind="window" />}
              {x && part && <Box of={part.place} shape={x.shape} kind="term" />}
            </MapPlot>
            <SignedLegend limit={limit} label="standard deviations" />
          </div>
          <div class="oc-sum" data-cell={explanation && `${time},${frequency},${kernel}`}>
            {explanation && (
              <>
                <Grids
                  parts={parts}
                  captions={['cells x', 'weights w', 'products']}
                  chosen={part}
                  onChoose={point}
                  onPoint={(next) => next && point(next)}
                />
                <div class="oc-row">
                  <p class="oc-term" aria-live="polite">
                    {part ? (
                      <>
                        x[{part.place[0]}, {part.place[1]}] · w[{part.place[0] - time}, {part.place[1] - frequency}] ={' '}
                        <b>
                          {sixDigits(part.value)} × {sixDigits(part.weight)} = {sixDigits(part.product)}
                        </b>
                      </>
                    ) : (
                      'Point at a number to see it in full, and where in the picture it comes from.'
                    )}
                  </p>
                  <Result
                    rows={[
                      { label: 'sum of the nine', value: sum },
                      { label: '+ bias b', value: bias },
                    ]}
                    decimals={decimals}
                    label="y"
                    result={explanation.result}
                  />
                </div>
              </>
            )}
          </div>
        </div>
      }
    />
  );
}
