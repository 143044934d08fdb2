/**
 * Spectrogram: how strong each frequency is, frame by frame; y[i, k] = |X[i, k]|^power with X the short-time Fourier
 * transform of `dsp/stft.ts`. A clip of [samples] becomes a picture of [frames, bins, 1]: time down, frequency across.
 */
import {
  checkStftOptions,
  frameCount,
  type StftOptions,
  sampleAt,
  stftParameters,
  windowOffset,
  windowStart,
} from '../dsp/frames.ts';
import { createStft } from '../dsp/stft.ts';
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { example, formatShape, type Shape, type Tensor, tensor } from '../tensor.ts';
import type { Term } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';

export interface SpectrogramConfig extends StftOptions {
  /** 1: magnitude, 2: power. */
  readonly power: number;
}

const parameters: Parameters<SpectrogramConfig> = {
  ...stftParameters,
  power: {
    kind: 'integer',
    label: 'power',
    help: '1 gives the magnitude of each bin, 2 its power.',
    min: 1,
    max: 2,
    default: 1,
  },
};

export const spectrogramKind: LayerKind<SpectrogramConfig> = { type: 'spectrogram', parameters, create };

function create(config: SpectrogramConfig): Layer<SpectrogramConfig> {
  checkStftOptions(config);
  const plan = createStft(config);
  const { bins } = plan;
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);

  const sampleCount = (shape: Shape): number => {
    if (shape.length !== 1) {
      throw new ShapeError(`A spectrogram is taken of a clip of samples, but ${formatShape(shape)} came.`);
    }
    return shape[0];
  };

  return {
    type: 'spectrogram',
    config,
    ...withoutWeights(),

    outputShape: (input) => [frameCount(config, sampleCount(input)), bins, 1],

    forward(x, pass) {
      const [count, ...clip] = x.shape;
      const frames = frameCount(config, sampleCount(clip));
      const y = tensor([count, frames, bins, 1]);
      for (let n = 0; n < count; n++) {
        const samples = example(x, n).data;
        for (let i = 0; i < frames; i++) {
          plan.frame(samples, i, re, im);
          magnitudes(re, im, config.power, y.data, (n * frames + i) * bins);
        }
      }
      pass.keep?.set('x', x);
      return y;
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const [count, frames] = dy.shape;
      const dx = tensor(x.shape);
      for (let n = 0, cell = 0; n < count; n++) {
        const samples = example(x, n).data;
        const gradient = new Float64Array(samples.length);
        for (let i = 0; i < frames; i++) {
          plan.frame(samples, i, re, im);
          // d|X|/dX = X/|X|, taken as 0 where |X| is 0; d|X|²/dX = 2X.
          for (let k = 0; k < bins; k++, cell++) {
            const magnitude = Math.sqrt(re[k] * re[k] + im[k] * im[k]);
            const slope = config.power === 2 ? 2 : magnitude > 0 ? 1 / magnitude : 0;
            re[k] *= slope * dy.data[cell];
            im[k] *= slope * dy.data[cell];
          }
          plan.addFrameGradient(re, im, i, gradient);
        }
        example(dx, n).data.set(gradient);
      }
      return { dx, dweights: {} };
    },

    explain([i, k], x) {
      const start = windowStart(config, i);
      const offset = windowOffset(config);
      const terms: Term[] = [];
      for (let t = 0; t < config.winLength; t++) {
        const source = sampleAt(config, start + t, x.data.length);
        if (source < 0) continue;
        const angle = (2 * Math.PI * ((k * (offset + t)) % config.nFft)) / config.nFft;
        terms.push({
          from: [source],
          value: x.data[source],
          weight: plan.weights[t] * Math.cos(angle),
          weightImaginary: -plan.weights[t] * Math.sin(angle),
        });
      }
      plan.frame(x.data, i, re, im);
      const result = Math.fround((re[k] * re[k] + im[k] * im[k]) ** (config.power / 2));
      return { op: 'magnitude', terms, constants: { power: config.power }, result };
    },

    field([i], input) {
      const start = windowStart(config, i);
      let first = input[0];
      let last = -1;
      for (let t = 0; t < config.winLength; t++) {
        const source = sampleAt(config, start + t, input[0]);
        if (source < 0) continue;
        first = Math.min(first, source);
        last = Math.max(last, source);
      }
      return last < 0 ? [{ start: 0, end: 0 }] : [{ start: first, end: last + 1 }];
    },
  };
}

/** |X|^power of one frame, written from `offset` on. */
function magnitudes(re: Float64Array, im: Float64Array, power: number, to: Float32Array, offset: number): void {
  const bins = re.length;
  for (let k = 0; k < bins; k++) {
    const real = re[k];
    const imaginary = im[k];
    const squared = real * real + imaginary * imaginary;
    to[offset + k] = power === 2 ? squared : Math.sqrt(squared);
  }
}
