/**
 * Mean over time: of each frequency bin the mean over all frames, y[k] = Σ x[i, k] / frames, over i. A picture of
 * [frames, bins, 1] becomes a row of [bins]: how strong each frequency is in the clip as a whole, no matter when.
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, formatShape, type Shape, tensor } from '../tensor.ts';
import { evaluate, type Term } from './explanation.ts';
import { type Kept, type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { span } from './region.ts';

export type MeanOverTimeConfig = Record<never, never>;

const parameters: Parameters<MeanOverTimeConfig> = {};

export const meanOverTimeKind: LayerKind<MeanOverTimeConfig> = { type: 'mean-over-time', parameters, create };

function create(config: MeanOverTimeConfig): Layer<MeanOverTimeConfig> {
  const checked = (shape: Shape): Shape => {
    if (shape.length !== 3 || shape[0] === 0 || shape[2] !== 1) {
      throw new ShapeError(
        `mean-over-time needs a picture of frames × bins × 1 with at least one frame, but ${formatShape(shape)} came.`,
      );
    }
    return shape;
  };

  return {
    type: 'mean-over-time',
    config,
    ...withoutWeights(),

    outputShape: (input) => [checked(input)[1]],

    forward(x, pass) {
      const [count, ...picture] = x.shape;
      const [frames, bins] = checked(picture);
      const y = tensor([count, bins]);
      const sums = new Float64Array(bins);
      for (let n = 0, cell = 0; n < count; n++) {
        sums.fill(0);
        for (let i = 0; i < frames; i++) for (let k = 0; k < bins; k++, cell++) sums[k] += x.data[cell];
        for (let k = 0; k < bins; k++) y.data[n * bins + k] = sums[k] / frames;
      }
      pass.keep?.set('shape', Int32Array.from(x.shape));
      return y;
    },

    backward(dy, pass) {
      const shape = (pass.keep as Kept).get('shape') as Int32Array;
      const [count, frames, bins] = shape;
      const dx = tensor([...shape]);
      for (let n = 0, cell = 0; n < count; n++) {
        for (let i = 0; i < frames; i++) {
          for (let k = 0; k < bins; k++, cell++) dx.data[cell] = dy.data[n * bins + k] / frames;
        }
      }
      return { dx, dweights: {} };
    },

    explain([k], x) {
      const [frames] = checked(x.shape);
      const terms = Array.from({ length: frames }, (_, i): Term => {
        const from = [i, k, 0];
        return { from, value: at(x, from) };
      });
      const explanation = { op: 'mean', terms } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field([k], input) {
      const [frames, bins] = checked(input);
      return [span(0, frames, frames), span(k, k + 1, bins), span(0, 1, 1)];
    },
  };
}
