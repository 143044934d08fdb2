/** Chapter 6's pictures of the built-in word, made at build time. */
import { readFile } from 'node:fs/promises';
import { createRaster } from '@/components/plots/raster';
import { fitLoudest } from '@/lib/audio/loudest';
import { resampleClip } from '@/lib/audio/resample';
import { loadArchitecture } from '@/lib/model/load';
import { createNetwork } from '@/lib/model/network';
import { pictureOf } from '@/workers/lab/normalisation-calls';
import { normalised, ownWay, type Way } from '@/workers/lab/normalisation-ways';
import { builtInClip, type Still } from '../still.ts';
import { lookOf, paintPicture, side } from './looks.ts';

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const network = createNetwork(
    await loadArchitecture(async (file) => new Uint8Array(await readFile(`public/models/keywords/${file}`))),
  );
  const { sampleRate, samples: length } = network.architecture.input;
  const { samples } = fitLoudest(resampleClip(await builtInClip(), sampleRate), length);
  const picture = pictureOf(network, samples);
  const still = (method: Way['method']): [string, Still] => {
    const look = lookOf({ method });
    const shown = normalised(picture, { ...ownWay, method });
    return [
      look.still,
      {
        themed: look.map === 'diverging',
        paint: (colours) => {
          const raster = createRaster(side, side);
          paintPicture(shown, look)(raster, colours, 1);
          return raster;
        },
      },
    ];
  };
  return Object.fromEntries([still('none'), still('min-max'), still('z-score')]);
}
