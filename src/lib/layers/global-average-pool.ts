/**
 * Global average pooling: of each channel the mean over all places, y[c] = Σ x[…, c] / places. It takes the place of
 * flatten before the last dense layer: no weight is tied to a place, and the picture's size does not matter. Source: Lin,
 * Chen, Yan, "Network In Network" (2014), section 3.2.
 *
 * x: [height, width, channels] or [length, channels]; y: [channels].
 */
import { ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { at, cellAt, example, formatShape, type Shape, sizeOf, tensor } from '../tensor.ts';
import { evaluate } from './explanation.ts';
import { type Kept, type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { span, whole } from './region.ts';

export type GlobalAveragePoolConfig = Record<never, never>;

const parameters: Parameters<GlobalAveragePoolConfig> = {};

export const globalAveragePoolKind: LayerKind<GlobalAveragePoolConfig> = {
  type: 'global-average-pool',
  parameters,
  create,
};

function create(config: GlobalAveragePoolConfig): Layer<GlobalAveragePoolConfig> {
  return {
    type: 'global-average-pool',
    config,
    ...withoutWeights(),

    outputShape(input) {
      if (input.length < 2 || input.includes(0)) {
        throw new ShapeError(
          `global-average-pool needs a picture of height × width × channels or a series of length × channels, but ${formatShape(input)} came.`,
        );
      }
      return [channelsOf(input)];
    },

    forward(x, pass) {
      const channels = channelsOf(x.shape);
      const y = tensor([x.shape[0], channels]);
      for (let n = 0; n < x.shape[0]; n++) {
        y.data.set(pass.kernels.channelMoments(example(x, n)).mean.data, n * channels);
      }
      pass.keep?.set('shape', Int32Array.from(x.shape));
      return y;
    },

    backward(dy, pass) {
      const dx = tensor([...((pass.keep as Kept).get('shape') as Int32Array)]);
      const [count, channels] = dy.shape;
      for (let n = 0; n < count; n++) {
        const { data } = example(dx, n);
        const share = example(dy, n).data.map((value) => value / (data.length / channels));
        for (let i = 0; i < data.length; i += channels) data.set(share, i);
      }
      return { dx, dweights: {} };
    },

    explain([channel], x) {
      const channels = channelsOf(x.shape);
      const terms = Array.from({ length: sizeOf(x.shape) / channels }, (_, place) => {
        const from = cellAt(x.shape, place * channels + channel);
        return { from, value: at(x, from) };
      });
      const explanation = { op: 'mean', terms } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    field: ([channel], input) => whole(input).with(-1, span(channel, channel + 1, channelsOf(input))),
  };
}

function channelsOf(shape: Shape): number {
  return shape[shape.length - 1];
}
