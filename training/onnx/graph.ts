/**
 * An ONNX graph in the making: nodes and constants are put in one after the other, and come out as the bytes of a model
 * file. Files are protobuf messages; source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose field numbers
 * stand beside the names below.
 */
import type { Shape, Tensor } from '../../src/lib/tensor.ts';
import { bytesField, floatField, integerField, join, textField } from './protobuf.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The version of the operators, and the version of the file format that goes with it. */
const opset = 17;
const irVersion = 8;

/** The name of a value within the graph: an input, a constant, or what a node makes. */
export type Value = string;

/** A whole number, several, a text, or, said to be one, a floating-point number. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

export interface Graph {
  /** Adds a node; what it makes has the node's name. A name that is taken gets a number. */
  node(
    operator: string,
    inputs: readonly Value[],
    attributes?: Readonly<Record<string, Attribute>>,
    name?: string,
  ): Value;
  /** Adds a tensor of floats. */
  floats(tensor: Tensor, name?: string): Value;
  /** Adds a list of whole numbers, 32 bits where they are indices of cells, else the 64 that shapes and axes take. */
  integers(values: Int32Array, shape: Shape): Value;
  axes(...values: readonly number[]): Value;
  /** The file. `inputShape` and `outputShape` are those of one example. */
  write(about: About): Bytes;
}

export interface About {
  readonly name: string;
  readonly description: string;
  readonly inputShape: Shape;
  readonly output: Value;
  readonly outputShape: Shape;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A graph with one input, "input". */
export function createGraph(): Graph {
  const nodes: Bytes[] = [];
  const initializers: Bytes[] = [];
  const names = new Map<string, number>();
  const unique = (name: string): string => {
    const taken = names.get(name) ?? 0;
    names.set(name, taken + 1);
    return taken === 0 ? name : `${name}_${taken}`;
  };
  unique('input');
  unique('output');

  const add = (proto: (name: string) => Bytes, list: Bytes[], wanted: string): Value => {
    const name = unique(wanted);
    list.push(proto(name));
    return name;
  };
  const graph: Graph = {
    node: (operator, inputs, attributes = {}, name = operator) =>
      add((output) => nodeProto(operator, inputs, attributes, output), nodes, name),
    floats: (tensor, name = 'constant') => add((own) => floatTensor(own, tensor), initializers, name),
    integers: (values, shape) => add((own) => integerTensor(own, values, shape), initializers, 'indices'),
    axes: (...values) => add((own) => longTensor(own, values), initializers, 'axes'),
    write({ name, description, inputShape, output, outputShape, metadata }) {
      nodes.push(nodeProto('Identity', [output], {}, 'output'));
      // GraphProto: node 1, name 2, initializer 5, input 11, output 12.
      const proto = join(
        ...nodes.map((node) => bytesField(1, node)),
        textField(2, name),
        ...initializers.map((initializer) => bytesField(5, initializer)),
        bytesField(11, valueInfo('input', inputShape)),
        bytesField(12, valueInfo('output', outputShape)),
      );
      // ModelProto: ir_version 1, producer_name 2, doc_string 6, graph 7, opset_import 8 (its version: 2), metadata_props 14.
      return join(
        integerField(1, irVersion),
        textField(2, 'Kuulo'),
        textField(6, description),
        bytesField(7, proto),
        bytesField(8, integerField(2, opset)),
        ...Object.entries(metadata).map(([key, value]) => bytesField(14, join(textField(1, key), textField(2, value)))),
      );
    },
  };
  return graph;
}

/** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5. */
function nodeProto(
  operator: string,
  inputs: readonly Value[],
  attributes: Readonly<Record<string, Attribute>>,
  output: Value,
): Bytes {
  return join(
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, output),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeProto(name, value))),
  );
}

/** AttributeProto: name 1, f 2, i 3, s 4, ints 8, type 20 (1 for f, 2 for i, 3 for s, 7 for ints). */
function attributeProto(name: string, value: Attribute): Bytes {
  const typed = (type: number, ...fields: Bytes[]) => join(textField(1, name), ...fields, integerField(20, type));
  if (typeof value === 'number') return typed(2, integerField(3, value));
  if (typeof value === 'string') return typed(3, textField(4, value));
  if ('float' in value) return typed(1, floatField(2, value.float));
  return typed(7, ...value.map((item) => integerField(8, item)));
}

/** TensorProto: dims 1, data_type 2 (1 float, 6 int32, 7 int64), name 8, raw_data 9 in little-endian order. */
function tensorProto(name: string, shape: Shape, type: number, raw: Bytes): Bytes {
  return join(
    ...shape.map((length) => integerField(1, length)),
    integerField(2, type),
    textField(8, name),
    bytesField(9, raw),
  );
}

function floatTensor(name: string, { shape, data }: Tensor): Bytes {
  const raw = new DataView(new ArrayBuffer(4 * data.length));
  for (let i = 0; i < data.length; i++) raw.setFloat32(4 * i, data[i], true);
  return tensorProto(name, shape, 1, new Uint8Array(raw.buffer));
}

function integerTensor(name: string, values: Int32Array, shape: Shape): Bytes {
  const raw = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) raw.setInt32(4 * i, values[i], true);
  return tensorProto(name, shape, 6, new Uint8Array(raw.buffer));
}

function longTensor(name: string, values: readonly number[]): Bytes {
  const raw = new DataView(new ArrayBuffer(8 * values.length));
  for (const [i, value] of values.entries()) raw.setBigInt64(8 * i, BigInt(value), true);
  return tensorProto(name, [values.length], 7, new Uint8Array(raw.buffer));
}

/**
 * ValueInfoProto: name 1, type 2; in it tensor_type 1, with elem_type 1 and shape 2, whose dims 1 have a dim_value 1 or,
 * as the number of examples, a dim_param 2.
 */
function valueInfo(name: string, shape: Shape): Bytes {
  const dims = shape.map((length) => bytesField(1, integerField(1, length)));
  const batch = bytesField(1, textField(2, 'batch'));
  const tensorType = join(integerField(1, 1), bytesField(2, join(batch, ...dims)));
  return join(textField(1, name), bytesField(2, bytesField(1, tensorType)));
}
