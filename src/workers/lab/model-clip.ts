/** The second of the reader's clip that a model judges, as the model takes it, and what the model made of it. */
import { fitToLength } from '../../lib/audio/fit.ts';
import { removeOffset } from '../../lib/audio/offset.ts';
import { resample } from '../../lib/audio/resample.ts';
import { type Trace, traceClip } from '../../lib/model/network.ts';
import { type Tensor, tensor } from '../../lib/tensor.ts';
import type { ModelInfo } from '../protocol.ts';
import type { Loaded } from '../shelf.ts';
import type { Bench, LabClip } from './bench.ts';

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

export interface Heard extends Loaded {
  readonly clip: Tensor;
  readonly trace: Trace;
}

const traces = new WeakMap<LabClip, Map<string, { readonly clip: Tensor; readonly trace: Trace }>>();

/** A model, the second that it judges, and its trace of it, which is made once a clip. */
export async function heardBy(bench: Bench, model: string): Promise<Heard> {
  const held = bench.clip();
  const loaded = await bench.open(model);
  const known = traces.get(held) ?? new Map();
  traces.set(held, known);
  if (!known.has(model)) {
    const clip = modelClip(held, loaded.info);
    known.set(model, { clip, trace: traceClip(loaded.network, clip, loaded.kernels) });
  }
  return { ...loaded, ...known.get(model) };
}
