/**
 * Many small maps in one picture, each in a hairline frame: the channels of a convolution. Map c stands in column
 * c mod columns, row ⌊c / columns⌋. All lengths are whole device pixels, so that cells stay crisp.
 */
import type { Tensor } from '@/lib/tensor';
import { planeOf } from './cells.ts';
import type { ColourScale } from './colour.ts';
import { type PixelBox, paintCells, paintFrame, type Raster } from './raster.ts';

export interface MapGrid {
  /** The picture, in device pixels. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  /** How many maps. */
  readonly count: number;
  /** White between the frames of two maps. */
  readonly gap: number;
  /** Thickness of a frame. */
  readonly line: number;
}

/** The box of map `index`, its frame included. The last column and row end with the picture. */
export function frameOf({ width, height, columns, count, gap }: MapGrid, index: number): PixelBox {
  const rows = Math.ceil(count / columns);
  const x = place(index % columns, columns, width, gap);
  const y = place(Math.floor(index / columns), rows, height, gap);
  return { x: x.start, y: y.start, width: x.length, height: y.length };
}

/** The box of the cells of map `index`, within its frame. */
export function mapBox(grid: MapGrid, index: number): PixelBox {
  const { x, y, width, height } = frameOf(grid, index);
  const { line } = grid;
  return { x: x + line, y: y + line, width: Math.max(1, width - 2 * line), height: Math.max(1, height - 2 * line) };
}

/** The map under a point of the picture: the nearest, where the point lies in a gap. */
export function mapAt({ width, height, columns, count, gap }: MapGrid, x: number, y: number): number {
  const rows = Math.ceil(count / columns);
  // Frames lie on whole pixels, up to half a pixel from where the division has them.
  const along = (point: number, length: number, parts: number): number => {
    const near = Math.floor(((point + gap / 2) * parts) / (length + gap));
    const { start, length: own } = place(near, parts, length, gap);
    const part = point < start - gap / 2 ? near - 1 : point >= start + own + gap / 2 ? near + 1 : near;
    return Math.max(0, Math.min(parts - 1, part));
  };
  return Math.min(count - 1, along(y, height, rows) * columns + along(x, width, columns));
}

/** Paints every channel of a tensor of [time, frequency, channel] into its place. */
export function paintMaps(raster: Raster, grid: MapGrid, maps: Tensor, scale: ColourScale, framePixel: number): void {
  for (let channel = 0; channel < grid.count; channel++) {
    paintFrame(raster, frameOf(grid, channel), grid.line, framePixel);
    paintCells(raster, mapBox(grid, channel), planeOf(maps, channel), scale);
  }
}

/** Part `index` of `parts` along a length, with gaps between them, on whole pixels. */
function place(index: number, parts: number, length: number, gap: number): { start: number; length: number } {
  const step = (length + gap) / parts;
  const start = Math.round(index * step);
  const end = Math.round((index + 1) * step) - gap;
  return { start, length: Math.max(1, end - start) };
}
