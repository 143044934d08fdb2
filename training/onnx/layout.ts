/**
 * The order of axes: pictures are [n, height, width, channels] here and [n, channels, height, width] in ONNX, series
 * [n, length, channels] here and [n, channels, length] there.
 */
import { type Shape, type Tensor, tensor } from '../../src/lib/tensor.ts';

/** The shape of one example in the order of ONNX. */
export function channelsFirst(shape: Shape): Shape {
  return shape.length < 2 ? shape : [shape[shape.length - 1], ...shape.slice(0, -1)];
}

/** The axes of a batch of examples of this shape in ONNX, in our order: for Transpose back to it. */
export function backToOurs(shape: Shape): readonly number[] {
  return [0, ...shape.slice(1).map((_, axis) => axis + 2), 1];
}

/** Where axis `axis` of an example of this shape lies in a batch in ONNX. */
export function axisOf(shape: Shape, axis: number): number {
  return axis === shape.length - 1 && shape.length > 1 ? 1 : axis + (shape.length > 1 ? 2 : 1);
}

/** The tensor with its axes in another order: axis k of the result is axis order[k] of x. */
export function permuted(x: Tensor, order: readonly number[]): Tensor {
  const strides = x.shape.map((_, axis) => x.shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const y = tensor(order.map((axis) => x.shape[axis]));
  const place = new Array<number>(order.length).fill(0);
  for (let i = 0; i < y.data.length; i++) {
    y.data[i] = x.data[place.reduce((sum, index, k) => sum + index * strides[order[k]], 0)];
    for (let k = order.length - 1; k >= 0 && ++place[k] === y.shape[k]; k--) place[k] = 0;
  }
  return y;
}
