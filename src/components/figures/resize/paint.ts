/** One second as a picture of cells: where they lie, and their colours in decibels, in magnitudes or as differences. */
import type { CellScale } from '@/components/plots/cell-scale';
import { planeOf } from '@/components/plots/cells';
import { type ColourScale, signedScale } from '@/components/plots/colour';
import type { Paint } from '@/components/plots/Picture';
import type { Palette } from '@/components/plots/palette';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { frameTime } from '@/lib/dsp/frames';
import { sizeOf, type Tensor, tensor } from '@/lib/tensor';
import { second, secondOptions } from '@/workers/lab/resize-calls';

/** What is shown of a picture in decibels, below the loudest cell of the whole second. */
export const shownDecibels = 60;

/** [frames, bins, 1] */
export const secondShape = [124, 129, 1] as const;
export const secondCells = sizeOf(secondShape);

/** In seconds and kilohertz. */
export const secondScales: { readonly time: CellScale; readonly frequency: CellScale } = {
  time: {
    count: secondShape[0],
    first: frameTime(secondOptions, 0, second.sampleRate),
    step: secondOptions.hopLength / second.sampleRate,
  },
  frequency: { count: secondShape[1], first: 0, step: second.sampleRate / secondOptions.nFft / 1000 },
};

/** A picture of any size of one second, and how its values become colours. */
export interface Shown {
  readonly picture: Tensor;
  readonly scale: 'decibels' | 'magnitude' | 'signed';
  /** The value of the last colour; 0 where all is silent. */
  readonly largest: number;
}

export function paintSecond({ picture, scale, largest }: Shown): Paint {
  const cells = planeOf(scale === 'decibels' ? inDecibels(picture, largest) : picture);
  return (raster, colours) => paintCells(raster, wholeOf(raster), cells, colourScale(scale, largest, colours));
}

function colourScale(scale: Shown['scale'], largest: number, { sequential, diverging }: Palette): ColourScale {
  if (scale === 'decibels') return { table: sequential, low: -shownDecibels, high: 0 };
  if (scale === 'magnitude') return { table: sequential, low: 0, high: largest || 1 };
  return signedScale(diverging, largest);
}

/** 20·log10(value/largest), no less than the lowest that is shown. */
function inDecibels({ shape, data }: Tensor, largest: number): Tensor {
  const decibels = (value: number) =>
    largest > 0 && value > 0 ? Math.max(-shownDecibels, 20 * Math.log10(value / largest)) : -shownDecibels;
  return tensor(shape, data.map(decibels));
}
