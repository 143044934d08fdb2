/**
 * DCT: every row of a picture as a sum of cosines, y[i, k] = Σ basis[k, n]·x[i, n] with the basis of `dsp/dct.ts`. Of
 * log-mel energies, [frames, nMels, 1], it gives the mel-frequency cepstral coefficients (MFCC), [frames, nMfcc, 1].
 */
import { type DctOptions, dctBasis, dctParameters } from '../dsp/dct.ts';
import { ShapeError } from '../errors.ts';
import { at, formatShape, type Shape, tensor } from '../tensor.ts';
import type { Term } from './explanation.ts';
import { type Kept, type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { span } from './region.ts';

export const dctKind: LayerKind<DctOptions> = { type: 'dct', parameters: dctParameters, create };

function create(config: DctOptions): Layer<DctOptions> {
  const { nMfcc, norm } = config;
  const bases = new Map<number, Float64Array>();
  const basisFor = (length: number): Float64Array => {
    const basis = bases.get(length) ?? dctBasis(length, nMfcc, norm);
    bases.set(length, basis);
    return basis;
  };
  const checked = (shape: Shape): Shape => {
    if (shape.length !== 3 || shape[1] < nMfcc || shape[2] !== 1) {
      throw new ShapeError(
        `${nMfcc} cosine coefficients need a picture of frames × ${nMfcc} or more × 1, but ${formatShape(shape)} came.`,
      );
    }
    return shape;
  };
  return {
    type: 'dct',
    config,
    ...withoutWeights(),

    outputShape: (input) => [checked(input)[0], nMfcc, 1],

    forward(x, pass) {
      const [examples, ...picture] = x.shape;
      const [frames, length] = checked(picture);
      const basis = basisFor(length);
      const y = tensor([examples, frames, nMfcc, 1]);
      for (let i = 0; i < examples * frames; i++) {
        for (let k = 0; k < nMfcc; k++) {
          let sum = 0;
          for (let n = 0; n < length; n++) sum += basis[k * length + n] * x.data[i * length + n];
          y.data[i * nMfcc + k] = sum;
        }
      }
      pass.keep?.set('shape', Int32Array.from(x.shape));
      return y;
    },

    backward(dy, pass) {
      const [examples, frames, length] = (pass.keep as Kept).get('shape') as Int32Array;
      const basis = basisFor(length);
      const dx = tensor([examples, frames, length, 1]);
      const row = new Float64Array(length);
      for (let i = 0; i < examples * frames; i++) {
        row.fill(0);
        for (let k = 0; k < nMfcc; k++) {
          const slope = dy.data[i * nMfcc + k];
          for (let n = 0; n < length; n++) row[n] += basis[k * length + n] * slope;
        }
        dx.data.set(row, i * length);
      }
      return { dx, dweights: {} };
    },

    explain([i, k], x) {
      const [, length] = checked(x.shape);
      const basis = basisFor(length);
      let sum = 0;
      const terms = Array.from({ length }, (_, n): Term => {
        const from = [i, n, 0];
        const weight = basis[k * length + n];
        const value = at(x, from);
        sum += weight * value;
        return { from, value, weight };
      });
      return { op: 'sum', terms, result: Math.fround(sum) };
    },

    field([i], input) {
      const [frames, length] = checked(input);
      return [span(i, i + 1, frames), span(0, length, length), span(0, 1, 1)];
    },
  };
}
