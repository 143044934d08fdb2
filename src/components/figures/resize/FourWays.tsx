import './resize.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import type { Tensor } from '@/lib/tensor';
import { resized } from '@/workers/lab/resized';
import { countedCells } from './counted.ts';
import { type Shown, secondCells, secondShape, shownDecibels } from './paint.ts';
import { pythonCalls } from './python.ts';
import { SecondPlot } from './SecondPlot.tsx';
import { cellsParameter, interpolationOf, type Way, ways } from './ways.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const schema: Parameters<Size> = {
  width: { ...cellsParameter, label: 'columns', help: 'Cells along time, of 124 before.' },
  height: { ...cellsParameter, label: 'rows', help: 'Cells along frequency, of 129 before.' },
};

/** One picture made smaller in four ways, side by side. */
export default function FourWays({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { width, height } = settings.config;
  const { result, clip, problem } = useLab(number, 'secondPicture', []);
  return (
    <Figure
      number={number}
      layout="wide"
      settings={settings}
      python={pythonCalls(width, height)}
      caption={
        <>
          {children}
          <DecibelLegend range={shownDecibels} />
        </>
      }
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <div class="panels">
          {ways.map((way) => (
            <Panel
              key={way}
              way={way}
              name={clip?.name ?? 'yes'}
              width={width}
              height={height}
              magnitudes={result?.magnitudes}
              largest={result?.largest ?? 0}
            />
          ))}
        </div>
      }
    />
  );
}

interface PanelProps extends Size {
  readonly way: Way;
  readonly name: string;
  readonly magnitudes: Tensor | undefined;
  readonly largest: number;
}

function Panel({ way, name, width, height, magnitudes, largest }: PanelProps) {
  // Time is the first axis of the tensor, its height; the picture has it to the right.
  const config = useMemo(() => ({ height: width, width: height, ...interpolationOf(way) }), [way, width, height]);
  const shown = useMemo<Shown | undefined>(
    () => magnitudes && { picture: resized(magnitudes, config), scale: 'decibels', largest },
    [magnitudes, largest, config],
  );
  const counted = countedCells(secondShape, config);
  const share = formatNumber((100 * counted) / secondCells, { significant: 2, unit: '%' });
  return (
    <div data-way={way}>
      <p class="panel-head">
        <b>{way}</b>
        <span>
          <span data-counted={counted}>{formatNumber(counted, { decimals: 0 })}</span> of the{' '}
          {formatNumber(secondCells, { decimals: 0 })} old cells count, {share}
        </span>
      </p>
      <SecondPlot
        class="panel"
        shown={shown}
        still={`resize-${way}`}
        label={`${name} in ${width} columns by ${height} rows by ${way}`}
        ticks={[5, 4]}
      />
    </div>
  );
}
