/**
 * All weights that training changes, one after the other in one array: what optimiser, average, checkpoint and threads
 * work on. The layout says which part belongs to which layer.
 */
import type { Weights } from '../layers/layer.ts';
import { getWeights, type Network } from '../model/network.ts';
import { type Shape, sizeOf } from '../tensor.ts';

export interface Segment {
  /** The weight's full name: "conv1.weight". */
  readonly name: string;
  readonly shape: Shape;
  readonly start: number;
  readonly end: number;
  /** Weight decay acts on matrices and kernels, not on biases: see Loshchilov and Hutter (2019). */
  readonly decays: boolean;
}

export interface Layout {
  readonly segments: readonly Segment[];
  /** How many numbers there are in all. */
  readonly size: number;
}

/** The layout of a network's trained weights, in the order of its stages. */
export function layoutOf(network: Network): Layout {
  const segments: Segment[] = [];
  let size = 0;
  for (const { name, layer, inputShape } of network.stages) {
    const shapes = layer.weightShapes(inputShape);
    for (const key of layer.trained) {
      const end = size + sizeOf(shapes[key]);
      segments.push({ name: `${name}.${key}`, shape: shapes[key], start: size, end, decays: shapes[key].length > 1 });
      size = end;
    }
  }
  return { segments, size };
}

/** Copies the network's trained weights into a flat array. */
export function gather(network: Network, layout: Layout, flat: Float32Array): void {
  const weights = getWeights(network);
  for (const { name, start } of layout.segments) flat.set(weights[name].data, start);
}

/** Makes the network's trained weights views of a flat array: what is written there, the network uses. */
export function attach(network: Network, layout: Layout, flat: Float32Array): void {
  const segments = new Map(layout.segments.map((segment) => [segment.name, segment]));
  for (const { name, layer } of network.stages) {
    const weights: Weights = { ...layer.weights };
    for (const key of layer.trained) {
      const segment = segments.get(`${name}.${key}`);
      if (segment) weights[key] = { shape: segment.shape, data: flat.subarray(segment.start, segment.end) };
    }
    layer.weights = weights;
  }
}
