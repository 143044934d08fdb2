/** Choosing a cell: which one lies under the pointer, and where the keys take it. */
import { cellAtPlace } from '@/components/plots/cell-scale';
import { mapAt, mapBox } from '@/components/plots/map-grid';
import type { Cell, Shape } from '@/lib/tensor';
import { type CellPanelKey, gridOf } from './paint.ts';
import type { ThreadKey } from './thread.ts';

/** The cell of the thread's stage that a point of a picture chooses. Both energies choose a cell of the normalised. */
export interface Choice {
  readonly from: ThreadKey;
  readonly cell: Cell;
}

/**
 * @param x from the picture's left edge, in shares of its width; `y` from its top
 * @param shape of the stage that is chosen in
 * @param size of the picture in device pixels
 */
export function choiceAt(
  key: CellPanelKey,
  x: number,
  y: number,
  shape: Shape,
  size: { readonly width: number; readonly height: number },
  ratio: number,
  narrow: boolean,
): Choice {
  const cell = (places: Shape, right: number, up: number): number[] => [
    cellAtPlace({ count: places[0], first: 0, step: 1 }, right),
    cellAtPlace({ count: places[1], first: 0, step: 1 }, up),
  ];
  if (key === 'spectrogram' || key === 'resized' || key === 'normalised') {
    return { from: 'normalised', cell: [...cell(shape, x, 1 - y), 0] };
  }
  const grid = gridOf(key, shape[shape.length - 1], narrow, size, ratio);
  const [left, top] = [x * size.width, y * size.height];
  const map = mapAt(grid, left, top);
  if (key === 'dense') return { from: 'dense', cell: [map] };
  const box = mapBox(grid, map);
  const inside = cell(shape, (left - box.x) / box.width, 1 - (top - box.y) / box.height);
  return { from: key, cell: [...inside, map] };
}

/**
 * The cell that a key leads to: arrows to the neighbour in time and frequency, Page Up and Page Down to the next map.
 * In the dense layer and among the answers they go through the units as they stand on the page. Undefined for another
 * key, or at the edge.
 */
export function cellByKey(key: string, from: ThreadKey, cell: Cell, shape: Shape, columns: number): Cell | undefined {
  if (from === 'dense' || from === 'answers') {
    const down = from === 'dense' ? columns : 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: down, ArrowUp: -down }[key];
    if (step === undefined || (from === 'answers' && (key === 'ArrowLeft' || key === 'ArrowRight'))) return undefined;
    return within([cell[0] + step], shape);
  }
  const step = {
    ArrowRight: [1, 0, 0],
    ArrowLeft: [-1, 0, 0],
    ArrowUp: [0, 1, 0],
    ArrowDown: [0, -1, 0],
    PageUp: [0, 0, -1],
    PageDown: [0, 0, 1],
  }[key];
  return (
    step &&
    within(
      cell.map((index, axis) => index + step[axis]),
      shape,
    )
  );
}

function within(cell: Cell, shape: Shape): Cell | undefined {
  return cell.every((index, axis) => index >= 0 && index < shape[axis]) ? cell : undefined;
}
