/**
 * Writes a network as an ONNX file (opset 13), so that other runtimes can run it. ONNX files are protobuf messages; the
 * few that are needed are written here by hand. Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose
 * field numbers stand beside the names below.
 *
 * Pictures are [n, channels, height, width] there and [n, height, width, channels] here: convolution weights are turned,
 * and so are the rows of the first dense layer after a flatten, which meets the numbers in another order.
 */
import { ModelError } from '../src/lib/errors.ts';
import type { Conv2dConfig } from '../src/lib/layers/conv2d.ts';
import type { Weights } from '../src/lib/layers/layer.ts';
import type { MaxPool2dConfig } from '../src/lib/layers/max-pool2d.ts';
import type { Network, Stage } from '../src/lib/model/network.ts';
import { type Shape, type Tensor, tensor } from '../src/lib/tensor.ts';
import { bytesField, integerField, join, textField } from './protobuf.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The version of the operators, and the version of the file format that goes with it. */
const opset = 13;
const irVersion = 7;

/** The stages from `first` on as an ONNX model with one input, "input", and one output, "output". */
export function writeOnnx(network: Network, first: number): Bytes {
  const stages = network.stages.slice(first).filter(({ layer }) => layer.type !== 'dropout');
  const nodes: Bytes[] = [];
  const initializers: Bytes[] = [];
  let from = 'input';
  /** The picture that was flattened and has met no dense layer since. */
  let flattened: Shape | undefined;
  for (const stage of stages) {
    const weights = Object.entries(turnedWeights(stage, flattened));
    if (stage.layer.type === 'flatten') flattened = stage.inputShape;
    if (stage.layer.type === 'dense') flattened = undefined;
    const to = stage === stages[stages.length - 1] ? 'output' : stage.name;
    nodes.push(nodeProto(stage, [from, ...weights.map(([name]) => `${stage.name}.${name}`)], to));
    for (const [name, weight] of weights) initializers.push(tensorProto(`${stage.name}.${name}`, weight));
    from = to;
  }
  const [height, width, channels] = stages[0].inputShape;
  // GraphProto: node 1, name 2, initializer 5, input 11, output 12.
  const graph = join(
    ...nodes.map((node) => bytesField(1, node)),
    textField(2, network.architecture.name),
    ...initializers.map((initializer) => bytesField(5, initializer)),
    bytesField(11, valueInfoProto('input', [1, channels, height, width])),
    bytesField(12, valueInfoProto('output', [1, network.architecture.classes.length])),
  );
  // ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8, whose version is 2.
  return join(
    integerField(1, irVersion),
    textField(2, 'Kuulo'),
    bytesField(7, graph),
    bytesField(8, integerField(2, opset)),
  );
}

/** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5. */
function nodeProto(stage: Stage, inputs: readonly string[], output: string): Bytes {
  const { operator, attributes } = operation(stage);
  return join(
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, stage.name),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeProto(name, value))),
  );
}

/** The ONNX operator that does what a stage does. */
function operation({ name, layer, inputShape, outputShape }: Stage): {
  operator: string;
  attributes: Record<string, number | readonly number[]>;
} {
  switch (layer.type) {
    case 'conv2d': {
      const { kernelHeight, kernelWidth, strideHeight, strideWidth, padding } = layer.config as Conv2dConfig;
      const kernel = [kernelHeight, kernelWidth];
      const strides = [strideHeight, strideWidth];
      // How many zeros stand before and after each axis; the odd one after.
      const total = kernel.map((length, axis) =>
        padding === 'same' ? Math.max(0, (outputShape[axis] - 1) * strides[axis] + length - inputShape[axis]) : 0,
      );
      const pads = [...total.map((zeros) => zeros >> 1), ...total.map((zeros) => zeros - (zeros >> 1))];
      return { operator: 'Conv', attributes: { kernel_shape: kernel, strides, pads } };
    }
    case 'max-pool2d': {
      const { poolHeight, poolWidth } = layer.config as MaxPool2dConfig;
      const size = [poolHeight, poolWidth];
      return { operator: 'MaxPool', attributes: { kernel_shape: size, strides: size } };
    }
    case 'relu':
      return { operator: 'Relu', attributes: {} };
    case 'flatten':
      return { operator: 'Flatten', attributes: { axis: 1 } };
    case 'dense':
      return { operator: 'Gemm', attributes: {} };
    case 'softmax':
      return { operator: 'Softmax', attributes: {} };
    default:
      throw new ModelError(`The stage "${name}" is of the kind "${layer.type}", which cannot be written as ONNX yet.`);
  }
}

/** A stage's weights in the layout of ONNX. */
function turnedWeights({ layer }: Stage, flattened: Shape | undefined): Weights {
  const { weight } = layer.weights;
  if (layer.type === 'conv2d') return { ...layer.weights, weight: turnKernel(weight) };
  if (layer.type === 'dense' && flattened) return { ...layer.weights, weight: turnRows(weight, flattened) };
  return layer.weights;
}

/** [height, width, in, out] → [out, in, height, width]. */
function turnKernel(weight: Tensor): Tensor {
  const [height, width, channels, out] = weight.shape;
  const turned = tensor([out, channels, height, width]);
  let to = 0;
  for (let o = 0; o < out; o++) {
    for (let c = 0; c < channels; c++) {
      for (let cell = 0; cell < height * width; cell++) {
        turned.data[to++] = weight.data[(cell * channels + c) * out + o];
      }
    }
  }
  return turned;
}

/** Rows in the order of a picture [height, width, channels] → in that of [channels, height, width]. */
function turnRows(weight: Tensor, [height, width, channels]: Shape): Tensor {
  const columns = weight.shape[1];
  const turned = tensor(weight.shape);
  let to = 0;
  for (let c = 0; c < channels; c++) {
    for (let cell = 0; cell < height * width; cell++) {
      const from = (cell * channels + c) * columns;
      turned.data.set(weight.data.subarray(from, from + columns), to);
      to += columns;
    }
  }
  return turned;
}

/** AttributeProto: name 1, i 3, ints 8, type 20 (2 for i, 7 for ints). */
function attributeProto(name: string, value: number | readonly number[]): Bytes {
  if (typeof value === 'number') return join(textField(1, name), integerField(3, value), integerField(20, 2));
  return join(textField(1, name), ...value.map((item) => integerField(8, item)), integerField(20, 7));
}

/** TensorProto: dims 1, data_type 2 (1 for float), name 8, raw_data 9 in little-endian order. */
function tensorProto(name: string, { shape, data }: Tensor): Bytes {
  const raw = new DataView(new ArrayBuffer(4 * data.length));
  for (let i = 0; i < data.length; i++) raw.setFloat32(4 * i, data[i], true);
  return join(
    ...shape.map((length) => integerField(1, length)),
    integerField(2, 1),
    textField(8, name),
    bytesField(9, new Uint8Array(raw.buffer)),
  );
}

/** ValueInfoProto: name 1, type 2; in it tensor_type 1, with elem_type 1 and shape 2, whose dims 1 have a dim_value 1. */
function valueInfoProto(name: string, shape: Shape): Bytes {
  const dims = join(...shape.map((length) => bytesField(1, integerField(1, length))));
  const tensorType = join(integerField(1, 1), bytesField(2, dims));
  return join(textField(1, name), bytesField(2, bytesField(1, tensorType)));
}
