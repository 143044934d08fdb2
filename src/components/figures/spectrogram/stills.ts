/** Chapter 3's pictures of the built-in word, made at build time. */
import { paintDecibels } from '@/components/chapter/SpectrogramPlot';
import { createRaster } from '@/components/plots/raster';
import type { StftOptions } from '@/lib/dsp/frames';
import { decibelPicture } from '@/workers/lab/spectrogram-calls';
import { builtInClip, type Still } from '../still.ts';
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
  return { spectrogram: spectrogram(firstOptions) };
}
