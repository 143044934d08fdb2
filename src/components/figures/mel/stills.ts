/** Chapter 4's pictures of the built-in word, made at build time. */

import type { Paint } from '@/components/plots/Picture';
import { createRaster } from '@/components/plots/raster';
import { defaults } from '@/lib/parameters';
import { type BandSettings, bandsOf, belowLargest, cosinesOf, valuesOf } from '@/workers/lab/mel-calls';
import { builtInClip, type Still } from '../still.ts';
import { filterSchema, settingsOn } from './filter-settings.ts';
import { paintAll } from './Hear.tsx';
import { paintBelow } from './MelPlot.tsx';
import { openingBands } from './Opening.tsx';
import { settingsOfPreset } from './preset-rows.ts';
import { bandsFor } from './settings.ts';

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const { samples, sampleRate } = await builtInClip();
  const still = (paint: Paint, frames: number, rows: number, themed = false): Still => ({
    themed,
    paint: (colours) => {
      const raster = createRaster(frames, rows);
      paint(raster, colours, 1);
      return raster;
    },
  });
  const picture = (settings: BandSettings): Still => {
    const result = belowLargest(bandsOf(samples, sampleRate, settings));
    return still(paintBelow(result), result.frames, result.bands);
  };
  const opening = bandsFor(sampleRate, openingBands);
  const logMel = valuesOf(bandsOf(samples, sampleRate, bandsFor(sampleRate, 40)), { kind: 'decibels' });
  const cosines = cosinesOf(logMel, 13);
  const paints = paintAll(cosines);
  const environment = settingsOfPreset('environment', 'as written');
  return {
    mel: picture(opening),
    'mel-linear': picture({ ...opening, mel: null }),
    'mel-24': picture(settingsOn(defaults(filterSchema), sampleRate)),
    ...(environment && { 'mel-environment': picture(environment) }),
    'mel-40': still(paints.logMel, logMel.frames, logMel.bands),
    'mel-smoothed': still(paints.smoothed, logMel.frames, logMel.bands),
    'mel-mfcc': still(paints.mfcc, logMel.frames, 13, true),
  };
}
