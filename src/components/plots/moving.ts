/** Choosing a cell: where the keys take it, and which one lies under the pointer. */
import { cellAtPlace } from '@/components/plots/cell-scale';
import type { Cell, Shape } from '@/lib/tensor';

/** A key as it was pressed. */
export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** A list of numbers stands in rows of so many, filled as one reads; the waveform in one row. */
export function columnsOf([length]: Shape, isList: boolean): number {
  if (isList) return 1;
  return length > 1024 ? length : Math.min(16, length);
}

/**
 * The cell that a key leads to, kept within the shape: arrows to the neighbour, with Shift ten further, Home and End to
 * the first and last. Of a picture, arrows go in time and frequency, Page Up and Page Down to the map before and after;
 * of a list they go along its rows and columns. Undefined for other keys.
 */
export function cellByKey({ key, shiftKey }: Pressed, cell: Cell, shape: Shape, columns: number): Cell | undefined {
  const far = shiftKey ? 10 : 1;
  if (shape.length === 1) {
    const [last] = shape.map((length) => length - 1);
    const page = columns > 1024 ? 1000 : columns >= last ? 10 : columns;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: page, PageUp: -page };
    if (key === 'Home') return [0];
    if (key === 'End') return [last];
    // A single row, such as the waveform, has nothing above or below.
    const isRow = columns > 1 && columns >= shape[0];
    if (!(key in step) || (isRow && (key === 'ArrowUp' || key === 'ArrowDown'))) return undefined;
    const along = key.startsWith('Page') ? 1 : far;
    return [clamp(cell[0] + along * step[key as keyof typeof step], last)];
  }
  const steps: Readonly<Record<string, readonly number[]>> = {
    ArrowRight: [far, 0, 0],
    ArrowLeft: [-far, 0, 0],
    ArrowUp: [0, far, 0],
    ArrowDown: [0, -far, 0],
    PageDown: [0, 0, 1],
    PageUp: [0, 0, -1],
    Home: [Number.NEGATIVE_INFINITY, 0, 0],
    End: [Number.POSITIVE_INFINITY, 0, 0],
  };
  const step = steps[key];
  return step && cell.map((index, axis) => clamp(index + step[axis], shape[axis] - 1));
}

/** The cell of a picture, or of a list in rows, at shares of its width from the left and of its height from the top. */
export function cellAtPoint(x: number, y: number, cell: Cell, shape: Shape, columns: number): Cell {
  const along = (count: number, share: number) => cellAtPlace({ count, first: 0, step: 1 }, share);
  if (shape.length === 1) {
    const rows = Math.ceil(shape[0] / columns);
    return [clamp(along(rows, y) * columns + along(columns, x), shape[0] - 1)];
  }
  return [along(shape[0], x), along(shape[1], 1 - y), ...cell.slice(2)];
}

/** The box of a cell, in shares of the picture from its left and top. */
export function boxOfCell(cell: Cell, shape: Shape, columns: number) {
  if (shape.length === 1) {
    const rows = Math.ceil(shape[0] / columns);
    const [column, row] = [cell[0] % columns, Math.floor(cell[0] / columns)];
    return { left: column / columns, top: row / rows, width: 1 / columns, height: 1 / rows };
  }
  return {
    left: cell[0] / shape[0],
    top: 1 - (cell[1] + 1) / shape[1],
    width: 1 / shape[0],
    height: 1 / shape[1],
  };
}

/** The item that a key leads to among `count` that stand in rows of `columns`; undefined for other keys. */
export function itemByKey(key: string, index: number, count: number, columns: number): number | undefined {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (!(key in steps)) return undefined;
  const next = index + steps[key as keyof typeof steps];
  return next >= 0 && next < count ? next : index;
}

function clamp(index: number, last: number): number {
  return Math.max(0, Math.min(last, index));
}
