/** Where the thread marks a panel: the box of a region of cells, in shares of the picture. */

import type { Region } from '@/lib/layers/region';
import type { Shape } from '@/lib/tensor';
import { type MapGrid, mapBox } from './map-grid.ts';

/** From the picture's left and top edge, each 0 to 1. */
export interface Mark {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** In a picture of one plane of [time, frequency]. */
export function markOfRegion([time, frequency]: Region, [times, frequencies]: Shape): Mark {
  return {
    left: time.start / times,
    right: time.end / times,
    top: 1 - frequency.end / frequencies,
    bottom: 1 - frequency.start / frequencies,
  };
}

/** In one map of a grid: `map` is its index, `shape` that of a map. */
export function markInGrid(grid: MapGrid, map: number, region: Region, shape: Shape): Mark {
  const inner = markOfRegion(region, shape);
  const box = mapBox(grid, map);
  return {
    left: (box.x + inner.left * box.width) / grid.width,
    right: (box.x + inner.right * box.width) / grid.width,
    top: (box.y + inner.top * box.height) / grid.height,
    bottom: (box.y + inner.bottom * box.height) / grid.height,
  };
}

/** Over the full height, between two times of a waveform of so many seconds. */
export function markOfSeconds([from, to]: readonly [number, number], duration: number): Mark {
  return { left: from / duration, right: to / duration, top: 0, bottom: 1 };
}
