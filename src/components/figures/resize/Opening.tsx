import './resize.css';
import './opening.css';
import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Grip } from '@/components/controls/Grip';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import { resized } from '@/workers/lab/resized';
import { type Shown, secondCells, shownDecibels } from './paint.ts';
import { SecondPicture, SecondPlot } from './SecondPlot.tsx';
import { cellsParameter, interpolationOf } from './ways.ts';

interface Size {
  readonly cells: number;
}

const schema: Parameters<Size> = { cells: cellsParameter };

/** Places that the line can take. */
const places = 101;

/** The second before and after, in one picture with a line between them that the reader moves. */
export default function Opening({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { cells } = settings.config;
  const { result, clip, problem } = useLab(number, 'secondPicture', []);
  const [place, setPlace] = useState(50);
  const before = useMemo<Shown | undefined>(
    () => result && { picture: result.magnitudes, scale: 'decibels', largest: result.largest },
    [result],
  );
  const after = useMemo<Shown | undefined>(
    () =>
      result && {
        picture: resized(result.magnitudes, { height: cells, width: cells, ...interpolationOf('antialiased') }),
        scale: 'decibels',
        largest: result.largest,
      },
    [result, cells],
  );
  const left = `${place}%`;
  const name = clip?.name ?? 'yes';
  const share = formatNumber((100 * cells * cells) / secondCells, { significant: 2, unit: '%' });
  return (
    <Figure
      number={number}
      layout="wide"
      class="resize-opening"
      settings={settings}
      caption={
        <>
          {children} {problem && <span class="why">{problem.sentence}</span>}
          <DecibelLegend range={shownDecibels} />
        </>
      }
      plate={
        <div class="r-plates">
          <div>
            <SecondPlot
              class="curtain"
              onPoint={(x) => setPlace(Math.round(x * (places - 1)))}
              shown={before}
              still="resize-before"
              label={`Spectrogram of ${name}, 124 columns by 129 rows`}
            >
              <div class="behind" style={{ clipPath: `inset(0 0 0 ${left})` }}>
                <SecondPicture
                  shown={after}
                  still="resize-after"
                  label={`The same in ${cells} columns by ${cells} rows`}
                />
              </div>
              <span class="cursor" style={{ left }} />
              <Grip
                label="Line between before and after"
                place={place / (places - 1)}
                index={place}
                count={places}
                text={`${place} % of the width shows the picture before`}
                onMove={setPlace}
              />
            </SecondPlot>
          </div>
          <div class="r-count">
            <p>
              <b>{formatNumber(secondCells, { decimals: 0 })}</b> numbers left of the line
            </p>
            <p aria-live="polite">
              <b>{formatNumber(cells * cells, { decimals: 0 })}</b> to the right of it, {share}
            </p>
            <Controls settings={settings} />
          </div>
        </div>
      }
    />
  );
}
