/**
 * Writes a network as an ONNX file, so that other runtimes can run it: from the clip on, or from any later stage that
 * all others follow from. Pictures have another order of axes there; see `layout.ts`.
 */
import { ModelError } from '../../src/lib/errors.ts';
import { hashArchitecture } from '../../src/lib/model/architecture.ts';
import type { Network, Stage } from '../../src/lib/model/network.ts';
import { createGraph, type Graph, type Value } from './graph.ts';
import * as layers from './layers.ts';
import { channelsFirst } from './layout.ts';
import * as preprocessing from './preprocessing.ts';
import * as series from './series.ts';

type Writer = (graph: Graph, x: Value, stage: Stage, skip?: Value) => Value;

const writers: Readonly<Record<string, Writer>> = {
  spectrogram: preprocessing.spectrogram,
  mel: preprocessing.mel,
  decibels: preprocessing.decibels,
  dct: preprocessing.dct,
  log: preprocessing.log,
  power: preprocessing.power,
  resize: preprocessing.resize,
  normalise: preprocessing.normalise,
  'min-max': preprocessing.minMax,
  'mean-over-time': preprocessing.meanOverTime,
  conv2d: layers.conv2d,
  'depthwise-conv2d': layers.depthwiseConv2d,
  'transposed-conv2d': layers.transposedConv2d,
  conv1d: series.conv1d,
  'max-pool1d': series.maxPool1d,
  transpose: series.transpose,
  lstm: series.lstm,
  'max-pool2d': layers.maxPool2d,
  'batch-norm': layers.batchNorm,
  'global-average-pool': layers.globalAveragePool,
  flatten: layers.flatten,
  dense: layers.dense,
  relu: layers.relu,
  softmax: layers.softmax,
  dropout: (_graph, x) => x,
  sum: (graph, x, { name }, skip) => graph.node('Add', [x, skip ?? x], {}, name),
};

/** The first stage that can be written with all that follow it: 0 where the whole chain can. */
export function firstWritable({ stages }: Network): number {
  return stages.findLastIndex(({ layer }) => !Object.hasOwn(writers, layer.type)) + 1;
}

/**
 * The stages from `first` on as the bytes of an ONNX model (opset 17) with one input, "input", a batch of what stage
 * `first` reads in ONNX's order of axes, and one output, "output", [batch, classes].
 * @throws ModelError for a stage that ONNX has no operators for, or that reads what lies before `first`
 */
export function writeOnnx(network: Network, first: number): Uint8Array<ArrayBuffer> {
  const { architecture, stages } = network;
  const graph = createGraph();
  const values = new Map<number, Value>([[first - 1, 'input']]);
  const read = (index: number, { name }: Stage): Value => {
    const value = values.get(index);
    if (value !== undefined) return value;
    throw new ModelError(
      `The stage "${name}" reads what lies before "${stages[first].name}", so a file cannot begin there. Begin at an earlier stage.`,
    );
  };
  for (let index = first; index < stages.length; index++) {
    const stage = stages[index];
    const { layer, inputIndex, skipIndex } = stage;
    const writer = Object.hasOwn(writers, layer.type) ? writers[layer.type] : undefined;
    if (!writer) {
      throw new ModelError(
        `The stage "${stage.name}" is of the kind "${layer.type}", which ONNX has no operators for. Begin after it.`,
      );
    }
    const skip = skipIndex === undefined ? undefined : read(skipIndex, stage);
    values.set(index, writer(graph, read(inputIndex, stage), stage, skip));
  }
  const { inputShape } = stages[first];
  return graph.write({
    name: architecture.name,
    description: describeInput(network, first),
    inputShape: channelsFirst(inputShape),
    output: values.get(stages.length - 1) ?? 'input',
    outputShape: [architecture.classes.length],
    metadata: {
      classes: JSON.stringify(architecture.classes),
      sampleRate: String(architecture.input.sampleRate),
      architecture: hashArchitecture(architecture),
    },
  });
}

/** What is to be put in, in a sentence. */
export function describeInput({ architecture, stages }: Network, first: number): string {
  const { sampleRate, samples } = architecture.input;
  const shape = ['batch', ...channelsFirst(stages[first].inputShape)].join(', ');
  return stages[first].inputIndex < 0
    ? `Input [${shape}]: mono clips of ${samples} samples at ${sampleRate} Hz, between -1 and 1.`
    : `Input [${shape}]: the output of the stage "${stages[stages[first].inputIndex].name}".`;
}
