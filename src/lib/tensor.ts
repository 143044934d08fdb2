/**
 * A tensor: float32 numbers in row-major order, with a shape. The last axis varies fastest. Images are
 * [height, width, channels], where a spectrogram's height is time and its width is frequency; a batch adds a leading
 * axis. Tensors are plain values without methods, so that a worker can post them as they are.
 */
import { ShapeError } from './errors.ts';

/** Lengths of the axes, outermost first; each a whole number >= 0. */
export type Shape = readonly number[];

/** One index into a tensor, an entry for each axis. */
export type Cell = readonly number[];

export interface Tensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** The number of cells of a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** A tensor of the given shape over the given data; without data, all zeros. Throws ShapeError if they do not fit. */
export function tensor(shape: Shape, data?: Float32Array | readonly number[]): Tensor {
  const size = sizeOf(shape);
  if (!data) return { shape, data: new Float32Array(size) };
  if (data.length !== size) {
    throw new ShapeError(`A tensor of ${formatShape(shape)} holds ${size} numbers, but ${data.length} were given.`);
  }
  return { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** The position of a cell in the data. Throws ShapeError if the cell lies outside. */
export function offsetOf(shape: Shape, cell: Cell): number {
  let offset = 0;
  let inside = cell.length === shape.length;
  for (const [axis, length] of shape.entries()) {
    const index = cell[axis];
    inside &&= Number.isInteger(index) && index >= 0 && index < length;
    offset = offset * length + index;
  }
  if (!inside) throw new ShapeError(`There is no cell [${cell.join(', ')}] in a tensor of ${formatShape(shape)}.`);
  return offset;
}

/** The cell at a position of the data: the inverse of offsetOf. */
export function cellAt(shape: Shape, offset: number): Cell {
  const cell = new Array<number>(shape.length);
  let rest = offset;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis];
    cell[axis] = rest % length;
    rest = Math.floor(rest / length);
  }
  return cell;
}

/** The value of one cell. */
export function at(t: Tensor, cell: Cell): number {
  return t.data[offsetOf(t.shape, cell)];
}

/** The same numbers under another shape of the same size; shares the data. */
export function reshape(t: Tensor, shape: Shape): Tensor {
  return tensor(shape, t.data);
}

/** Example number `index` of a batch, without the leading axis; shares the data. */
export function example(batch: Tensor, index: number): Tensor {
  const shape = batch.shape.slice(1);
  const size = sizeOf(shape);
  return { shape, data: batch.data.subarray(index * size, (index + 1) * size) };
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** A shape in words: "124 × 129 × 1"; a shape without axes is "one number". */
export function formatShape(shape: Shape): string {
  return shape.length ? shape.join(' × ') : 'one number';
}
