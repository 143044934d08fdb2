/** Each panel's data as pixels. The page and the pictures made at build time paint with the same functions. */

import { extentOf, magnitudeQuantile, planeOf } from '@/components/plots/cells';
import { signedScale } from '@/components/plots/colour';
import { decibelsOf } from '@/components/plots/decibels';
import { type MapGrid, paintMaps } from '@/components/plots/map-grid';
import type { Paint } from '@/components/plots/Picture';
import { paintCells, type Raster, wholeOf } from '@/components/plots/raster';
import { reshape, type Tensor } from '@/lib/tensor';
import type { StageInfo } from '@/workers/protocol';
import { columnsOf, type Panel, type PanelKey } from './panels.ts';

/** What is below the loudest cell by more than this is black, dB. */
export const dynamicRange = 70;
/** Signed values reach full colour at this share of the cells that are not zero. */
const fullColour = 0.98;

/** The panels that are painted as cells; the waveform and the answers are drawn otherwise. */
export type CellPanelKey = Exclude<PanelKey, 'waveform' | 'answers'>;

/** The spectrogram's or the resized picture's values in decibels; other tensors as they are. */
export function shownValues({ key, stage }: Panel, value: Tensor, stages: readonly StageInfo[]): Tensor {
  if (key !== 'spectrogram' && key !== 'resized') return value;
  return { shape: value.shape, data: value.data.map(decibelsOf(stages, stage)) };
}

/**
 * @param shown what `shownValues` made of the panel's tensor
 * @param loudest the spectrogram's largest value, dB: both pictures of energy share their scale
 */
export function painterOf(key: CellPanelKey, shown: Tensor, loudest: number, narrow: boolean): Paint {
  if (key === 'spectrogram' || key === 'resized') {
    const cells = planeOf(shown);
    return (raster, { sequential: table }) =>
      paintCells(raster, wholeOf(raster), cells, { table, low: loudest - dynamicRange, high: loudest });
  }
  const limit = magnitudeQuantile(shown.data, fullColour);
  if (key === 'normalised') {
    const cells = planeOf(shown);
    return (raster, { diverging }) => paintCells(raster, wholeOf(raster), cells, signedScale(diverging, limit));
  }
  const maps = shown.shape.length === 1 ? reshape(shown, [1, 1, shown.shape[0]]) : shown;
  return (raster, { diverging, rule }, ratio) =>
    paintMaps(raster, gridOf(key, maps.shape[2], narrow, raster, ratio), maps, signedScale(diverging, limit), rule);
}

/** The loudest cell of a picture in decibels; 0 dB for digital silence, which has none. */
export function loudestOf({ data }: Tensor): number {
  const { max } = extentOf(data);
  return Number.isFinite(max) ? max : 0;
}

/** Where the maps of a panel lie in its picture: framed maps, or the bare units of the dense layer. */
export function gridOf(
  key: CellPanelKey,
  count: number,
  narrow: boolean,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  ratio: number,
): MapGrid {
  const hair = Math.max(1, Math.round(ratio));
  const columns = columnsOf(key, narrow);
  return key === 'dense'
    ? { width, height, columns, count, gap: hair, line: 0 }
    : { width, height, columns, count, gap: 2 * hair, line: hair };
}
