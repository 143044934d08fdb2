/**
 * Resize: a picture of [height, width, channels] in another size. Each output is a weighted mean of the inputs near its
 * place, y[i, j, c] = Σ v[i, a]·h[j, b]·x[a, b, c], with the weights of one axis from `dsp/interpolate.ts`: down the
 * rows first, then along them.
 */
import { type AxisWeights, axisWeights, checkInterpolation, type Interpolation } from '../dsp/interpolate.ts';
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, example, formatShape, type Shape, tensor } from '../tensor.ts';
import type { Term } from './explanation.ts';
import { type Kept, type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { span } from './region.ts';

export interface ResizeConfig extends Interpolation {
  readonly height: number;
  readonly width: number;
}

const parameters: Parameters<ResizeConfig> = {
  height: { kind: 'integer', label: 'height', help: 'Rows of the new picture.', min: 1, max: 4096, default: 32 },
  width: { kind: 'integer', label: 'width', help: 'Columns of the new picture.', min: 1, max: 4096, default: 32 },
  method: {
    kind: 'choice',
    label: 'method',
    help: 'Blend the neighbouring cells, take the nearest one, or take the mean of all that a new cell covers.',
    choices: ['bilinear', 'nearest', 'area'],
    default: 'bilinear',
  },
  coordinates: {
    kind: 'choice',
    label: 'coordinates',
    help: 'How the cells of the old and the new picture are laid over each other.',
    choices: ['half-pixel', 'align-corners', 'asymmetric'],
    default: 'half-pixel',
  },
  antialias: {
    kind: 'switch',
    label: 'antialias',
    help: 'When shrinking, blend all the cells that a new one covers, not only the nearest ones.',
    default: false,
  },
};

export const resizeKind: LayerKind<ResizeConfig> = { type: 'resize', parameters, create };

function create(config: ResizeConfig): Layer<ResizeConfig> {
  const { height, width } = config;
  checkInterpolation(config);
  const axes = new Map<string, AxisWeights>();
  const axis = (input: number, output: number): AxisWeights => {
    const key = `${input} ${output}`;
    const known = axes.get(key) ?? axisWeights(input, output, config);
    axes.set(key, known);
    return known;
  };
  const checked = (shape: Shape): Shape => {
    if (shape.length !== 3 || shape.includes(0)) {
      throw new ShapeError(`Resize needs a picture of height × width × channels, but ${formatShape(shape)} came.`);
    }
    return shape;
  };

  return {
    type: 'resize',
    config,
    ...withoutWeights(),

    outputShape: (input) => [height, width, checked(input)[2]],

    forward(x, pass) {
      const [count, ...picture] = x.shape;
      const [rows, columns, channels] = checked(picture);
      const vertical = axis(rows, height);
      const horizontal = axis(columns, width);
      const y = tensor([count, height, width, channels]);
      const row = new Float64Array(columns * channels);
      for (let n = 0; n < count; n++) {
        const from = example(x, n).data;
        const to = example(y, n).data;
        for (let i = 0; i < height; i++) {
          row.fill(0);
          for (let a = 0; a < vertical.count[i]; a++) {
            const weight = vertical.weights[i * vertical.taps + a];
            const start = (vertical.first[i] + a) * row.length;
            for (let c = 0; c < row.length; c++) row[c] += weight * from[start + c];
          }
          blend(row, horizontal, channels, to.subarray(i * width * channels, (i + 1) * width * channels));
        }
      }
      pass.keep?.set('shape', Int32Array.from(x.shape));
      return y;
    },

    backward(dy, pass) {
      const [count, rows, columns, channels] = (pass.keep as Kept).get('shape') as Int32Array;
      const vertical = axis(rows, height);
      const horizontal = axis(columns, width);
      const dx = tensor([count, rows, columns, channels]);
      const row = new Float64Array(columns * channels);
      for (let n = 0; n < count; n++) {
        const from = example(dy, n).data;
        const gradient = new Float64Array(rows * row.length);
        for (let i = 0; i < height; i++) {
          row.fill(0);
          spread(from.subarray(i * width * channels, (i + 1) * width * channels), horizontal, channels, row);
          for (let a = 0; a < vertical.count[i]; a++) {
            const weight = vertical.weights[i * vertical.taps + a];
            const start = (vertical.first[i] + a) * row.length;
            for (let c = 0; c < row.length; c++) gradient[start + c] += weight * row[c];
          }
        }
        example(dx, n).data.set(gradient);
      }
      return { dx, dweights: {} };
    },

    explain([i, j, c], x) {
      const [rows, columns] = checked(x.shape);
      const vertical = axis(rows, height);
      const horizontal = axis(columns, width);
      const terms: Term[] = [];
      for (let a = 0; a < vertical.count[i]; a++) {
        for (let b = 0; b < horizontal.count[j]; b++) {
          const from = [vertical.first[i] + a, horizontal.first[j] + b, c];
          const weight = vertical.weights[i * vertical.taps + a] * horizontal.weights[j * horizontal.taps + b];
          terms.push({ from, value: at(x, from), weight });
        }
      }
      const result = Math.fround(terms.reduce((sum, term) => sum + (term.weight ?? 1) * term.value, 0));
      return { op: 'sum', terms, result };
    },

    field([i, j, c], input) {
      const [rows, columns, channels] = checked(input);
      const vertical = axis(rows, height);
      const horizontal = axis(columns, width);
      return [
        span(vertical.first[i], vertical.first[i] + vertical.count[i], rows),
        span(horizontal.first[j], horizontal.first[j] + horizontal.count[j], columns),
        span(c, c + 1, channels),
      ];
    },
  };
}

/** One row of [columns, channels] to another width. */
function blend(row: Float64Array, axis: AxisWeights, channels: number, to: Float32Array): void {
  for (let j = 0; j < axis.first.length; j++) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let b = 0; b < axis.count[j]; b++) {
        sum += axis.weights[j * axis.taps + b] * row[(axis.first[j] + b) * channels + c];
      }
      to[j * channels + c] = sum;
    }
  }
}

/** The transpose of `blend`: gradients of the new row are added to those of the old. */
function spread(from: Float32Array, axis: AxisWeights, channels: number, row: Float64Array): void {
  for (let j = 0; j < axis.first.length; j++) {
    for (let b = 0; b < axis.count[j]; b++) {
      const weight = axis.weights[j * axis.taps + b];
      const start = (axis.first[j] + b) * channels;
      for (let c = 0; c < channels; c++) row[start + c] += weight * from[j * channels + c];
    }
  }
}
