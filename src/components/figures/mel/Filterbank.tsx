import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Grip } from '@/components/controls/Grip';
import { cellAtPlace, placeOf } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { melAxis } from '@/components/plots/mel-scale';
import type { MelSettings } from '@/lib/dsp/mel-settings';
import { useClip } from '@/reader/use-clip';
import type { BandSettings } from '@/workers/lab/mel-calls';
import { FilterChart } from './FilterChart.tsx';
import { checkFilters, filterSchema, habits, listed, settingsOn } from './filter-settings.ts';
import { explainBand, powersOf } from './frame.ts';
import { MelPlot, paintBelow, timeScale } from './MelPlot.tsx';
import { pythonCalls } from './python.ts';
import { WeightedSum } from './WeightedSum.tsx';

/** Filters over one frame of the clip: each cell of the mel picture is a weighted sum of its bins. */
export default function Filterbank({ number, children }: FigureProps) {
  const settings = useSettings(number, filterSchema, checkFilters);
  const now = useClip();
  const rate = now?.sampleRate;
  const asked = useMemo(() => rate && settingsOn(settings.config, rate), [settings.config, rate]);
  const { result, clip, problem } = useLab(number, 'melPicture', asked ? [asked] : undefined);
  // The moment in shares of the picture, and the frequency in Hz: both stay where they are as settings change.
  const [moment, setMoment] = useState(0.4);
  const [hertz, setHertz] = useState(1500);
  const paint = useMemo(() => result && paintBelow(result), [result]);
  // While the worker is at the newest settings, picture and sum both are those of the answer before.
  const drawn = useMemo(() => result && settingsOf(result.settings), [result]);
  const mel = drawn?.mel;
  const axis = mel && melAxis(mel);
  const i = result ? cellAtPlace(timeScale(result), moment) : 0;
  const m = axis ? cellAtPlace(axis.scale, axis.placeOfHertz(hertz)) : 0;
  const powers = useMemo(() => drawn && clip && powersOf(clip.samples, drawn, i), [drawn, clip, i]);
  const explanation = drawn && powers && explainBand(drawn, powers, m);
  const take = (index: number) => axis && setHertz(axis.hertzAt((index + 0.5) / axis.scale.count));
  const n = (value: number, unit: string, decimals = 0) => formatNumber(value, { decimals, unit });
  const seconds = result ? timeScale(result).first + i * timeScale(result).step : 0;
  const cut = rate !== undefined && settings.config.fMax > rate / 2;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-bank"
      {...(asked ? { python: pythonCalls(asked) } : {})}
      controls={
        <>
          <p class="m-habits">
            {habits.map(({ name, settings: given }) => (
              <button key={name} type="button" class="link" onClick={() => settings.take(given)}>
                {name}
              </button>
            ))}
          </p>
          <Controls settings={settings} problem={problem} />
        </>
      }
      plate={
        <>
          <MelPlot
            onPoint={(x, y) => {
              setMoment(x);
              if (axis) setHertz(axis.hertzAt(1 - y));
            }}
            grid={result}
            paint={paint}
            still="mel-24"
            label={`Mel picture of ${clip?.name ?? 'yes'} in ${result?.bands ?? 24} bands; the cell at ${seconds.toFixed(3)} seconds in band ${m + 1} is laid open`}
          >
            {result && axis && (
              <>
                <span class="cursor" style={{ left: `${100 * placeOf(timeScale(result), seconds)}%` }} />
                <span class="m-line" style={{ bottom: `${(100 * (m + 0.5)) / result.bands}%` }} />
                <Grip
                  label="Moment"
                  place={placeOf(timeScale(result), seconds)}
                  index={i}
                  count={result.frames}
                  text={`frame ${i}, ${seconds.toFixed(3)} seconds`}
                  onMove={(index) => setMoment((index + 0.5) / result.frames)}
                />
                <Grip
                  label="Filter"
                  side="left"
                  place={(m + 0.5) / result.bands}
                  index={m}
                  count={result.bands}
                  text={`filter ${m + 1}, centred on ${Math.round(axis.hertzAt((m + 0.5) / result.bands))} hertz`}
                  onMove={take}
                />
              </>
            )}
          </MelPlot>
          <div class="under">
            <DecibelLegend />
          </div>
          <div class="m-chart">
            {drawn && powers && (
              <FilterChart
                settings={drawn}
                powers={powers}
                filter={m}
                onPoint={(x) => setHertz((x * drawn.sampleRate) / 2)}
              />
            )}
          </div>
          <p class="m-readout" data-frame={i} data-filter={m} aria-live="polite">
            {result && axis && (
              <>
                Filter <b>{m + 1}</b> of {result.bands}, centred on {n(centreOf(axis, m), 'Hz')}, in frame {i}:{' '}
                {result.bands} numbers where the frame had {powers?.length ?? 0}.
              </>
            )}
          </p>
          <p class="why m-warning" role="status">
            {result && result.empty.length > 0 && (
              <>
                {result.empty.length === 1 ? 'Filter' : `${result.empty.length} filters:`} {listed(result.empty)}{' '}
                {result.empty.length === 1 ? 'lies' : 'lie'} between two bins and{' '}
                {result.empty.length === 1 ? 'hears' : 'hear'} nothing: dark rows, whatever the sound. Take fewer bands,
                or a longer FFT.
              </>
            )}
            {cut && ` Your clip has nothing above ${n((rate ?? 0) / 2, 'Hz')}: the last filter ends there.`}
          </p>
          <div class="m-sum-place">
            {explanation && drawn && (
              <WeightedSum explanation={explanation} hertz={(k) => (k * drawn.sampleRate) / drawn.stft.nFft} />
            )}
          </div>
        </>
      }
    />
  );
}

function settingsOf({ mel, ...settings }: BandSettings): MelSettings | undefined {
  return mel ? { ...settings, mel, decibels: null, mfcc: null } : undefined;
}

const centreOf = (axis: ReturnType<typeof melAxis>, m: number) => axis.hertzAt((m + 0.5) / axis.scale.count);
