/**
 * Convolution along a series: every output step is a weighted sum of a few steps that lie side by side, with the same
 * weights wherever the window lies.
 *
 *     y[i, o] = bias[o] + Σ x[i·stride − pad + k, c] · weight[k, c, o], over k and c
 *
 * x: [length, channels], where all that a step holds is its channels: a spectrogram of [frames, bins, 1] goes in as it
 * is, and a clip of [samples] has one channel. y: [outLength, filters]; weight: [kernel, channels, filters]; bias:
 * [filters]. It is a `conv2d` over a picture of one row, padding included. Source: Goodfellow, Bengio, Courville, "Deep
 * Learning" (2016), 9.1.
 */
import { ShapeError } from '../errors.ts';
import type { ConvGeometry } from '../kernels/kernels.ts';
import type { Parameters } from '../parameters.ts';
import { at, cellAt, formatShape, reshape, type Shape, sizeOf, type Tensor, tensor } from '../tensor.ts';
import { geometryOf, windowParameters } from './conv2d.ts';
import { evaluate, type Term } from './explanation.ts';
import { glorotUniform } from './glorot.ts';
import type { Layer, LayerKind } from './layer.ts';
import { span, whole } from './region.ts';

export interface Conv1dConfig {
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: 'valid' | 'same';
}

const steps = { kind: 'integer', unit: 'steps', min: 1, max: 4096 } as const;
const parameters: Parameters<Conv1dConfig> = {
  filters: { kind: 'integer', label: 'filters', help: 'How many series come out.', min: 1, max: 4096, default: 32 },
  kernel: { ...steps, label: 'kernel', help: 'Steps of the window.', default: 3 },
  stride: { ...steps, label: 'stride', help: 'How far the window moves on.', default: 1 },
  padding: {
    ...windowParameters.padding,
    help: 'Whether the window stays inside the series (valid) or zeros are put before and after it (same).',
  },
};

export const conv1dKind: LayerKind<Conv1dConfig> = { type: 'conv1d', parameters, create };

function create(config: Conv1dConfig): Layer<Conv1dConfig> {
  const { filters, kernel, stride } = config;

  const layer: Layer<Conv1dConfig> = {
    type: 'conv1d',
    config,
    weights: {},
    trained: ['weight', 'bias'],

    outputShape: (input) => [placementOf(config, input).outWidth, filters],

    weightShapes: (input) => ({ weight: [kernel, channelsOf(input), filters], bias: [filters] }),

    initialWeights(input, random) {
      const channels = channelsOf(input);
      const weight = glorotUniform([kernel, channels, filters], kernel * channels, kernel * filters, random);
      return { weight, bias: tensor([filters]) };
    },

    forward(x, pass) {
      pass.keep?.set('x', x);
      const geometry = placementOf(config, x.shape.slice(1));
      const y = pass.kernels.conv2d(asRow(x), inRow(layer.weights.weight), layer.weights.bias, geometry);
      return reshape(y, [x.shape[0], geometry.outWidth, filters]);
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const { weight } = layer.weights;
      const geometry = placementOf(config, x.shape.slice(1));
      const wantsDx = !pass.skipInputGradient;
      const { dx, dw, db } = pass.kernels.conv2dBackward(asRow(dy), asRow(x), inRow(weight), geometry, wantsDx);
      return { dx: wantsDx ? reshape(dx, x.shape) : dx, dweights: { weight: reshape(dw, weight.shape), bias: db } };
    },

    explain([step, filter], x) {
      const { weight, bias } = layer.weights;
      const [{ start, end }] = layer.field([step, filter], x.shape);
      const first = step * stride - placementOf(config, x.shape).padLeft;
      const channels = channelsOf(x.shape);
      const terms: Term[] = [];
      for (let i = start; i < end; i++) {
        for (let c = 0; c < channels; c++) {
          const from = cellAt(x.shape, i * channels + c);
          terms.push({ from, value: at(x, from), weight: at(weight, [i - first, c, filter]) });
        }
      }
      const explanation = { op: 'sum', terms, bias: bias.data[filter] } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field([step], input) {
      const first = step * stride - placementOf(config, input).padLeft;
      return whole(input).with(0, span(first, first + kernel, input[0]));
    },
  };
  return layer;
}

/** Where the window lies on a series of this shape, as a picture of one row. */
function placementOf({ kernel, stride, padding }: Conv1dConfig, input: Shape): ConvGeometry {
  const [length] = input;
  if (input.length === 0 || input.includes(0)) {
    throw new ShapeError(`conv1d needs a series of length × channels, but ${formatShape(input)} came.`);
  }
  if (padding === 'valid' && length < kernel) {
    const left = length === 1 ? '1 step is' : `${length} steps are`;
    throw new ShapeError(
      `conv1d has a window of ${kernel} steps, but only ${left} left of the series (${formatShape(input)} came). Choose a shorter window or padding "same", here or in the stages before, so that more steps are left.`,
    );
  }
  const window = { kernelHeight: 1, kernelWidth: kernel, strideHeight: 1, strideWidth: stride, padding };
  return geometryOf(window, [1, length, channelsOf(input)], 'conv1d');
}

/** How many numbers a step holds. */
function channelsOf(input: Shape): number {
  return sizeOf(input.slice(1));
}

/** A batch of series as pictures of one row. */
function asRow(batch: Tensor): Tensor {
  const [n, length, ...step] = batch.shape;
  return reshape(batch, [n, 1, length, sizeOf(step)]);
}

/** [kernel, channels, filters] as a window of one row. */
function inRow(weight: Tensor): Tensor {
  return reshape(weight, [1, ...weight.shape]);
}
