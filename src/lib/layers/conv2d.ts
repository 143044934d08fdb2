/**
 * Convolution (in the sense of neural networks: a cross-correlation): every output cell is a weighted sum of a small
 * window of the picture, with the same weights wherever the window lies.
 *
 *     y[i, j, o] = bias[o] + Σ x[i·strideHeight − padTop + ky, j·strideWidth − padLeft + kx, c] · weight[ky, kx, c, o]
 *
 * over ky, kx and c. x: [height, width, channels]; y: [outHeight, outWidth, filters]; weight: [kernelHeight, kernelWidth,
 * channels, filters]; bias: [filters]. The loops stand in `kernels/plain.ts`. With padding "valid" the window stays
 * inside the picture; with "same" there are ⌈height / stride⌉ rows and as few zeros as needed around the picture, the
 * odd one at the end, as tf.nn.conv2d counts them. Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), 9.1.
 */
import { ShapeError } from '../errors.ts';
import type { ConvGeometry } from '../kernels/kernels.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Shape, type Tensor, tensor } from '../tensor.ts';
import { evaluate, type Term } from './explanation.ts';
import { glorotUniform } from './glorot.ts';
import type { Layer, LayerKind } from './layer.ts';
import { span } from './region.ts';

/** A window that steps over a picture. */
export interface WindowConfig {
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly padding: 'valid' | 'same';
}
export interface Conv2dConfig extends WindowConfig {
  readonly filters: number;
}

const whole = { kind: 'integer', min: 1, max: 64 } as const;
export const windowParameters: Parameters<WindowConfig> = {
  kernelHeight: { ...whole, label: 'kernel height', help: 'Rows of the window.', unit: 'cells', default: 3 },
  kernelWidth: { ...whole, label: 'kernel width', help: 'Columns of the window.', unit: 'cells', default: 3 },
  strideHeight: { ...whole, label: 'stride, rows', help: 'Steps the window down.', unit: 'cells', default: 1 },
  strideWidth: {
    ...whole,
    label: 'stride, columns',
    help: 'Steps the window to the right.',
    unit: 'cells',
    default: 1,
  },
  padding: {
    kind: 'choice',
    label: 'padding',
    help: 'Whether the window stays inside the picture (valid) or zeros are put around it (same).',
    choices: ['valid', 'same'],
    default: 'valid',
  },
};
export const conv2dParameters: Parameters<Conv2dConfig> = {
  filters: { ...whole, max: 4096, label: 'filters', help: 'How many pictures come out.', default: 32 },
  ...windowParameters,
};

export const conv2dKind: LayerKind<Conv2dConfig> = { type: 'conv2d', parameters: conv2dParameters, create };

function create(config: Conv2dConfig): Layer<Conv2dConfig> {
  const { filters, kernelHeight, kernelWidth, strideHeight, strideWidth } = config;

  const layer: Layer<Conv2dConfig> = {
    type: 'conv2d',
    config,
    weights: {},
    trained: ['weight', 'bias'],

    outputShape(input) {
      const { outHeight, outWidth } = geometryOf(config, input);
      return [outHeight, outWidth, filters];
    },

    weightShapes: (input) => ({ weight: [kernelHeight, kernelWidth, input[2], filters], bias: [filters] }),

    initialWeights(input, random) {
      const window = kernelHeight * kernelWidth;
      const shape = [kernelHeight, kernelWidth, input[2], filters];
      return { weight: glorotUniform(shape, window * input[2], window * filters, random), bias: tensor([filters]) };
    },

    forward(x, pass) {
      pass.keep?.set('x', x);
      return pass.kernels.conv2d(x, layer.weights.weight, layer.weights.bias, geometryOf(config, x.shape.slice(1)));
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const geometry = geometryOf(config, x.shape.slice(1));
      const { weight } = layer.weights;
      const { dx, dw, db } = pass.kernels.conv2dBackward(dy, x, weight, geometry, !pass.skipInputGradient);
      return { dx, dweights: { weight: dw, bias: db } };
    },

    explain([row, column, filter], x) {
      const { weight, bias } = layer.weights;
      const [rows, columns] = layer.field([row, column, filter], x.shape);
      const { padTop, padLeft } = geometryOf(config, x.shape);
      const terms: Term[] = [];
      for (let i = rows.start; i < rows.end; i++) {
        const ky = i - (row * strideHeight - padTop);
        for (let j = columns.start; j < columns.end; j++) {
          const kx = j - (column * strideWidth - padLeft);
          for (let c = 0; c < x.shape[2]; c++) {
            terms.push({ from: [i, j, c], value: at(x, [i, j, c]), weight: at(weight, [ky, kx, c, filter]) });
          }
        }
      }
      const explanation = { op: 'sum', terms, bias: bias.data[filter] } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field([row, column], input) {
      const { padTop, padLeft } = geometryOf(config, input);
      const top = row * strideHeight - padTop;
      const left = column * strideWidth - padLeft;
      const [height, width, channels] = input;
      return [
        span(top, top + kernelHeight, height),
        span(left, left + kernelWidth, width),
        span(0, channels, channels),
      ];
    },
  };
  return layer;
}

/**
 * Where the window lies on a picture of this shape.
 * @param layer which asks, for the sentence
 * @throws ShapeError where the window does not fit in
 */
export function geometryOf(config: WindowConfig, input: Shape, layer = 'conv2d'): ConvGeometry {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth, padding } = config;
  const [height, width] = input;
  if (input.length !== 3) {
    throw new ShapeError(`${layer} needs a picture of height × width × channels, but ${formatShape(input)} came.`);
  }
  if (padding === 'same') {
    const outHeight = Math.ceil(height / strideHeight);
    const outWidth = Math.ceil(width / strideWidth);
    const padTop = Math.max(0, (outHeight - 1) * strideHeight + kernelHeight - height) >> 1;
    const padLeft = Math.max(0, (outWidth - 1) * strideWidth + kernelWidth - width) >> 1;
    return { strideHeight, strideWidth, padTop, padLeft, outHeight, outWidth };
  }
  if (height < kernelHeight || width < kernelWidth) {
    throw new ShapeError(
      `${layer} has a window of ${kernelHeight} × ${kernelWidth} cells, but the picture has only ${formatShape([height, width])}. Choose a smaller window, or padding "same".`,
    );
  }
  const outHeight = Math.floor((height - kernelHeight) / strideHeight) + 1;
  const outWidth = Math.floor((width - kernelWidth) / strideWidth) + 1;
  return { strideHeight, strideWidth, padTop: 0, padLeft: 0, outHeight, outWidth };
}
