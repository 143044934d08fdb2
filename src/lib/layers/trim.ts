/**
 * Trim: silence at both ends of a clip is cut off, as `dsp/trim.ts` finds it. What is kept moves to the front, and zeros
 * follow, so that the clip keeps its length:
 *
 *     y[n] = x[start + n] where start + n < end, and 0 behind
 *
 * x, y: [samples]. The gradient goes to the samples that are kept; where the cuts fall does not change for small changes
 * of the clip.
 *
 * Against a clip that really is shorter, the magnitudes of centred frames padded with zeros are the same, frame for
 * frame, up to the ⌊kept / hop⌋th. Behind them come frames of zeros, and before these, unless the hop divides the kept
 * length, one frame that sees the last samples once more. So a mean over frames is that of the short clip times a factor,
 * which min-max takes out again, but for this one frame: with one second of white noise it moves values by up to 0.02.
 */
import { frameCount } from '../dsp/frames.ts';
import { framingOf, type TrimOptions, trim, trimParameters } from '../dsp/trim.ts';
import { ParameterError, ShapeError } from '../errors.ts';
import { at, example, formatShape, type Shape, tensor } from '../tensor.ts';
import { type Kept, type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { whole } from './region.ts';

export const trimKind: LayerKind<TrimOptions> = { type: 'trim', parameters: trimParameters, create };

function create(config: TrimOptions): Layer<TrimOptions> {
  const { frameLength, hopLength } = config;
  if (hopLength > frameLength / 2) {
    throw new ParameterError(
      'hopLength',
      `trim: the hop length of ${hopLength} samples is more than half of a frame of ${frameLength}, so that samples at the end would be in no frame. Choose a shorter hop.`,
    );
  }
  const checked = (shape: Shape): Shape => {
    if (shape.length !== 1) throw new ShapeError(`trim needs a clip of samples, but ${formatShape(shape)} came.`);
    frameCount(framingOf(config), shape[0]);
    return shape;
  };

  return {
    type: 'trim',
    config,
    ...withoutWeights(),

    outputShape: checked,

    forward(x, pass) {
      const y = tensor(x.shape);
      const cuts = new Int32Array(2 * x.shape[0]);
      for (let n = 0; n < x.shape[0]; n++) {
        const clip = example(x, n).data;
        const { start, end } = trim(clip, config);
        example(y, n).data.set(clip.subarray(start, end));
        cuts.set([start, end], 2 * n);
      }
      pass.keep?.set('cuts', cuts);
      return y;
    },

    backward(dy, pass) {
      const cuts = (pass.keep as Kept).get('cuts') as Int32Array;
      const dx = tensor(dy.shape);
      for (let n = 0; n < dy.shape[0]; n++) {
        const [start, end] = cuts.subarray(2 * n, 2 * n + 2);
        example(dx, n).data.set(example(dy, n).data.subarray(0, end - start), start);
      }
      return { dx, dweights: {} };
    },

    /** The one sample that is copied; behind the kept part there is none. */
    explain([n], x) {
      const { start, end } = trim(x.data, config);
      if (start + n >= end) return { op: 'sum', terms: [], result: 0 };
      const from = [start + n];
      const value = at(x, from);
      return { op: 'copy', terms: [{ from, value }], result: value };
    },

    /** Samples only move towards the front. */
    focus: ([n], [samples]) => [{ start: n, end: samples }],
    field: (_cell, input) => whole(input),
  };
}
