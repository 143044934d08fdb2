/** What the compute worker does, apart from being a worker: the functions of EngineCalls over the engine. */
import { fitToLength } from '../lib/audio/fit.ts';
import { removeOffset } from '../lib/audio/offset.ts';
import { resample } from '../lib/audio/resample.ts';
import { ModelError } from '../lib/errors.ts';
import { soundOfCell } from '../lib/insight/field-to-sound.ts';
import { hearField } from '../lib/insight/hear.ts';
import { classifyClip, explainCell, type Trace, traceClip } from '../lib/model/network.ts';
import { tensor } from '../lib/tensor.ts';
import type { EngineCalls } from './protocol.ts';
import type { Loaded, Shelf } from './shelf.ts';

type Loading = {
  [Name in keyof EngineCalls]: (...args: Parameters<EngineCalls[Name]>) => Promise<ReturnType<EngineCalls[Name]>>;
};

export function createEngineCalls({ open }: Shelf): Loading {
  const last = new WeakMap<Loaded, Trace>();
  let resampled: { from: Float32Array; sampleRate: number; rate: number; samples: Float32Array } | undefined;

  /** The clip as a model takes it: at its rate, without an offset. */
  function atRate(samples: Float32Array, sampleRate: number, rate: number): Float32Array {
    const same = resampled?.from === samples && resampled.sampleRate === sampleRate && resampled.rate === rate;
    if (!resampled || !same) {
      resampled = { from: samples, sampleRate, rate, samples: removeOffset(resample(samples, sampleRate, rate)) };
    }
    return resampled.samples;
  }

  function lastTrace(loaded: Loaded): Trace {
    const trace = last.get(loaded);
    if (!trace) throw new ModelError('No clip has gone through this model yet. Choose or record one first.');
    return trace;
  }

  return {
    load: async (model) => (await open(model)).info,

    async trace(model, samples, sampleRate, start) {
      const loaded = await open(model);
      const { sampleRate: rate, samples: length } = loaded.info;
      const clip = fitToLength({ samples: atRate(samples, sampleRate, rate), sampleRate: rate }, length, start);
      const before = performance.now();
      const trace = traceClip(loaded.network, tensor([length], clip.samples), loaded.kernels);
      last.set(loaded, trace);
      return { ...trace, milliseconds: performance.now() - before };
    },

    async answer(model, samples, sampleRate, start) {
      const loaded = await open(model);
      const { sampleRate: rate, samples: length } = loaded.info;
      const clip = fitToLength({ samples: atRate(samples, sampleRate, rate), sampleRate: rate }, length, start);
      const before = performance.now();
      const shares = classifyClip(loaded.network, tensor([length], clip.samples), loaded.kernels);
      return { shares: shares.slice(), milliseconds: performance.now() - before };
    },

    async explain(model, stage, cell) {
      const loaded = await open(model);
      return explainCell(loaded.network, lastTrace(loaded), stage, cell);
    },

    field: async (model, stage, cell) => soundOfCell((await open(model)).network, stage, cell),

    async hear(model, seconds, hertz) {
      const loaded = await open(model);
      const { sampleRate } = loaded.info;
      const clip = { samples: lastTrace(loaded).input.data, sampleRate };
      return { sampleRate, ...hearField(clip, { seconds, hertz }) };
    },

    weights: async (model, stage) => (await open(model)).network.stages[stage].layer.weights,
  };
}
