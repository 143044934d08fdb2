import './convolution.css';
import './stack.css';
import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Result } from '@/components/plots/sums/Result';
import { at } from '@/lib/tensor';
import { Box } from './Box.tsx';
import { conv2CellSchema } from './first.ts';
import { MapPlot } from './MapPlot.tsx';
import { limitOf, paintChannel, scalesOfStage } from './maps.ts';
import { PartMaps } from './PartMaps.tsx';
import { SignedLegend } from './SignedLegend.tsx';
import { byStrength, sumOfStack } from './stack.ts';

const shape = [28, 28] as const;
/** The scales alone are wanted; no tensor of the stage is. */
const stages = [] as const;

/** A map of the second convolution as a stack of 32 that one takes apart. */
export default function Stack({ number, children }: FigureProps) {
  const settings = useSettings(number, conv2CellSchema);
  const { map, time, frequency } = settings.config;
  const cell = [time, frequency] as const;
  const { result: run } = useLab(`${number}a`, 'stageOutputs', [stages]);
  const { result: apart, clip, problem } = useLab(`${number}b`, 'takenApart', [map]);
  const [out, setOut] = useState<ReadonlySet<number>>(new Set());
  const order = useMemo(() => (apart ? byStrength(apart) : []), [apart]);
  const sum = useMemo(() => apart && sumOfStack(apart, out), [apart, out]);
  const limits = useMemo(
    () => (apart ? { part: limitOf(apart.parts), whole: limitOf(apart.whole) } : { part: 1, whole: 1 }),
    [apart],
  );
  const paint = useMemo(() => sum && paintChannel(sum, 0, limits.whole), [sum, limits.whole]);
  const kept = order.length - out.size;
  const partial = apart && sum ? at(sum, [...cell, 0]) - apart.bias : 0;
  const toggle = (one: number) => setOut((before) => toggled(before, one));
  const next = order.find((one) => out.has(one));
  const lit = ['c', 'b', 'y'].filter((symbol) => isLit('7.3', symbol)).map((symbol) => `lit-${symbol}`);
  return (
    <Figure
      number={number}
      layout="wide"
      class={['stack', ...lit].join(' ')}
      settings={settings}
      caption={children}
      controls={
        <>
          <div class="buttons">
            <button type="button" class="link" disabled={kept === 0} onClick={() => setOut(new Set(order))}>
              Take all out
            </button>
            <button
              type="button"
              class="link"
              disabled={next === undefined}
              onClick={() => next !== undefined && toggle(next)}
            >
              Put the strongest back
            </button>
            <button type="button" class="link" disabled={out.size === 0} onClick={() => setOut(new Set())}>
              Put all back
            </button>
          </div>
          <Controls settings={settings} problem={problem} />
        </>
      }
      plate={
        <div class="st-plates" data-map={apart ? map : undefined} data-cell={cell.join(',')}>
          <div>
            <p class="map-title">what each of the 32 maps before it adds</p>
            <PartMaps parts={apart?.parts} limit={limits.part} out={out} cell={cell} onToggle={toggle} />
            <SignedLegend limit={limits.part} label="partial sums" />
            <div class="st-result">
              {apart && (
                <Result
                  rows={[
                    { label: `${kept} partial sums`, value: partial },
                    { label: '+ bias', value: apart.bias },
                    ...(out.size > 0 ? [{ label: 'with all 32', value: at(apart.whole, [...cell, 0]) }] : []),
                  ]}
                  decimals={4}
                  label={`cell ${time}, ${frequency}`}
                  result={partial + apart.bias}
                />
              )}
            </div>
          </div>
          <div class="st-sum">
            <MapPlot
              paint={paint}
              still="convolution-sum"
              title={out.size === 0 ? `all 32 and the bias: map ${map}` : `${kept} of the 32, and the bias`}
              label={`Sum of ${kept} of 32 partial maps of ${clip?.name ?? 'yes'}`}
              scales={run && scalesOfStage(run, 'conv2')}
              shape={shape}
              cell={cell}
              onMove={([i, j]) => settings.take({ time: i, frequency: j })}
            >
              <Box of={cell} shape={shape} kind="cell" />
            </MapPlot>
            <SignedLegend limit={limits.whole} label="sums" />
          </div>
        </div>
      }
    />
  );
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
