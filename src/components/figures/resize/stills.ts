/** Chapter 5's pictures of the built-in word, made at build time. */
import { createRaster } from '@/components/plots/raster';
import { removeOffset } from '@/lib/audio/offset';
import type { Tensor } from '@/lib/tensor';
import { glide, pictureOf, second } from '@/workers/lab/resize-calls';
import { resized, thereAndBack } from '@/workers/lab/resized';
import { builtInClip, type Still } from '../still.ts';
import { differenceOf } from './difference.ts';
import { paintSecond, type Shown } from './paint.ts';
import { interpolationOf, type Way, ways } from './ways.ts';

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const { samples } = await builtInClip();
  const word = pictureOf(removeOffset(samples.subarray(0, second.samples)));
  const tone = pictureOf(glide(500, 2500));
  const small = (picture: Tensor, way: Way) => resized(picture, { height: 32, width: 32, ...interpolationOf(way) });
  const back = thereAndBack(word.magnitudes, { height: 32, width: 32, ...interpolationOf('antialiased') });
  const decibels = (picture: Tensor) => still({ picture, scale: 'decibels', largest: word.largest });
  const magnitude = (picture: Tensor) => still({ picture, scale: 'magnitude', largest: tone.largest });
  const { signed } = differenceOf(word.magnitudes, back);
  return {
    'resize-before': decibels(word.magnitudes),
    'resize-after': decibels(small(word.magnitudes, 'antialiased')),
    ...Object.fromEntries(ways.map((way) => [`resize-${way}`, decibels(small(word.magnitudes, way))])),
    'resize-glide': magnitude(tone.magnitudes),
    'resize-glide-bilinear': magnitude(small(tone.magnitudes, 'bilinear')),
    'resize-glide-antialiased': magnitude(small(tone.magnitudes, 'antialiased')),
    'resize-back': decibels(back),
    'resize-difference': still({ picture: signed, scale: 'signed', largest: word.largest / 4 }),
  };
}

/** A picture of one pixel a cell. */
function still(shown: Shown): Still {
  const [columns, rows] = shown.picture.shape;
  return {
    themed: shown.scale === 'signed',
    paint: (colours) => {
      const raster = createRaster(columns, rows);
      paintSecond(shown)(raster, colours, 1);
      return raster;
    },
  };
}
