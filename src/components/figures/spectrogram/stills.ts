/** Chapter 3's pictures of the built-in word, made at build time. */
import { paintDecibels } from '@/components/chapter/SpectrogramPlot';
import { createRaster } from '@/components/plots/raster';
import type { StftOptions } from '@/lib/dsp/frames';
import { presetOptions, type StftPresetName, stftPresets } from '@/lib/dsp/presets';
import { decibelPicture } from '@/workers/lab/spectrogram-calls';
import { builtInClip, type Still } from '../still.ts';
import { type Frame, loudestFrame } from './frame.ts';
import { firstOptions } from './options.ts';

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const { samples, sampleRate } = await builtInClip();
  const spectrogram = (options: StftOptions): Still => {
    const picture = decibelPicture(samples, sampleRate, options);
    return {
      themed: false,
      paint: (colours) => {
        const raster = createRaster(picture.frames, picture.bins);
        paintDecibels(picture)(raster, colours, 1);
        return raster;
      },
    };
  };
  const window = (winLength: number) =>
    spectrogram({ ...firstOptions, winLength, hopLength: winLength / 4, nFft: winLength });
  const conventions = (Object.keys(stftPresets) as StftPresetName[]).map(
    (name) => [`convention-${name.replace('.', '-')}`, spectrogram(presetOptions(name))] as const,
  );
  return {
    spectrogram: spectrogram(firstOptions),
    'spectrogram-short': window(64),
    'spectrogram-long': window(1024),
    ...Object.fromEntries(conventions),
  };
}

/** The loudest frame of the built-in word, rounded to what a 16-bit recording holds. */
export async function firstFrame(): Promise<Frame> {
  const { samples, sampleRate } = await builtInClip();
  const frame = loudestFrame(samples, sampleRate);
  return { ...frame, samples: frame.samples.map((value) => Number(value.toFixed(5))) };
}

/** Every 16th sample of the built-in word, to draw it before the page is alive. */
export async function firstWave(): Promise<number[]> {
  const { samples } = await builtInClip();
  return Array.from({ length: Math.ceil(samples.length / 16) }, (_, at) => Number(samples[16 * at].toFixed(3)));
}
