/** The thread on the page: in each picture the box that it marks, in CSS pixels of the figure. */

import { type Mark, markInGrid, markOfRegion, markOfSeconds } from '@/components/plots/marks';
import { type Region, single } from '@/lib/layers/region';
import type { SoundField } from '@/workers/protocol';
import type { Geometry, Place } from './geometry.ts';
import { gridOf } from './paint.ts';
import type { PanelKey } from './panels.ts';
import type { Scene } from './scene.ts';
import { type Thread, type ThreadKey, threadKeys } from './thread.ts';

/** A thread and the sound that it comes from. */
export interface Traced {
  readonly scene: Scene;
  readonly thread: Thread;
  readonly field: Pick<SoundField, 'regions' | 'seconds' | 'hertz' | 'statistics'>;
}

/** The stage whose cell's field is shown: the cell that was chosen, or the one of convolution 2 where its way began. */
export function sourceOf({ from }: Thread): ThreadKey {
  return threadKeys.indexOf(from) < threadKeys.indexOf('conv2') ? from : 'conv2';
}

/** The cells that a panel's box holds: its own cell, or, before the source, what the source reads of it. */
function regionOf(scene: Scene, thread: Thread, field: Traced['field'], key: PanelKey): Region | undefined {
  const source = threadKeys.indexOf(sourceOf(thread));
  const place = threadKeys.indexOf(key as ThreadKey);
  const own = thread.cells[key as ThreadKey];
  if (place >= source) return own && single(own);
  const stage = scene.panels.find((panel) => panel.key === key)?.stage ?? -1;
  return field.regions[stage];
}

/** The least side of a box in the small maps: a single cell of them would not be seen. */
const leastSide = 5;

/** The boxes of the panels that the thread reaches. */
export function boxesOf(traced: Traced, geometry: Geometry, narrow: boolean): Partial<Record<PanelKey, Place>> {
  const { pictures, ratio } = geometry;
  const boxes: Partial<Record<PanelKey, Place>> = {};
  for (const { key } of traced.scene.panels) {
    const picture = pictures[key];
    const box =
      key === 'answers'
        ? answerBox(traced.thread, geometry)
        : picture && boxIn(picture, markOf(traced, key, pixelsOf(picture, ratio), ratio, narrow));
    if (box) boxes[key] = isMap(key) ? atLeast(box, leastSide) : box;
  }
  return boxes;
}

/** The size of a picture's canvas, in device pixels. */
export function pixelsOf({ width, height }: Place, ratio: number): { width: number; height: number } {
  return { width: Math.round(width * ratio), height: Math.round(height * ratio) };
}

function isMap(key: PanelKey): boolean {
  return key === 'conv1' || key === 'conv2' || key === 'pooled' || key === 'dense';
}

/**
 * The thread's mark in one picture.
 * @param size of the picture in device pixels, `ratio` of which make a CSS pixel
 */
export function markOf(
  { scene, thread, field }: Traced,
  key: Exclude<PanelKey, 'answers'>,
  size: { readonly width: number; readonly height: number },
  ratio: number,
  narrow: boolean,
): Mark | undefined {
  if (key === 'waveform') return markOfSeconds(field.seconds, scene.duration);
  const region = regionOf(scene, thread, field, key);
  const shape = scene.shown[key]?.shape;
  if (!region || !shape) return undefined;
  if (!isMap(key)) return markOfRegion(region, shape);
  const grid = gridOf(key, shape[shape.length - 1], narrow, size, ratio);
  if (key === 'dense') return markInGrid(grid, region[0].start, single([0, 0]), [1, 1]);
  const own = thread.cells[key as ThreadKey];
  return own && markInGrid(grid, own[2], region, shape);
}

function boxIn(picture: Place, mark: Mark | undefined): Place | undefined {
  return (
    mark && {
      x: picture.x + mark.left * picture.width,
      y: picture.y + mark.top * picture.height,
      width: (mark.right - mark.left) * picture.width,
      height: (mark.bottom - mark.top) * picture.height,
    }
  );
}

function answerBox({ cells }: Thread, { answers }: Geometry): Place | undefined {
  const row = cells.answers && answers[cells.answers[0]];
  return row && { x: row.x - 6, y: row.y + 1, width: row.width + 10, height: row.height - 2 };
}

/** The same box about its middle, no side shorter than `side`. */
function atLeast({ x, y, width, height }: Place, side: number): Place {
  const [w, h] = [Math.max(width, side), Math.max(height, side)];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
}
