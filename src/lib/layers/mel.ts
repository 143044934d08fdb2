/**
 * Mel: the bins of every frame gathered into bands that lie as we hear, y[i, m] = Σ w[m, k]·x[i, k] with the triangles of
 * `dsp/mel.ts`. A picture of [frames, bins, 1], of powers or magnitudes, becomes one of [frames, nMels, 1].
 */
import { applyFilterbank, type MelOptions, melFilterbank, melParameters } from '../dsp/mel.ts';
import { ShapeError } from '../errors.ts';
import { at, formatShape, type Shape, tensor } from '../tensor.ts';
import type { Term } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { span } from './region.ts';

export const melKind: LayerKind<MelOptions> = { type: 'mel', parameters: melParameters, create };

function create(config: MelOptions): Layer<MelOptions> {
  const bank = melFilterbank(config);
  const { bins, first, count, start, weights } = bank;
  const { nMels } = config;
  const checked = (shape: Shape): Shape => {
    if (shape.length !== 3 || shape[1] !== bins || shape[2] !== 1) {
      throw new ShapeError(
        `Mel filters for an FFT of ${config.nFft} samples need a picture of frames × ${bins} × 1, but ${formatShape(shape)} came.`,
      );
    }
    return shape;
  };
  return {
    type: 'mel',
    config,
    ...withoutWeights(),

    outputShape: (input) => [checked(input)[0], nMels, 1],

    forward(x) {
      const [examples, ...picture] = x.shape;
      const [frames] = checked(picture);
      return tensor([examples, frames, nMels, 1], applyFilterbank(bank, x.data));
    },

    backward(dy) {
      const [examples, frames] = dy.shape;
      const dx = tensor([examples, frames, bins, 1]);
      const row = new Float64Array(bins);
      for (let i = 0; i < examples * frames; i++) {
        row.fill(0);
        for (let m = 0; m < nMels; m++) {
          const slope = dy.data[i * nMels + m];
          for (let j = 0; j < count[m]; j++) row[first[m] + j] += weights[start[m] + j] * slope;
        }
        dx.data.set(row, i * bins);
      }
      return { dx, dweights: {} };
    },

    explain([i, m], x) {
      checked(x.shape);
      const terms: Term[] = [];
      let sum = 0;
      for (let j = 0; j < count[m]; j++) {
        const from = [i, first[m] + j, 0];
        const term = { from, value: at(x, from), weight: weights[start[m] + j] };
        sum += term.weight * term.value;
        terms.push(term);
      }
      return { op: 'sum', terms, result: Math.fround(sum) };
    },

    field([i, m], input) {
      const [frames] = checked(input);
      return [span(i, i + 1, frames), span(first[m], first[m] + count[m], bins), span(0, 1, 1)];
    },
  };
}
