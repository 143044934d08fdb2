import './resize.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import type { Parameters } from '@/lib/parameters';
import { thereAndBack } from '@/workers/lab/resized';
import { differenceOf } from './difference.ts';
import { type Shown, shownDecibels } from './paint.ts';
import { SecondPlot } from './SecondPlot.tsx';
import { cellsParameter, interpolationOf, type Way, wayParameter } from './ways.ts';

interface BackSettings {
  readonly cells: number;
  readonly way: Way;
}

const schema: Parameters<BackSettings> = { cells: cellsParameter, way: { ...wayParameter, default: 'antialiased' } };

/** Smaller and back to the old size, and what differs then. */
export default function ThereAndBack({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { cells, way } = settings.config;
  const { result, clip, problem } = useLab(number, 'secondPicture', []);
  const before = useMemo<Shown | undefined>(
    () => result && { picture: result.magnitudes, scale: 'decibels', largest: result.largest },
    [result],
  );
  const back = useMemo<Shown | undefined>(
    () =>
      result && {
        picture: thereAndBack(result.magnitudes, { height: cells, width: cells, ...interpolationOf(way) }),
        scale: 'decibels',
        largest: result.largest,
      },
    [result, cells, way],
  );
  const difference = useMemo(() => before && back && differenceOf(before.picture, back.picture), [before, back]);
  const limit = (result?.largest ?? 0) / 4;
  const signed = useMemo<Shown | undefined>(
    () => difference && { picture: difference.signed, scale: 'signed', largest: limit },
    [difference, limit],
  );
  const name = clip?.name ?? 'yes';
  const lost = difference && formatNumber(100 * difference.share, { decimals: 1, unit: '%' });
  return (
    <Figure
      number={number}
      layout="wide"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <>
          <div class="panels three">
            <div>
              <p class="panel-head">
                <b>before</b> 124 × 129
              </p>
              <SecondPlot
                class="panel"
                shown={before}
                still="resize-before"
                label={`Spectrogram of ${name}`}
                ticks={[3, 4]}
              />
            </div>
            <div>
              <p class="panel-head">
                <b>back again</b> 124 × 129, by way of {cells} × {cells}
              </p>
              <SecondPlot
                class="panel"
                shown={back}
                still="resize-back"
                label={`The same after ${cells} by ${cells} cells and back`}
                ticks={[3, 4]}
              />
            </div>
            <div>
              <p class="panel-head">
                <b>back − before</b>
                <span aria-live="polite" data-lost={difference?.share}>
                  {lost && `error ${lost} of the picture`}
                </span>
              </p>
              <SecondPlot
                class="panel signed"
                themed
                shown={signed}
                still="resize-difference"
                label={`What differs: orange where something came, blue where something went${lost ? `; the error is ${lost} of the picture` : ''}`}
                ticks={[3, 4]}
              />
            </div>
          </div>
          <div class="under">
            <DecibelLegend range={shownDecibels} />
            <Legend
              map="diverging"
              low={-0.25}
              high={0.25}
              ticks={[-0.25, 0, 0.25]}
              label="difference, as a share of the largest magnitude; and beyond"
            />
          </div>
        </>
      }
    />
  );
}
