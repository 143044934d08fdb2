import './opening.css';
import { useState } from 'preact/hooks';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { SpectrogramPlot, scalesOf, shownRange } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { Grip } from '@/components/controls/Grip';
import { Wave } from '@/components/controls/Wave';
import { cellAtPlace, placeOf, valueAtPlace } from '@/components/plots/cell-scale';
import { indexOfLargest } from '@/components/plots/cells';
import { formatNumber } from '@/components/plots/format';
import { LineChart, type ValueRange } from '@/components/plots/LineChart';
import { useMedia } from '@/components/plots/use-media';
import type { DecibelPicture } from '@/workers/lab/spectrogram-calls';
import { firstOptions } from './options.ts';

/** The clip as air pressure and as energy, on one time axis, with one column laid open. */
export default function Opening({ number, children }: FigureProps) {
  const { result: picture, clip, problem } = useLab(number, 'spectrogram', [firstOptions]);
  const [share, setShare] = useState(0.3);
  const column = picture && cellAtPlace(scalesOf(picture).time, share);
  return (
    <Figure
      number={number}
      layout="wide"
      class="opening"
      caption={
        <>
          {children} {problem && <span class="why">{problem.sentence}</span>}
          <DecibelLegend />
        </>
      }
      plate={
        <div class="o-plates">
          <div class="o-wave soot">
            {clip && picture && (
              <Wave
                samples={clip.samples}
                label={`Waveform of ${clip.name}`}
                from={Math.round(edges(picture)[0] * picture.sampleRate)}
                to={Math.round(edges(picture)[1] * picture.sampleRate)}
              />
            )}
            {picture && column !== undefined && <FrameMark picture={picture} column={column} />}
          </div>
          <div class="o-spec">
            <SpectrogramPlot
              picture={picture}
              still="spectrogram"
              first
              class="o-pic"
              onPoint={setShare}
              label={`Spectrogram of ${clip?.name ?? 'yes'}: time to the right, frequency up, brighter for more energy`}
            >
              {picture && column !== undefined && (
                <>
                  <span class="cursor" style={{ left: `${100 * placeInTime(picture, column)}%` }} />
                  <Grip
                    label="Moment"
                    place={placeInTime(picture, column)}
                    index={column}
                    count={picture.frames}
                    text={`frame ${column}, ${timeOf(picture, column).toFixed(3)} seconds`}
                    onMove={(index) => setShare(placeInTime(picture, index))}
                  />
                </>
              )}
            </SpectrogramPlot>
          </div>
          <div class="o-slice">{picture && column !== undefined && <Slice picture={picture} column={column} />}</div>
        </div>
      }
    />
  );
}

const timeOf = ({ firstTime, options, sampleRate }: DecibelPicture, column: number) =>
  firstTime + (column * options.hopLength) / sampleRate;

const placeInTime = (picture: DecibelPicture, column: number) =>
  placeOf(scalesOf(picture).time, timeOf(picture, column));

function edges(picture: DecibelPicture): readonly [number, number] {
  const { time } = scalesOf(picture);
  return [valueAtPlace(time, 0), valueAtPlace(time, 1)];
}

/** The samples that the chosen column was made from. */
function FrameMark({ picture, column }: { readonly picture: DecibelPicture; readonly column: number }) {
  const { winLength } = picture.options;
  const half = winLength / 2 / picture.sampleRate;
  const { time } = scalesOf(picture);
  const from = placeOf(time, timeOf(picture, column) - half);
  const to = placeOf(time, timeOf(picture, column) + half);
  return <span class="win" style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }} />;
}

const level: ValueRange = { min: -shownRange, max: 0, unit: 'dB', name: 'magnitude', ticks: [-60, -40, -20, 0] };

/** One column: how much of each frequency there is at that moment. */
function Slice({ picture, column }: { readonly picture: DecibelPicture; readonly column: number }) {
  const narrow = useMedia('(max-width: 56rem)');
  const { bins, sampleRate, options } = picture;
  const values = picture.decibels.subarray(column * bins, (column + 1) * bins);
  const loudest = indexOfLargest(values);
  const hertz = (bin: number) => (bin * sampleRate) / options.nFft;
  const step = hertz(1) / 2000;
  const frequency: ValueRange = { min: -step, max: hertz(bins - 1) / 1000 + step, unit: 'kHz', name: 'frequency' };
  const bin = (value: number, index: number): [number, number] => {
    const shown = Math.max(value, -shownRange);
    return narrow ? [hertz(index) / 1000, shown] : [shown, hertz(index) / 1000];
  };
  const words = `loudest at ${formatNumber(hertz(loudest), { decimals: 0, unit: 'Hz' })}`;
  return (
    <>
      <p class="slice-head ui" aria-live="polite">
        <span>
          Frame {column}, at {formatNumber(timeOf(picture, column), { decimals: 3, unit: 's' })}
        </span>
        <span>
          loudest at <b>{formatNumber(hertz(loudest), { decimals: 0, unit: 'Hz' })}</b>
        </span>
      </p>
      <LineChart
        label={`Spectrum of frame ${column}, ${words}`}
        x={narrow ? frequency : level}
        y={narrow ? level : frequency}
        lines={[
          { points: Array.from(values, bin) },
          { points: [bin(values[loudest], loudest)], tone: 'hand', marks: 'dots' },
        ]}
      />
    </>
  );
}
