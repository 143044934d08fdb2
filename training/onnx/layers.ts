/** From the picture to the answer, in operators of ONNX. Each takes a value in the order of `layout.ts` and gives one. */
import type { BatchNormConfig } from '../../src/lib/layers/batch-norm.ts';
import type { Conv2dConfig, WindowConfig } from '../../src/lib/layers/conv2d.ts';
import type { MaxPool2dConfig } from '../../src/lib/layers/max-pool2d.ts';
import type { Stage } from '../../src/lib/model/network.ts';
import type { Graph, Value } from './graph.ts';
import { backToOurs, permuted } from './layout.ts';

/** How many zeros stand before each axis, then how many behind it; the odd one behind. */
export function padsOf(
  inputs: readonly number[],
  outputs: readonly number[],
  kernel: readonly number[],
  strides: readonly number[],
) {
  const total = kernel.map((length, axis) => Math.max(0, (outputs[axis] - 1) * strides[axis] + length - inputs[axis]));
  return [...total.map((zeros) => zeros >> 1), ...total.map((zeros) => zeros - (zeros >> 1))];
}

function windowOf({ layer, inputShape, outputShape }: Stage) {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, padding } = layer.config as WindowConfig;
  const kernel = [kernelHeight, kernelWidth];
  const strides = [strideHeight, strideWidth];
  const pads = padding === 'same' ? padsOf(inputShape, outputShape, kernel, strides) : [0, 0, 0, 0];
  return { kernel_shape: kernel, strides, pads };
}

export function conv2d(graph: Graph, x: Value, stage: Stage): Value {
  const { weight, bias } = stage.layer.weights;
  const kernels = graph.floats(permuted(weight, [3, 2, 0, 1]), `${stage.name}.weight`);
  return graph.node('Conv', [x, kernels, graph.floats(bias, `${stage.name}.bias`)], windowOf(stage), stage.name);
}

export function depthwiseConv2d(graph: Graph, x: Value, stage: Stage): Value {
  const { weight, bias } = stage.layer.weights;
  const [height, width, channels] = weight.shape;
  const turned = permuted(weight, [2, 0, 1]);
  const kernels = graph.floats({ ...turned, shape: [channels, 1, height, width] }, `${stage.name}.weight`);
  const attributes = { ...windowOf(stage), group: channels };
  return graph.node('Conv', [x, kernels, graph.floats(bias, `${stage.name}.bias`)], attributes, stage.name);
}

/** Windows that overlap are cut off at the edges; where they leave gaps, the last gap is kept. */
export function transposedConv2d(graph: Graph, x: Value, { name, layer }: Stage): Value {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, padding } = layer.config as Conv2dConfig;
  const { weight, bias } = layer.weights;
  const kernel = [kernelHeight, kernelWidth];
  const strides = [strideHeight, strideWidth];
  const overlap = kernel.map((length, axis) => (padding === 'same' ? Math.max(0, length - strides[axis]) : 0));
  const kernels = graph.floats(permuted(weight, [3, 2, 0, 1]), `${name}.weight`);
  const attributes = {
    kernel_shape: kernel,
    strides,
    pads: [...overlap.map((cells) => cells >> 1), ...overlap.map((cells) => cells - (cells >> 1))],
    output_padding: kernel.map((length, axis) => Math.max(0, strides[axis] - length)),
  };
  return graph.node('ConvTranspose', [x, kernels, graph.floats(bias, `${name}.bias`)], attributes, name);
}

export function maxPool2d(graph: Graph, x: Value, { name, layer }: Stage): Value {
  const { poolHeight, poolWidth } = layer.config as MaxPool2dConfig;
  const size = [poolHeight, poolWidth];
  return graph.node('MaxPool', [x], { kernel_shape: size, strides: size }, name);
}

/** A channel of ours is the second axis of ONNX, so batch normalisation is the same on any number of axes. */
export function batchNorm(graph: Graph, x: Value, { name, layer }: Stage): Value {
  const { gamma, beta, mean, variance } = layer.weights;
  const own = { gamma, beta, mean, variance };
  const weights = Object.entries(own).map(([key, value]) => graph.floats(value, `${name}.${key}`));
  const { epsilon } = layer.config as BatchNormConfig;
  return graph.node('BatchNormalization', [x, ...weights], { epsilon: { float: epsilon } }, name);
}

export function globalAveragePool(graph: Graph, x: Value, { name, inputShape }: Stage): Value {
  const axes = inputShape.slice(1).map((_, axis) => axis + 2);
  return graph.node('ReduceMean', [x], { axes, keepdims: 0 }, name);
}

/** Flattened in our order, so that the weights of the next dense layer stay as they are. */
export function flatten(graph: Graph, x: Value, { name, inputShape }: Stage): Value {
  const ours = inputShape.length > 1 ? graph.node('Transpose', [x], { perm: backToOurs(inputShape) }) : x;
  return graph.node('Flatten', [ours], { axis: 1 }, name);
}

export function dense(graph: Graph, x: Value, { name, layer }: Stage): Value {
  const { weight, bias } = layer.weights;
  return graph.node('Gemm', [x, graph.floats(weight, `${name}.weight`), graph.floats(bias, `${name}.bias`)], {}, name);
}

export function relu(graph: Graph, x: Value, { name }: Stage): Value {
  return graph.node('Relu', [x], {}, name);
}

export function softmax(graph: Graph, x: Value, { name }: Stage): Value {
  return graph.node('Softmax', [x], { axis: 1 }, name);
}
