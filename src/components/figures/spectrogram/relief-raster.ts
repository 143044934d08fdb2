/**
 * The landscape as pixels. It is cut into strips, each a card that stands on the floor. In every column of pixels a card
 * is one stroke from its level down to the floor; from the nearest card to the farthest a horizon rises and says how much
 * of the next is hidden, and then the strokes are painted from the farthest to the nearest. So a pixel is painted about
 * once, however many cards there are.
 */
import { type Cells, valueAt } from '@/components/plots/cells';
import { type ColourTable, packPixel, type Rgb } from '@/components/plots/colour';
import type { Raster } from '@/components/plots/raster';
import { backToFront, blockMaxima, type Projection, pointOf, stripDirection } from './relief.ts';

/** Levels from 0 to 1 for the strips along each axis. */
export interface Landscape {
  readonly time: Cells;
  readonly frequency: Cells;
}

/** So many strips, and points of a strip, are drawn at the most: a longer clip is drawn more coarsely, not more slowly. */
const mostStrips = 72;
const mostPoints = 160;

/** @param lowest the level of the floor, dB; 0 dB is the top */
export function landscapeOf(cells: Cells, lowest: number): Landscape {
  const levels = (times: number, frequencies: number): Cells => {
    const most = blockMaxima(cells, times, frequencies);
    const data = Float32Array.from(most.data, (value) => Math.min(1, Math.max(0, 1 - value / lowest)));
    return { ...most, data };
  };
  return { time: levels(mostPoints, mostStrips), frequency: levels(mostStrips, mostPoints) };
}

/** How much of the light colour is in the lines along the cards' tops. */
const crestShare = 0.25;

/** The colours of those lines: the table's own, made lighter. */
export function crestOf(table: ColourTable, light: Rgb): ColourTable {
  const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  return table.map((_, entry) => {
    const mix = (channel: number) => bytes[4 * entry + channel] * (1 - crestShare) + light[channel] * crestShare;
    return packPixel([mix(0), mix(1), mix(2)]);
  });
}

/** What a stroke looks like. */
export interface ReliefColours {
  /** By level. */
  readonly table: ColourTable;
  /** The same for the line along the top of a card. */
  readonly crest: ColourTable;
  /** How thick that line is, pixels. */
  readonly line: number;
}

/** Paints the landscape into a raster whose other pixels it leaves as they are. The projection is in pixels. */
export function paintRelief(
  raster: Raster,
  projection: Projection,
  landscape: Landscape,
  colours: ReliefColours,
): void {
  const along = stripDirection(projection);
  const cells = landscape[along];
  const across = along === 'time' ? 'frequency' : 'time';
  const strips = along === 'time' ? cells.frequencies : cells.times;
  const points = along === 'time' ? cells.times : cells.frequencies;
  const levelAt = (point: number, strip: number) =>
    along === 'time' ? valueAt(cells, point, strip) : valueAt(cells, strip, point);
  const { width } = raster;
  const step = projection[along];
  const order = backToFront(strips, projection[across]);

  const tops = new Float32Array(strips * width);
  const ends = new Float32Array(strips * width);
  const levels = new Uint16Array(strips * width);
  const horizon = new Float32Array(width).fill(Number.POSITIVE_INFINITY);
  for (let nearest = strips - 1; nearest >= 0; nearest--) {
    const strip = order[nearest];
    const [x0, y0] = pointOf(projection, { time: 0, frequency: 0, level: 0, [across]: (strip + 0.5) / strips });
    const from = Math.max(0, Math.ceil(Math.min(x0, x0 + step.x) - 0.5));
    const to = Math.min(width - 1, Math.floor(Math.max(x0, x0 + step.x) - 0.5));
    for (let x = from; x <= to; x++) {
      const share = (x + 0.5 - x0) / step.x;
      const place = Math.min(points - 1, Math.max(0, share * points - 0.5));
      const before = Math.floor(place);
      const low = levelAt(before, strip);
      const level = low + (place - before) * (levelAt(Math.min(points - 1, before + 1), strip) - low);
      const floor = y0 + share * step.y;
      const top = floor + level * projection.level.y;
      const at = strip * width + x;
      tops[at] = top;
      ends[at] = Math.min(floor, horizon[x]);
      levels[at] = Math.round(256 * level);
      if (top < horizon[x]) horizon[x] = top;
    }
  }

  for (const strip of order) {
    for (let x = 0; x < width; x++) {
      const at = strip * width + x;
      if (tops[at] < ends[at]) paintStroke(raster, x, tops[at], ends[at], levels[at], colours);
    }
  }
}

/** One stroke: its first pixel as far as it is covered, then the line, then the colour of the level. */
function paintStroke(
  { width, height, pixels }: Raster,
  x: number,
  top: number,
  end: number,
  level: number,
  { table, crest, line }: ReliefColours,
): void {
  const first = Math.ceil(top);
  const last = Math.min(height, Math.ceil(end));
  if (first > 0 && first - 1 < last) blend(pixels, (first - 1) * width + x, crest[level], first - top);
  const colour = table[level];
  const lineEnd = Math.min(last, first + line);
  let y = Math.max(0, first);
  for (; y < lineEnd; y++) pixels[y * width + x] = crest[level];
  for (; y < last; y++) pixels[y * width + x] = colour;
}

const mixed = new Uint8ClampedArray(12);
const packed = new Uint32Array(mixed.buffer);

/** Lays an opaque colour over a pixel, of which it covers a share. */
function blend(pixels: Uint32Array, at: number, colour: number, share: number): void {
  packed[0] = colour;
  packed[1] = pixels[at];
  const under = (mixed[7] / 255) * (1 - share);
  const alpha = share + under;
  if (alpha <= 0) return;
  for (let channel = 0; channel < 3; channel++) {
    mixed[8 + channel] = (share * mixed[channel] + under * mixed[4 + channel]) / alpha;
  }
  mixed[11] = 255 * alpha;
  pixels[at] = packed[2];
}
