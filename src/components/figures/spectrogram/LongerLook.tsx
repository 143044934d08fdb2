import { useContext, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { type Preset, Presets } from '@/components/chapter/Presets';
import { SpectrogramPlot, shownRange } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { type Settings, useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { checkStftOptions, type StftOptions, stftParameters } from '@/lib/dsp/frames';
import { type StftPresetName, stftPresets } from '@/lib/dsp/presets';
import { stftCall } from '@/lib/dsp/stft-call';
import type { Parameters } from '@/lib/parameters';
import { WithoutScript } from '@/reader/without-script';
import { firstOptions } from './options.ts';

type Look = Pick<StftOptions, 'winLength' | 'hopLength' | 'nFft' | 'window'>;

const schema: Parameters<Look> = {
  winLength: { ...stftParameters.winLength, kind: 'integer', min: 16, max: 4096, default: 255, scale: 'log' },
  hopLength: { ...stftParameters.hopLength, kind: 'integer', min: 8, max: 1024, default: 128, scale: 'log' },
  nFft: { ...stftParameters.nFft, kind: 'integer', min: 16, max: 16384, default: 256, scale: 'log' },
  window: stftParameters.window,
};

/** What the projects behind this book, and librosa, take; each at its own rate. */
const presets: readonly Preset<Look>[] = [
  { name: 'project 000, keywords', values: { winLength: 255, hopLength: 128, nFft: 256, window: 'hann' } },
  { name: 'project 001, events', values: { winLength: 512, hopLength: 256, nFft: 512, window: 'hann' } },
  { name: 'project 002, environment', values: { winLength: 3969, hopLength: 308, nFft: 16384, window: 'hann' } },
  { name: 'project 004, and librosa', values: { winLength: 2048, hopLength: 512, nFft: 2048, window: 'hann' } },
];

function check(look: Look): void {
  checkStftOptions(optionsOf(look));
}

const libraries = Object.keys(stftPresets) as StftPresetName[];

/** One clip, the reader's window: short is sharp in time, long is sharp in pitch. */
export default function LongerLook({ number, children }: FigureProps) {
  const settings = withRoom(useSettings(number, schema, check));
  const options = optionsOf(settings.config);
  const [size, setSize] = useState(useContext(WithoutScript)?.canvas);
  const { result: picture, clip, problem } = useLab(number, 'look', size && [options, size]);
  const sampleRate = clip?.sampleRate ?? 16000;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={problem} />
          <Presets settings={settings} presets={presets} />
        </>
      }
      python={libraries.map((library) => ({
        library,
        code: stftCall(library, { stft: options, power: 1, decibels: { ref: 'max', topDb: shownRange }, sampleRate }),
      }))}
      plate={
        <>
          <SpectrogramPlot
            picture={picture}
            onSize={setSize}
            still="spectrogram"
            label={`Spectrogram of ${clip?.name ?? 'yes'} with windows of ${options.winLength} samples`}
          />
          <div class="under">
            <DecibelLegend />
            <span class="readout">
              {picture && (
                <>
                  <b>
                    {formatNumber(picture.frames)} frames × {formatNumber(picture.bins)} bins
                  </b>
                  <br />
                  {formatNumber((1000 * options.winLength) / picture.sampleRate, { decimals: 1, unit: 'ms' })} long,{' '}
                  {formatNumber(picture.sampleRate / options.nFft, { decimals: 1, unit: 'Hz' })} apart
                </>
              )}
            </span>
          </div>
        </>
      }
    />
  );
}

function optionsOf(look: Look): StftOptions {
  return { ...firstOptions, ...look };
}

/** Another window takes the FFT of the next power of two along, as tf.signal does by default. */
function withRoom(settings: Settings<Look>): Settings<Look> {
  return {
    ...settings,
    set(name, value) {
      if (name === 'winLength' && Number(value) >= 1) {
        settings.set('nFft', Math.max(16, 2 ** Math.ceil(Math.log2(Number(value)))));
      }
      settings.set(name, value);
    },
  };
}
