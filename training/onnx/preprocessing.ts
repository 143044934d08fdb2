/** From the clip to the picture, in operators of ONNX. Each takes a value in the order of `layout.ts` and gives one. */

import { type DctOptions, dctBasis } from '../../src/lib/dsp/dct.ts';
import { frameCount, sampleAt, windowOffset, windowStart } from '../../src/lib/dsp/frames.ts';
import { type AxisWeights, axisWeights } from '../../src/lib/dsp/interpolate.ts';
import { type MelOptions, melFilterbank } from '../../src/lib/dsp/mel.ts';
import { createStft } from '../../src/lib/dsp/stft.ts';
import type { DecibelsConfig } from '../../src/lib/layers/decibels.ts';
import type { LogConfig } from '../../src/lib/layers/log.ts';
import type { MinMaxConfig } from '../../src/lib/layers/min-max.ts';
import type { NormaliseConfig } from '../../src/lib/layers/normalise.ts';
import type { PowerConfig } from '../../src/lib/layers/power.ts';
import type { ResizeConfig } from '../../src/lib/layers/resize.ts';
import type { SpectrogramConfig } from '../../src/lib/layers/spectrogram.ts';
import type { Stage } from '../../src/lib/model/network.ts';
import { type Shape, tensor } from '../../src/lib/tensor.ts';
import type { Graph, Value } from './graph.ts';
import { axisOf } from './layout.ts';

/** A constant of one number. */
function scalar(graph: Graph, value: number): Value {
  return graph.floats(tensor([], [value]));
}

/**
 * Frames are gathered from the clip by the very indices of `dsp/frames.ts`, padding by zeros being one more sample, and
 * multiplied by the window's cosines and sines.
 */
export function spectrogram(graph: Graph, x: Value, { layer, inputShape }: Stage): Value {
  const config = layer.config as SpectrogramConfig;
  const { winLength, nFft, power } = config;
  const [samples] = inputShape;
  const frames = frameCount(config, samples);
  const { weights, bins } = createStft(config);
  const indices = new Int32Array(frames * winLength);
  for (let i = 0; i < frames; i++) {
    for (let t = 0; t < winLength; t++) {
      const source = sampleAt(config, windowStart(config, i) + t, samples);
      indices[i * winLength + t] = source < 0 ? samples : source;
    }
  }
  const cosines = tensor([winLength, bins]);
  const sines = tensor([winLength, bins]);
  for (let t = 0; t < winLength; t++) {
    for (let k = 0; k < bins; k++) {
      const angle = (2 * Math.PI * ((k * (windowOffset(config) + t)) % nFft)) / nFft;
      cosines.data[t * bins + k] = weights[t] * Math.cos(angle);
      sines.data[t * bins + k] = weights[t] * Math.sin(angle);
    }
  }
  const padded = graph.node('Pad', [x, graph.axes(0, 0, 0, 1)]);
  const cut = graph.node('Gather', [padded, graph.integers(indices, [frames, winLength])], { axis: 1 });
  const squared = (of: typeof cosines): Value => {
    const part = graph.node('MatMul', [cut, graph.floats(of)]);
    return graph.node('Mul', [part, part]);
  };
  const sum = graph.node('Add', [squared(cosines), squared(sines)]);
  const picture = power === 2 ? sum : graph.node('Sqrt', [sum]);
  return graph.node('Unsqueeze', [picture, graph.axes(1)]);
}

export function mel(graph: Graph, x: Value, { layer }: Stage): Value {
  const { bins, first, count, start, weights } = melFilterbank(layer.config as MelOptions);
  const matrix = tensor([bins, count.length]);
  for (let m = 0; m < count.length; m++) {
    for (let j = 0; j < count[m]; j++) matrix.data[(first[m] + j) * count.length + m] = weights[start[m] + j];
  }
  return graph.node('MatMul', [x, graph.floats(matrix)]);
}

export function dct(graph: Graph, x: Value, { layer, inputShape }: Stage): Value {
  const { nMfcc, norm } = layer.config as DctOptions;
  const length = inputShape[1];
  const basis = dctBasis(length, nMfcc, norm);
  const matrix = tensor([length, nMfcc]);
  for (let n = 0; n < length; n++) for (let k = 0; k < nMfcc; k++) matrix.data[n * nMfcc + k] = basis[k * length + n];
  return graph.node('MatMul', [x, graph.floats(matrix)]);
}

