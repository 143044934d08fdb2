/** Where the reader is, as the address says it: #stage=conv1&cell=9,7,4. */
import type { Cell, Shape } from '@/lib/tensor';

export interface Address {
  readonly stage: string;
  readonly cell?: Cell;
}

/** Reads the part of an address after the #; undefined where it names no stage. What is not a cell is left out. */
export function readAddress(hash: string): Address | undefined {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const stage = given.get('stage');
  if (!stage) return undefined;
  const cell = given.get('cell');
  return cell && /^\d{1,9}(,\d{1,9}){0,3}$/.test(cell) ? { stage, cell: cell.split(',').map(Number) } : { stage };
}

export function writeAddress({ stage, cell }: Address): string {
  return `#stage=${encodeURIComponent(stage)}${cell ? `&cell=${cell.join(',')}` : ''}`;
}

/** Whether a tensor of this shape has this cell. */
export function holds(shape: Shape, cell: Cell | undefined): cell is Cell {
  return cell !== undefined && cell.length === shape.length && cell.every((index, axis) => index < shape[axis]);
}
