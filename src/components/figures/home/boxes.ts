/** The thread on the page: in each picture the box that it marks, in CSS pixels of the figure. */
import type { Region } from '@/lib/layers/region';
import { single } from '@/lib/layers/region';
import type { SoundField } from '@/workers/protocol';
import type { Geometry, Place } from './geometry.ts';
import { type Mark, markInGrid, markOfRegion, markOfSeconds } from './marks.ts';
import { gridOf } from './paint.ts';
import type { PanelKey } from './panels.ts';
import type { Scene } from './scene.ts';
import { type Thread, type ThreadKey, threadKeys } from './thread.ts';

/** The stage whose cell's field is shown: the cell that was chosen, or the one of convolution 2 where its way began. */
export function sourceOf({ from }: Thread): ThreadKey {
  return threadKeys.indexOf(from) < threadKeys.indexOf('conv2') ? from : 'conv2';
}

/** The cells that a panel's box holds: its own cell, or, before the source, what the source reads of it. */
export function regionOf(scene: Scene, thread: Thread, field: SoundField, key: PanelKey): Region | undefined {
  const source = threadKeys.indexOf(sourceOf(thread));
  const place = threadKeys.indexOf(key as ThreadKey);
  const own = thread.cells[key as ThreadKey];
  if (place >= source) return own && single(own);
  const stage = scene.panels.find((panel) => panel.key === key)?.stage ?? -1;
  return field.regions[stage];
}

/** The least side of a box in the small maps: a single cell of them would not be seen. */
const leastSide = 5;

/** Boxes from left to right, for the panels that the thread reaches. */
export function boxesOf(
  scene: Scene,
  thread: Thread,
  field: SoundField,
  geometry: Geometry,
  narrow: boolean,
): Partial<Record<PanelKey, Place>> {
  const boxes: Partial<Record<PanelKey, Place>> = {};
  for (const { key } of scene.panels) {
    const picture = geometry.pictures[key];
    const box =
      key === 'answers'
        ? answerBox(thread, geometry)
        : picture && boxIn(picture, markOf(scene, thread, field, geometry, narrow, key, picture));
    if (box) boxes[key] = isMap(key) ? atLeast(box, leastSide) : box;
  }
  return boxes;
}

function isMap(key: PanelKey): boolean {
  return key === 'conv1' || key === 'conv2' || key === 'pooled' || key === 'dense';
}

function markOf(
  scene: Scene,
  thread: Thread,
  field: SoundField,
  { ratio }: Geometry,
  narrow: boolean,
  key: Exclude<PanelKey, 'answers'>,
  picture: Place,
): Mark | undefined {
  if (key === 'waveform') return markOfSeconds(field.seconds, scene.duration);
  const region = regionOf(scene, thread, field, key);
  const shape = scene.shown[key]?.shape;
  if (!region || !shape) return undefined;
  if (!isMap(key)) return markOfRegion(region, shape);
  const size = { width: Math.round(picture.width * ratio), height: Math.round(picture.height * ratio) };
  const count = shape[shape.length - 1];
  const grid = gridOf(key, count, narrow, size, ratio);
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
