/**
 * Depthwise convolution: every channel of the picture meets a window of its own, and channels are not mixed. A
 * convolution with a window of one cell, put after it, mixes them: the two together need a fraction of the weights of a
 * full convolution.
 *
 *     y[i, j, c] = bias[c] + Σ x[i·strideHeight − padTop + ky, j·strideWidth − padLeft + kx, c] · weight[ky, kx, c]
 *
 * over ky and kx. x: [height, width, channels]; y: [outHeight, outWidth, channels]; weight: [kernelHeight, kernelWidth,
 * channels]; bias: [channels]. Padding and strides are those of `conv2d.ts`; the loops stand in `kernels/plain.ts`.
 * Source: Howard et al., "MobileNets" (2017), section 3.1.
 */
import type { Parameters } from '../parameters.ts';
import { at, type Tensor, tensor } from '../tensor.ts';
import { geometryOf, type WindowConfig, windowParameters } from './conv2d.ts';
import { evaluate, type Term } from './explanation.ts';
import { glorotUniform } from './glorot.ts';
import type { Layer, LayerKind } from './layer.ts';
import { span } from './region.ts';

const parameters: Parameters<WindowConfig> = windowParameters;

export const depthwiseConv2dKind: LayerKind<WindowConfig> = { type: 'depthwise-conv2d', parameters, create };

function create(config: WindowConfig): Layer<WindowConfig> {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth } = config;
  const type = 'depthwise-conv2d';

  const layer: Layer<WindowConfig> = {
    type,
    config,
    weights: {},
    trained: ['weight', 'bias'],

    outputShape(input) {
      const { outHeight, outWidth } = geometryOf(config, input, type);
      return [outHeight, outWidth, input[2]];
    },

    weightShapes: ([, , channels]) => ({ weight: [kernelHeight, kernelWidth, channels], bias: [channels] }),

    initialWeights([, , channels], random) {
      const window = kernelHeight * kernelWidth;
      const shape = [kernelHeight, kernelWidth, channels];
      return { weight: glorotUniform(shape, window, window, random), bias: tensor([channels]) };
    },

    forward(x, pass) {
      pass.keep?.set('x', x);
      const { weight, bias } = layer.weights;
      return pass.kernels.depthwiseConv2d(x, weight, bias, geometryOf(config, x.shape.slice(1), type));
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const geometry = geometryOf(config, x.shape.slice(1), type);
      const wantsDx = !pass.skipInputGradient;
      const { dx, dw, db } = pass.kernels.depthwiseConv2dBackward(dy, x, layer.weights.weight, geometry, wantsDx);
      return { dx, dweights: { weight: dw, bias: db } };
    },

    explain([row, column, channel], x) {
      const { weight, bias } = layer.weights;
      const [rows, columns] = layer.field([row, column, channel], x.shape);
      const { padTop, padLeft } = geometryOf(config, x.shape, type);
      const terms: Term[] = [];
      for (let i = rows.start; i < rows.end; i++) {
        const ky = i - (row * strideHeight - padTop);
        for (let j = columns.start; j < columns.end; j++) {
          const kx = j - (column * strideWidth - padLeft);
          const from = [i, j, channel];
          terms.push({ from, value: at(x, from), weight: at(weight, [ky, kx, channel]) });
        }
      }
      const explanation = { op: 'sum', terms, bias: bias.data[channel] } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field([row, column, channel], input) {
      const { padTop, padLeft } = geometryOf(config, input, type);
      const top = row * strideHeight - padTop;
      const left = column * strideWidth - padLeft;
      return [
        span(top, top + kernelHeight, input[0]),
        span(left, left + kernelWidth, input[1]),
        { start: channel, end: channel + 1 },
      ];
    },
  };
  return layer;
}
