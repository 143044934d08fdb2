/**
 * Transposed convolution, the way back from a small picture to a large one: every input cell lays down a window of
 * weights, scaled by its value, `stride` cells from the next; where windows overlap they add up. It does to a picture
 * what the gradient of a `conv2d` does to its output, and its gradient is that `conv2d`.
 *
 *     y[i, j, o] = bias[o] + Σ x[r, s, c] · weight[ky, kx, o, c]
 *
 * over c and all r, s, ky, kx with r·strideHeight + ky = i + padTop and s·strideWidth + kx = j + padLeft. x: [height,
 * width, channels]; weight: [kernelHeight, kernelWidth, filters, channels]; bias: [filters]. y: with padding "same",
 * [height·strideHeight, width·strideWidth, filters], where the windows' overhang is cut off, the odd cell at the end;
 * with "valid" it is kept, max(kernel − stride, 0) cells along each axis: as tf.nn.conv2d_transpose and Keras count
 * them. Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4.
 */
import { ShapeError } from '../errors.ts';
import type { ConvGeometry } from '../kernels/kernels.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Shape, type Tensor, tensor } from '../tensor.ts';
import { type Conv2dConfig, conv2dParameters, geometryOf } from './conv2d.ts';
import { evaluate, type Term } from './explanation.ts';
import { glorotUniform } from './glorot.ts';
import type { Layer, LayerKind } from './layer.ts';
import { type Span, span } from './region.ts';

const parameters: Parameters<Conv2dConfig> = {
  ...conv2dParameters,
  strideHeight: { ...conv2dParameters.strideHeight, help: 'How many rows a row becomes.', default: 2 },
  strideWidth: { ...conv2dParameters.strideWidth, help: 'How many columns a column becomes.', default: 2 },
  padding: {
    ...conv2dParameters.padding,
    help: 'Whether the overhang of the windows is kept (valid) or cut off (same).',
    default: 'same',
  },
};

export const transposedConv2dKind: LayerKind<Conv2dConfig> = { type: 'transposed-conv2d', parameters, create };

function create(config: Conv2dConfig): Layer<Conv2dConfig> {
  const { filters, kernelHeight, kernelWidth, strideHeight, strideWidth } = config;

  const layer: Layer<Conv2dConfig> = {
    type: 'transposed-conv2d',
    config,
    weights: {},
    trained: ['weight', 'bias'],

    outputShape: (input) => outputOf(config, input),

    weightShapes: ([, , channels]) => ({ weight: [kernelHeight, kernelWidth, filters, channels], bias: [filters] }),

    initialWeights([, , channels], random) {
      const window = kernelHeight * kernelWidth;
      const shape = [kernelHeight, kernelWidth, filters, channels];
      return { weight: glorotUniform(shape, window * channels, window * filters, random), bias: tensor([filters]) };
    },

    forward(x, pass) {
      pass.keep?.set('x', x);
      const { weight, bias } = layer.weights;
      const [n, ...input] = x.shape;
      const y = pass.kernels.conv2dBackwardInput(x, weight, convolvedFrom(config, input), [
        n,
        ...outputOf(config, input),
      ]);
      for (let i = 0; i < y.data.length; i += filters) {
        for (let o = 0; o < filters; o++) y.data[i + o] += bias.data[o];
      }
      return y;
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const { weight, bias } = layer.weights;
      const geometry = convolvedFrom(config, x.shape.slice(1));
      const { dw } = pass.kernels.conv2dBackward(x, dy, weight, geometry, false);
      const sums = new Float64Array(filters);
      for (let i = 0; i < dy.data.length; i += filters) {
        for (let o = 0; o < filters; o++) sums[o] += dy.data[i + o];
      }
      const noBias = tensor([x.shape[3]]);
      const dx = pass.skipInputGradient ? tensor([0]) : pass.kernels.conv2d(dy, weight, noBias, geometry);
      return { dx, dweights: { weight: dw, bias: tensor(bias.shape, Float32Array.from(sums)) } };
    },

    explain([row, column, filter], x) {
      const { weight, bias } = layer.weights;
      const { padTop, padLeft } = convolvedFrom(config, x.shape);
      const [rows, columns] = layer.field([row, column, filter], x.shape);
      const terms: Term[] = [];
      for (let i = rows.start; i < rows.end; i++) {
        for (let j = columns.start; j < columns.end; j++) {
          const ky = row + padTop - i * strideHeight;
          const kx = column + padLeft - j * strideWidth;
          for (let c = 0; c < x.shape[2]; c++) {
            terms.push({ from: [i, j, c], value: at(x, [i, j, c]), weight: at(weight, [ky, kx, filter, c]) });
          }
        }
      }
      const explanation = { op: 'sum', terms, bias: bias.data[filter] } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field([row, column], input) {
      const { padTop, padLeft } = convolvedFrom(config, input);
      return [
        reachedBy(row + padTop, kernelHeight, strideHeight, input[0]),
        reachedBy(column + padLeft, kernelWidth, strideWidth, input[1]),
        span(0, input[2], input[2]),
      ];
    },
  };
  return layer;
}

function outputOf(
  { filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding }: Conv2dConfig,
  input: Shape,
) {
  const [height, width] = input;
  if (input.length !== 3 || input.includes(0)) {
    throw new ShapeError(
      `transposed-conv2d needs a picture of height × width × channels, but ${formatShape(input)} came.`,
    );
  }
  const overhang = (kernel: number, stride: number) => (padding === 'valid' ? Math.max(kernel - stride, 0) : 0);
  return [
    height * strideHeight + overhang(kernelHeight, strideHeight),
    width * strideWidth + overhang(kernelWidth, strideWidth),
    filters,
  ];
}

/** The geometry of the convolution that makes an input of this shape from an output. */
function convolvedFrom(config: Conv2dConfig, input: Shape): ConvGeometry {
  return geometryOf(config, outputOf(config, input), 'transposed-conv2d');
}

/** Along one axis, the inputs whose windows cover a place, counted from the start of the first window. */
function reachedBy(place: number, kernel: number, stride: number, length: number): Span {
  return span(Math.ceil((place - kernel + 1) / stride), Math.floor(place / stride) + 1, length);
}
