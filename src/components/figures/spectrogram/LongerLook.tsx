import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { SpectrogramPlot, shownRange } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { type StftOptions, stftParameters } from '@/lib/dsp/frames';
import { type StftPresetName, stftPresets } from '@/lib/dsp/presets';
import { stftCall } from '@/lib/dsp/stft-call';
import type { Parameters } from '@/lib/parameters';
import { firstOptions } from './options.ts';

type Look = Pick<StftOptions, 'winLength' | 'hopLength' | 'window'>;

const schema: Parameters<Look> = {
  winLength: { ...stftParameters.winLength, kind: 'integer', min: 16, max: 4096, default: 255, scale: 'log' },
  hopLength: { ...stftParameters.hopLength, kind: 'integer', min: 8, max: 1024, default: 128, scale: 'log' },
  window: stftParameters.window,
};

const libraries = Object.keys(stftPresets) as StftPresetName[];

/** One clip, the reader's window: short is sharp in time, long is sharp in pitch. */
export default function LongerLook({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const options = optionsOf(settings.config);
  const { result: picture, clip, problem } = useLab(number, 'spectrogram', [options]);
  const sampleRate = clip?.sampleRate ?? 16000;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      python={libraries.map((library) => ({
        library,
        code: stftCall(library, { stft: options, power: 1, decibels: { ref: 'max', topDb: shownRange }, sampleRate }),
      }))}
      plate={
        <>
          <SpectrogramPlot
            picture={picture}
            still="spectrogram"
            label={`Spectrogram of ${clip?.name ?? 'yes'} with windows of ${options.winLength} samples`}
          />
          <div class="under">
            <Legend
              map="sequential"
              low={-shownRange}
              high={0}
              ticks={[-shownRange, -shownRange / 2, 0]}
              label="dB below the loudest"
            />
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

/** The FFT is the next power of two, as tf.signal takes it. */
function optionsOf(look: Look): StftOptions {
  const nFft = 2 ** Math.ceil(Math.log2(look.winLength));
  return { ...firstOptions, ...look, nFft };
}