export function decibels(graph: Graph, x: Value, { layer, inputShape }: Stage): Value {
  const { quantity, reference, ref, amin, limited, topDb } = layer.config as DecibelsConfig;
  const factor = scalar(graph, (quantity === 'power' ? 10 : 20) / Math.LN10);
  const toDb = (of: Value) => graph.node('Mul', [graph.node('Log', [of]), factor]);
  const atLeast = (of: Value, least: number) => graph.node('Max', [of, scalar(graph, least)]);
  const all = { axes: everyAxis(inputShape), keepdims: 1 };
  const values = toDb(atLeast(x, amin));
  const zero =
    reference === 'max'
      ? toDb(atLeast(graph.node('ReduceMax', [x], all), amin))
      : scalar(graph, (quantity === 'power' ? 10 : 20) * Math.log10(Math.max(amin, ref)));
  const db = graph.node('Sub', [values, zero]);
  if (!limited) return db;
  const floor = graph.node('Sub', [graph.node('ReduceMax', [db], all), scalar(graph, topDb)]);
  return graph.node('Max', [db, floor]);
}

export function log(graph: Graph, x: Value, { layer }: Stage): Value {
  const { scale, floor, offset } = layer.config as LogConfig;
  const least = graph.node('Max', [x, scalar(graph, floor)]);
  const shifted = graph.node('Add', [least, scalar(graph, offset)]);
  return graph.node('Mul', [graph.node('Log', [shifted]), scalar(graph, scale)]);
}

export function power(graph: Graph, x: Value, { layer }: Stage): Value {
  const { exponent, floor } = layer.config as PowerConfig;
  return graph.node('Pow', [graph.node('Max', [x, scalar(graph, floor)]), scalar(graph, exponent)]);
}

/** Both axes as products with the matrices of their weights. */
export function resize(graph: Graph, x: Value, { layer, inputShape }: Stage): Value {
  const config = layer.config as ResizeConfig;
  const down = interpolation(axisWeights(inputShape[0], config.height, config), inputShape[0], false);
  const along = interpolation(axisWeights(inputShape[1], config.width, config), inputShape[1], true);
  const rows = graph.node('MatMul', [graph.floats(down), x]);
  return graph.node('MatMul', [rows, graph.floats(along)]);
}

/** The weights of one axis as a matrix [outputs, inputs], or turned [inputs, outputs]. */
function interpolation({ first, count, taps, weights }: AxisWeights, inputs: number, turned: boolean) {
  const outputs = first.length;
  const matrix = tensor(turned ? [inputs, outputs] : [outputs, inputs]);
  for (let o = 0; o < outputs; o++) {
    for (let j = 0; j < count[o]; j++) {
      const i = first[o] + j;
      matrix.data[turned ? i * outputs + o : o * inputs + i] = weights[o * taps + j];
    }
  }
  return matrix;
}

export function normalise(graph: Graph, x: Value, { layer, inputShape }: Stage): Value {
  const { statistics, epsilon } = layer.config as NormaliseConfig;
  if (statistics === 'fitted') {
    const deviation = Math.sqrt(layer.weights.variance.data[0] + epsilon);
    const centred = graph.node('Sub', [x, scalar(graph, layer.weights.mean.data[0])]);
    return graph.node('Div', [centred, scalar(graph, deviation)]);
  }
  const shared = { axes: statistics === 'per-bin' ? [axisOf(inputShape, 0)] : everyAxis(inputShape), keepdims: 1 };
  const centred = graph.node('Sub', [x, graph.node('ReduceMean', [x], shared)]);
  const variance = graph.node('ReduceMean', [graph.node('Mul', [centred, centred])], shared);
  const deviation = graph.node('Sqrt', [graph.node('Add', [variance, scalar(graph, epsilon)])]);
  return graph.node('Div', [centred, deviation]);
}

export function minMax(graph: Graph, x: Value, { layer, inputShape }: Stage): Value {
  const { statistics, epsilon } = layer.config as MinMaxConfig;
  const shared = { axes: statistics === 'per-bin' ? [axisOf(inputShape, 0)] : everyAxis(inputShape), keepdims: 1 };
  const fitted = statistics === 'fitted';
  const min = fitted ? graph.floats(layer.weights.min) : graph.node('ReduceMin', [x], shared);
  const max = fitted ? graph.floats(layer.weights.max) : graph.node('ReduceMax', [x], shared);
  const range = graph.node('Max', [graph.node('Sub', [max, min]), scalar(graph, epsilon)]);
  return graph.node('Div', [graph.node('Sub', [x, min]), range]);
}

export function meanOverTime(graph: Graph, x: Value, { inputShape }: Stage): Value {
  return graph.node('Squeeze', [
    graph.node('ReduceMean', [x], { axes: [axisOf(inputShape, 0)], keepdims: 0 }),
    graph.axes(1),
  ]);
}

/** All axes of a batch but that of the examples. */
function everyAxis(shape: Shape): readonly number[] {
  return shape.map((_, axis) => axis + 1);
}
