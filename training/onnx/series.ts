/** The layers of series and of sequences, in operators of ONNX. Each takes a value in the order of `layout.ts`. */
import type { Conv1dConfig } from '../../src/lib/layers/conv1d.ts';
import type { LstmConfig } from '../../src/lib/layers/lstm.ts';
import type { MaxPool1dConfig } from '../../src/lib/layers/max-pool1d.ts';
import type { Stage } from '../../src/lib/model/network.ts';
import { type Shape, type Tensor, tensor } from '../../src/lib/tensor.ts';
import type { Graph, Value } from './graph.ts';
import { padsOf } from './layers.ts';
import { permuted } from './layout.ts';

/** Any input as a series [n, channels, length], where all that a step holds is its channels. */
function asSeries(graph: Graph, x: Value, shape: Shape): Value {
  if (shape.length === 1) return graph.node('Unsqueeze', [x, graph.axes(1)]);
  if (shape.length === 2) return x;
  const ours = graph.node('Transpose', [x], { perm: [0, 2, 3, 1] });
  const steps = graph.node('Reshape', [ours, graph.axes(0, shape[0], shape[1] * shape[2])]);
  return graph.node('Transpose', [steps], { perm: [0, 2, 1] });
}

export function conv1d(graph: Graph, x: Value, { name, layer, inputShape, outputShape }: Stage): Value {
  const { kernel, stride, padding } = layer.config as Conv1dConfig;
  const { weight, bias } = layer.weights;
  const pads = padding === 'same' ? padsOf([inputShape[0]], [outputShape[0]], [kernel], [stride]) : [0, 0];
  const kernels = graph.floats(permuted(weight, [2, 1, 0]), `${name}.weight`);
  const inputs = [asSeries(graph, x, inputShape), kernels, graph.floats(bias, `${name}.bias`)];
  return graph.node('Conv', inputs, { kernel_shape: [kernel], strides: [stride], pads }, name);
}

export function maxPool1d(graph: Graph, x: Value, { name, layer, inputShape }: Stage): Value {
  const { pool } = layer.config as MaxPool1dConfig;
  return graph.node('MaxPool', [asSeries(graph, x, inputShape)], { kernel_shape: [pool], strides: [pool] }, name);
}

/** A picture of one channel has the order of a turned series already. */
export function transpose(graph: Graph, x: Value, { name, inputShape }: Stage): Value {
  if (inputShape.length === 3) return graph.node('Squeeze', [x, graph.axes(1)], {}, name);
  return graph.node('Transpose', [x], { perm: [0, 2, 1] }, name);
}

/** ONNX has the gates in the order i, o, f, g, one after the other along the rows, and two biases. */
export function lstm(graph: Graph, x: Value, { name, layer, inputShape }: Stage): Value {
  const { units, returnSequences } = layer.config as LstmConfig;
  const { inputWeight, recurrentWeight, bias } = layer.weights;
  const gates = (weight: Tensor, key: string) =>
    graph.floats(inOrder(permuted(weight, [1, 0]), units, weight.shape[0]), `${name}.${key}`);
  const biases = tensor([1, 8 * units]);
  biases.data.set(inOrder(bias, units, 1).data);
  const sequence = graph.node('Transpose', [asSeries(graph, x, inputShape)], { perm: [2, 0, 1] });
  const inputs = [
    sequence,
    gates(inputWeight, 'inputWeight'),
    gates(recurrentWeight, 'recurrentWeight'),
    graph.floats(biases, `${name}.bias`),
  ];
  const states = graph.node('Squeeze', [graph.node('LSTM', inputs, { hidden_size: units }), graph.axes(1)]);
  if (returnSequences) return graph.node('Transpose', [states], { perm: [1, 2, 0] }, name);
  const steps = inputShape[0];
  return graph.node('Gather', [states, graph.integers(Int32Array.of(steps - 1), [])], { axis: 0 }, name);
}

/** Rows of the gates i, f, g, o → [1, rows, columns] with the gates i, o, f, g. */
function inOrder({ data }: Tensor, units: number, columns: number): Tensor {
  const turned = tensor([1, 4 * units, columns]);
  const block = units * columns;
  for (const [to, from] of [0, 3, 1, 2].entries()) {
    turned.data.set(data.subarray(from * block, (from + 1) * block), to * block);
  }
  return turned;
}
