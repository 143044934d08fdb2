/** Convolutions that a figure asks for, by the engine's own layer. */
import type { Kernels } from '../../lib/kernels/kernels.ts';
import { conv2dKind } from '../../lib/layers/conv2d.ts';
import type { Layer, Weights } from '../../lib/layers/layer.ts';
import { inferencePass } from '../../lib/model/network.ts';
import { example, type Tensor, tensor } from '../../lib/tensor.ts';
import type { TakenApart } from './convolution-calls.ts';

/** One kernel for one picture. */
export interface Kernel {
  /** Cells along time and along frequency: it is square. */
  readonly size: number;
  /** [time, frequency], row by row. */
  readonly weights: readonly number[];
  readonly bias: number;
  readonly padding: 'valid' | 'same';
}

/** The layer with this kernel as its only filter. */
export function layerOf({ size, weights, bias, padding }: Kernel): Layer {
  const layer = conv2dKind.create({
    filters: 1,
    kernelHeight: size,
    kernelWidth: size,
    strideHeight: 1,
    strideWidth: 1,
    padding,
  });
  layer.weights = { weight: tensor([size, size, 1, 1], weights), bias: tensor([1], [bias]) };
  return layer as Layer;
}

/** x: [time, frequency, 1]. @throws ShapeError where the kernel does not fit into the picture */
export function convolved(x: Tensor, kernel: Kernel, kernels: Kernels): Tensor {
  const layer = layerOf(kernel);
  layer.outputShape(x.shape);
  return example(layer.forward(tensor([1, ...x.shape], x.data), inferencePass(kernels)), 0);
}

/** An output map as the sum of what each input map adds: x [height, width, maps], y the output before ReLU. */
export function partsOfMap(
  x: Tensor,
  { weight, bias }: Weights,
  y: Tensor,
  filter: number,
  kernels: Kernels,
): TakenApart {
  const [size, , maps, filters] = weight.shape;
  const [height, width] = y.shape;
  const parts = tensor([height, width, maps]);
  for (let map = 0; map < maps; map++) {
    const own = Array.from({ length: size * size }, (_, place) => weight.data[(place * maps + map) * filters + filter]);
    const part = convolved(planeTensor(x, map), { size, weights: own, bias: 0, padding: 'valid' }, kernels);
    for (let cell = 0; cell < part.data.length; cell++) parts.data[cell * maps + map] = part.data[cell];
  }
  return { parts, bias: bias.data[filter], whole: planeTensor(y, filter) };
}

/** One channel of [height, width, channels] as a picture of its own. */
function planeTensor({ shape: [height, width, channels], data }: Tensor, channel: number): Tensor {
  const plane = tensor([height, width, 1]);
  for (let cell = 0; cell < plane.data.length; cell++) plane.data[cell] = data[cell * channels + channel];
  return plane;
}
