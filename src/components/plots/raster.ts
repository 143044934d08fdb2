/**
 * Cells as pixels, exactly: every pixel shows one cell's colour, nothing is blended. Where a picture has fewer pixels
 * than cells, a pixel shows the cell of the strongest value under it, so that a lone active cell is not lost. The same
 * code paints the canvases of the page and the pictures made at build time.
 */
import { cellsOfPixels } from '../../workers/lab/pixels.ts';
import type { Cells } from './cells.ts';
import { type ColourScale, pixelOf } from './colour.ts';

/** Pixels, row by row from the top left; each packed as ImageData stores it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** A rectangle of whole pixels. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A raster of transparent pixels. */
export function createRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint32Array(width * height) };
}

/** The whole of a raster. */
export function wholeOf({ width, height }: Raster): PixelBox {
  return { x: 0, y: 0, width, height };
}

/** Paints cells into a box of a raster: time to the right, frequency up. */
export function paintCells(raster: Raster, box: PixelBox, cells: Cells, scale: ColourScale): void {
  const columns = cellsOfPixels(cells.times, box.width);
  const rows = cellsOfPixels(cells.frequencies, box.height);
  const signed = scale.low < 0 && scale.high > 0;
  const strongest = new Float64Array(cells.frequencies);
  for (let x = 0; x < box.width; x++) {
    const bottom = raster.width * (box.y + box.height - 1) + box.x + x;
    if (x > 0 && columns.first[x] === columns.first[x - 1]) {
      for (let row = 0, at = bottom; row < box.height; row++, at -= raster.width) {
        raster.pixels[at] = raster.pixels[at - 1];
      }
      continue;
    }
    takeStrongest(cells, columns.first[x], columns.end[x], signed, strongest);
    for (let row = 0, at = bottom; row < box.height; row++, at -= raster.width) {
      let most = strongest[rows.first[row]];
      for (let f = rows.first[row] + 1; f < rows.end[row]; f++) {
        if (signed ? Math.abs(strongest[f]) > Math.abs(most) : strongest[f] > most) most = strongest[f];
      }
      raster.pixels[at] = pixelOf(most, scale);
    }
  }
}

/**
 * For each frequency, the strongest value among some times: the largest, or on a signed scale the one farthest from
 * zero. Cells are read in the order of memory.
 */
function takeStrongest(
  { data, offset, timeStride, frequencyStride }: Cells,
  firstTime: number,
  endTime: number,
  signed: boolean,
  strongest: Float64Array,
): void {
  const count = strongest.length;
  for (let f = 0, at = offset + firstTime * timeStride; f < count; f++, at += frequencyStride) strongest[f] = data[at];
  for (let time = firstTime + 1; time < endTime; time++) {
    for (let f = 0, at = offset + time * timeStride; f < count; f++, at += frequencyStride) {
      const value = data[at];
      if (signed ? Math.abs(value) > Math.abs(strongest[f]) : value > strongest[f]) strongest[f] = value;
    }
  }
}

/** A hairline just inside the edge of a box. */
export function paintFrame(raster: Raster, box: PixelBox, thickness: number, pixel: number): void {
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const inside = x >= thickness && y >= thickness && x < box.width - thickness && y < box.height - thickness;
      if (!inside) raster.pixels[(box.y + y) * raster.width + box.x + x] = pixel;
    }
  }
}
