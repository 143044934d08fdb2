/** How the chapter's pictures are coloured, and where their cells lie in seconds and kilohertz. */
import { binScale, type CellScale, frameScale, resizedScale } from '@/components/plots/cell-scale';
import { planeOf } from '@/components/plots/cells';
import { type ColourScale, signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import type { Paint } from '@/components/plots/Picture';
import type { Palette } from '@/components/plots/palette';
import { paintCells, wholeOf } from '@/components/plots/raster';
import type { Tensor } from '@/lib/tensor';
import type { Way } from '@/workers/lab/normalisation-ways';
import { firstOptions } from '../spectrogram/options.ts';

/** Rows and columns of the picture that the network takes. */
export const side = 32;
const rate = 16000;

/** The network's spectrogram, 124 frames of 129 bins, made smaller to 32 × 32. */
export const time: CellScale = resizedScale(frameScale(124, firstOptions, rate), side);
const frequency: CellScale = resizedScale(binScale(129, firstOptions.nFft, rate), side);
export const kilohertz: CellScale = {
  count: side,
  first: frequency.first / 1000,
  step: frequency.step / 1000,
};

/** "0.31 s, 1.6 kHz": the middle of a cell. */
export function placeName(t: number, f: number): string {
  const seconds = formatNumber(time.first + t * time.step, { decimals: 2, unit: 's' });
  return `${seconds}, ${formatNumber(kilohertz.first + f * kilohertz.step, { decimals: 1, unit: 'kHz' })}`;
}

export interface Look {
  readonly map: 'sequential' | 'diverging';
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly label: string;
  /** The picture made at build time that stands until the first is painted. */
  readonly still: string;
}

/** Roots of magnitudes, as they come; the scale stays while the loudness changes. */
export const rawLook: Look = {
  map: 'sequential',
  low: 0,
  high: 3,
  ticks: [0, 1, 2, 3],
  label: '√|X|, 3 and above',
  still: 'normalisation-raw',
};
const shares: Look = {
  map: 'sequential',
  low: 0,
  high: 1,
  ticks: [0, 0.5, 1],
  label: 'from least to most',
  still: 'normalisation-min-max',
};
const deviations: Look = {
  map: 'diverging',
  low: -3,
  high: 3,
  ticks: [-3, 0, 3],
  label: 'deviations, ±3 and beyond',
  still: 'normalisation-z-score',
};

export function lookOf({ method }: Pick<Way, 'method'>): Look {
  return { none: rawLook, 'min-max': shares, 'z-score': deviations }[method];
}

function colourScale({ map, low, high }: Look, { sequential, diverging }: Palette): ColourScale {
  return map === 'diverging' ? signedScale(diverging, high) : { table: sequential, low, high };
}

export function paintPicture(picture: Tensor, look: Look): Paint {
  return (raster, colours) => paintCells(raster, wholeOf(raster), planeOf(picture), colourScale(look, colours));
}
