/** The second of the reader's clip that a model judges, as the model takes it. */
import { fitToLength } from '../../lib/audio/fit.ts';
import { removeOffset } from '../../lib/audio/offset.ts';
import { resample } from '../../lib/audio/resample.ts';
import { type Tensor, tensor } from '../../lib/tensor.ts';
import type { ModelInfo } from '../protocol.ts';
import type { LabClip } from './bench.ts';

const resampled = new WeakMap<Float32Array, { readonly from: number; readonly to: number; samples: Float32Array }>();

/** [samples] at the model's rate, without an offset, from `start` on; zeros where the clip has nothing. */
export function modelClip(
  { samples, sampleRate, start }: LabClip,
  { sampleRate: rate, samples: length }: Pick<ModelInfo, 'sampleRate' | 'samples'>,
): Tensor {
  let known = resampled.get(samples);
  if (known?.from !== sampleRate || known.to !== rate) {
    known = { from: sampleRate, to: rate, samples: removeOffset(resample(samples, sampleRate, rate)) };
    resampled.set(samples, known);
  }
  return tensor([length], fitToLength({ samples: known.samples, sampleRate: rate }, length, start).samples);
}
