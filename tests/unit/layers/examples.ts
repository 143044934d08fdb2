/** Any settings of each kind of layer, with the shape of an input that fits them: what the contract is tested on. */
import fc from 'fast-check';
import type { Shape } from '../../../src/lib/tensor.ts';

export interface Example {
  readonly config: Readonly<Record<string, unknown>>;
  /** Of both inputs, where the layer joins two. */
  readonly input: Shape;
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const picture = fc.tuple(upTo(8), upTo(8), upTo(3));
/** A picture that no window or tile below is too large for. */
const largePicture = fc.tuple(upTo(8, 4), upTo(8, 4), upTo(3));
const one = fc.constant(1);
const row = fc.tuple(upTo(9));
const series = fc.tuple(upTo(8), upTo(3));
const epsilon = fc.constantFrom(1e-7, 0.1);
const statistics = fc.constantFrom('fitted', 'per-clip', 'per-bin');
/** Of one frame the statistics of a bin are the same whatever it holds. */
const frames = fc.tuple(upTo(8, 2), upTo(8), upTo(3));

export const examples: Readonly<Record<string, fc.Arbitrary<Example>>> = {
  spectrogram: fc.record({
    config: fc
      .record({
        winLength: upTo(13),
        hopLength: upTo(9),
        nFft: upTo(20, 13),
        window: fc.constantFrom('hann', 'hamming', 'blackman', 'rectangular'),
        periodic: fc.boolean(),
        placement: fc.constantFrom('start', 'centre'),
        centre: fc.boolean(),
        padMode: fc.constantFrom('reflect', 'constant', 'replicate'),
        padEnd: fc.constantFrom('none', 'last-frame', 'every-hop'),
        scaling: fc.constantFrom('none', 'window-sum', 'window-energy', 'frame-length'),
        power: fc.constantFrom(1, 2),
        // Two samples of a symmetric window are both its zeros: it cannot be scaled by its sum.
      })
      .filter(({ winLength, periodic }) => winLength !== 2 || periodic),
    input: fc.tuple(upTo(60, 21)),
  }),
  // Settings at which nothing is decided otherwise by the small steps of finite differences.
  denoise: fc.record({
    config: fc.record({
      noiseSamples: fc.constantFrom(12, 100),
      nFft: fc.constantFrom(8, 11),
      winLength: fc.constant(8),
      hopLength: fc.constantFrom(2, 3),
      padMode: fc.constantFrom('constant', 'reflect'),
      nStdThresh: fc.constantFrom(1, 1.5),
      nGradFreq: upTo(2, 0),
      nGradTime: upTo(3, 0),
      propDecrease: fc.constantFrom(0.6, 1),
      // A floor so close that the gates of all frames hang on the loudest cell.
      topDb: fc.constantFrom(10, 20),
    }),
    input: fc.constantFrom([21], [26]),
  }),
  trim: fc.record({
    config: fc.record({
      topDb: fc.constantFrom(6, 12),
      frameLength: fc.constantFrom(9, 12),
      hopLength: fc.constantFrom(1, 2, 4),
      padMode: fc.constantFrom('constant', 'reflect'),
    }),
    input: fc.constantFrom([21], [34], [60]),
  }),
  mel: fc
    .record({
      sampleRate: fc.constantFrom(8000, 11025),
      nFft: upTo(20),
      nMels: upTo(9),
      fMin: fc.constantFrom(0, 300),
      fMax: fc.constantFrom(301, 2000, 4000),
      scale: fc.constantFrom('htk', 'slaney'),
      norm: fc.constantFrom('none', 'slaney'),
    })
    .chain((config) =>
      fc.record({ config: fc.constant(config), input: fc.tuple(upTo(8), fc.constant((config.nFft >> 1) + 1), one) }),
    ),
  decibels: fc.record({
    config: fc
      .record({
        quantity: fc.constantFrom('power', 'amplitude'),
        reference: fc.constantFrom('fixed', 'max'),
        ref: fc.constantFrom(1, 0.2),
        amin: fc.constantFrom(1e-10, 1e-3),
        limited: fc.boolean(),
      })
      // A floor close below the largest cell, or below all of them: never near another, where it would make a kink.
      .map((config) => ({ ...config, topDb: config.reference === 'max' ? 1000 : 0.001 })),
    input: largePicture,
  }),
  dct: fc.record({
    config: fc.record({ nMfcc: upTo(4), norm: fc.constantFrom('ortho', 'none') }),
    input: fc.tuple(upTo(8), upTo(8, 4), one),
  }),
  log: fc.record({
    config: fc.record({
      scale: fc.constantFrom(1, 8.6859),
      floor: fc.constantFrom(0, 0.1),
      offset: fc.constantFrom(1e-6, 0.01),
    }),
    input: picture,
  }),
  power: fc.record({
    config: fc.record({ exponent: fc.constantFrom(0.3, 0.5, 2), floor: fc.constantFrom(0, 0.1) }),
    input: picture,
  }),
  resize: fc.record({
    config: fc
      .record({
        height: upTo(9),
        width: upTo(9),
        method: fc.constantFrom('bilinear', 'nearest', 'area'),
        coordinates: fc.constantFrom('half-pixel', 'align-corners', 'asymmetric'),
        antialias: fc.boolean(),
      })
      // Antialias belongs to bilinear, and an area to half-pixel coordinates.
      .map((config) => ({
        ...config,
        antialias: config.antialias && config.method === 'bilinear',
        coordinates: config.method === 'area' ? 'half-pixel' : config.coordinates,
      })),
    input: picture,
  }),
  'mean-over-time': fc.record({ config: fc.constant({}), input: fc.tuple(upTo(8), upTo(8), one) }),
  normalise: fc.record({ config: fc.record({ statistics, epsilon }), input: frames }),
  'min-max': fc.record({ config: fc.record({ statistics, epsilon }), input: frames }),
  conv2d: fc.record({
    config: fc.record({
      filters: upTo(3),
      kernelHeight: upTo(4),
      kernelWidth: upTo(4),
      strideHeight: upTo(3),
      strideWidth: upTo(3),
      padding: fc.constantFrom('valid', 'same'),
    }),
    input: largePicture,
  }),
  'depthwise-conv2d': fc.record({
    config: fc.record({
      kernelHeight: upTo(4),
      kernelWidth: upTo(4),
      strideHeight: upTo(3),
      strideWidth: upTo(3),
      padding: fc.constantFrom('valid', 'same'),
    }),
    input: largePicture,
  }),
  transpose: fc.record({
    config: fc.constant({}),
    input: fc.oneof(fc.tuple(upTo(8), upTo(8), one), fc.tuple(upTo(8), upTo(8))),
  }),
  'transposed-conv2d': fc.record({
    config: fc.record({
      filters: upTo(3),
      kernelHeight: upTo(4),
      kernelWidth: upTo(4),
      strideHeight: upTo(3),
      strideWidth: upTo(3),
      padding: fc.constantFrom('valid', 'same'),
    }),
    input: fc.tuple(upTo(5), upTo(5), upTo(3)),
  }),
  conv1d: fc.record({
    config: fc.record({
      filters: upTo(3),
      kernel: upTo(4),
      stride: upTo(3),
      padding: fc.constantFrom('valid', 'same'),
    }),
    input: fc.oneof(fc.tuple(upTo(9, 4)), fc.tuple(upTo(9, 4), upTo(3)), largePicture),
  }),
  'max-pool1d': fc.record({
    config: fc.record({ pool: upTo(4) }),
    input: fc.oneof(fc.tuple(upTo(9, 4)), fc.tuple(upTo(9, 4), upTo(3)), largePicture),
  }),
  'batch-norm': fc.record({
    config: fc.record({ epsilon: fc.constantFrom(1e-5, 0.1) }),
    input: fc.oneof(frames, fc.tuple(upTo(8, 2), upTo(3)), row),
  }),
  relu: fc.record({ config: fc.constant({}), input: fc.oneof(picture, series, row) }),
  'max-pool2d': fc.record({ config: fc.record({ poolHeight: upTo(3), poolWidth: upTo(3) }), input: largePicture }),
  'global-average-pool': fc.record({ config: fc.constant({}), input: fc.oneof(picture, series) }),
  sum: fc.record({ config: fc.constant({}), input: fc.oneof(picture, series, row) }),
  lstm: fc.record({
    config: fc.record({ units: upTo(3), returnSequences: fc.boolean() }),
    input: fc.oneof(fc.tuple(upTo(3), upTo(2)), fc.tuple(upTo(3), upTo(2), one)),
  }),
  dropout: fc.record({
    config: fc.record({ rate: fc.constantFrom(0, 0.5) }),
    input: fc.oneof(picture, series, row),
  }),
  flatten: fc.record({ config: fc.constant({}), input: fc.oneof(picture, series, row) }),
  dense: fc.record({ config: fc.record({ units: upTo(3) }), input: row }),
  softmax: fc.record({ config: fc.constant({}), input: row }),
};
