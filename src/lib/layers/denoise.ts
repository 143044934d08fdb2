/**
 * Denoise: the spectral gate of `dsp/denoise.ts`, with the first samples of the clip itself as the sample of noise. That
 * is right only where a clip begins with noise alone: where the sound is there from the start, it is taken for noise.
 *
 *     y[n] = Σ w[n, m] · x[m], over m
 *
 * x, y: [samples]. The weights w come from the windows and the gains of the frames that reach n; the gains come from the
 * whole clip, as the floor of its decibels hangs on its loudest cell. A cell is above its threshold or below, and does
 * not change sides for small changes of the clip, so the gradient takes the gains as fixed.
 */
import {
  checkDenoiseOptions,
  type DenoiseOptions,
  denoiseParameters,
  gateFrames,
  gateStft,
  spectralGate,
  throughGate,
  transposedGate,
} from '../dsp/denoise.ts';
import { frameCount, sampleAt, windowStart } from '../dsp/frames.ts';
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { example, formatShape, type Shape, type Tensor, tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { type Region, whole } from './region.ts';

export interface DenoiseConfig extends DenoiseOptions {
  /** Of a shorter clip, all of it. */
  readonly noiseSamples: number;
}

const parameters: Parameters<DenoiseConfig> = {
  noiseSamples: {
    kind: 'integer',
    label: 'sample of noise',
    help: 'How many samples at the start of the clip are taken to be noise alone; of a shorter clip, all of it.',
    unit: 'samples',
    min: 1,
    max: 10_000_000,
    default: 25_000,
  },
  ...denoiseParameters,
};

export const denoiseKind: LayerKind<DenoiseConfig> = { type: 'denoise', parameters, create };

function create(config: DenoiseConfig): Layer<DenoiseConfig> {
  checkDenoiseOptions(config);
  const checked = (shape: Shape): Shape => {
    if (shape.length !== 1) throw new ShapeError(`denoise needs a clip of samples, but ${formatShape(shape)} came.`);
    frameCount(gateStft(config), Math.min(config.noiseSamples, shape[0]));
    return shape;
  };
  const gateOf = (clip: Float32Array) => spectralGate(clip, clip.subarray(0, config.noiseSamples), config);

  const layer: Layer<DenoiseConfig> = {
    type: 'denoise',
    config,
    ...withoutWeights(),

    outputShape: checked,

    forward(x, pass) {
      const [count, ...clip] = x.shape;
      const [samples] = checked(clip);
      const y = tensor(x.shape);
      const cells = gateFrames(config, samples) * (Math.floor(config.nFft / 2) + 1);
      const gains = tensor([pass.keep ? count : 0, cells]);
      for (let n = 0; n < count; n++) {
        const gate = gateOf(example(x, n).data);
        example(y, n).data.set(throughGate(gate, samples, config));
        if (pass.keep) example(gains, n).data.set(gate.gains);
      }
      pass.keep?.set('gains', gains);
      return y;
    },

    backward(dy, pass) {
      const gains = pass.keep?.get('gains') as Tensor;
      const dx = tensor(dy.shape);
      for (let n = 0; n < dy.shape[0]; n++) {
        example(dx, n).data.set(transposedGate(example(dy, n).data, example(gains, n).data, config));
      }
      return { dx, dweights: {} };
    },

    explain(cell, x) {
      const [n] = cell;
      const alone = new Float32Array(x.data.length);
      alone[n] = 1;
      const weights = transposedGate(alone, gateOf(x.data).gains, config);
      const [{ start, end }] = reach(n, x.data.length);
      const terms = Array.from({ length: end - start }, (_, m) => {
        const from = start + m;
        return { from: [from], value: x.data[from], weight: weights[from] };
      });
      const explanation = { op: 'sum', terms } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    focus: ([n], [samples]) => reach(n, samples),
    field: (_cell, input) => whole(input),
  };

  /** The samples that the frames over sample n read. */
  function reach(n: number, samples: number): Region {
    const transform = gateStft(config);
    let start = samples;
    let end = 0;
    for (let i = 0; i < gateFrames(config, samples); i++) {
      const first = windowStart(transform, i);
      if (n < first || n >= first + config.winLength) continue;
      for (let t = 0; t < config.winLength; t++) {
        const source = sampleAt(transform, first + t, samples + config.hopLength);
        if (source < 0 || source >= samples) continue;
        start = Math.min(start, source);
        end = Math.max(end, source + 1);
      }
    }
    return [{ start, end }];
  }

  return layer;
}
