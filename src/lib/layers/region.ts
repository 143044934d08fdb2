/** A box of cells: for each axis the first index and the one after the last. Clipped to the tensor it lies in. */
import type { Cell, Shape } from '../tensor.ts';

export interface Span {
  readonly start: number;
  /** One past the last index. */
  readonly end: number;
}
export type Region = readonly Span[];

/** The whole of a tensor. */
export function whole(shape: Shape): Region {
  return shape.map((length) => ({ start: 0, end: length }));
}

/** The box of one cell. */
export function single(cell: Cell): Region {
  return cell.map((index) => ({ start: index, end: index + 1 }));
}

export function span(start: number, end: number, length: number): Span {
  return { start: Math.max(0, Math.min(start, length)), end: Math.max(0, Math.min(end, length)) };
}

/** The smallest box that holds both. */
export function union(a: Region, b: Region): Region {
  return a.map((s, axis) => {
    const t = b[axis];
    return { start: Math.min(s.start, t.start), end: Math.max(s.end, t.end) };
  });
}

/** The number of cells in a box. */
export function sizeOfRegion(region: Region): number {
  return region.reduce((size, s) => size * (s.end - s.start), 1);
}

export function contains(region: Region, cell: Cell): boolean {
  return region.every((s, axis) => cell[axis] >= s.start && cell[axis] < s.end);
}
