/** What the compute worker does, apart from being a worker: the functions of EngineCalls over the engine. */
import { fitToLength } from '../lib/audio/fit.ts';
import { removeOffset } from '../lib/audio/offset.ts';
import { resample } from '../lib/audio/resample.ts';
import { ModelError } from '../lib/errors.ts';
import { soundOfCell } from '../lib/insight/field-to-sound.ts';
import { hearField } from '../lib/insight/hear.ts';
import type { Choice } from '../lib/kernels/choose.ts';
import type { Kernels } from '../lib/kernels/kernels.ts';
import { type FetchFile, loadNetwork } from '../lib/model/load.ts';
import { inputOf, type Network, type Trace, traceClip } from '../lib/model/network.ts';
import { tensor } from '../lib/tensor.ts';
import type { EngineCalls, ModelInfo } from './protocol.ts';
import { stagesOf } from './stages.ts';

type Loading = {
  [Name in keyof EngineCalls]: (...args: Parameters<EngineCalls[Name]>) => Promise<ReturnType<EngineCalls[Name]>>;
};

interface Loaded {
  readonly network: Network;
  readonly info: ModelInfo;
  readonly kernels: Kernels;
  last?: Trace;
}

/**
 * @param fetchModel gives the files of a model's folder by the model's name
 * @param choose loads the kernels; called once
 * @param onProgress hears the share of a model's weights that has come, 0 to 1
 */
export function createEngineCalls(
  fetchModel: (model: string) => FetchFile,
  choose: () => Promise<Choice>,
  onProgress: (share: number) => void,
): Loading {
  let chosen: Promise<Choice> | undefined;
  const models = new Map<string, Promise<Loaded>>();
  let resampled: { from: Float32Array; sampleRate: number; rate: number; samples: Float32Array } | undefined;

  function open(model: string): Promise<Loaded> {
    let loading = models.get(model);
    if (!loading) {
      loading = read(model);
      models.set(model, loading);
      // A load that failed, for want of a connection perhaps, is tried again at the next call.
      loading.catch(() => models.delete(model));
    }
    return loading;
  }

  async function read(model: string): Promise<Loaded> {
    chosen ??= choose();
    const { kernels, note } = await chosen;
    const network = await loadNetwork(fetchModel(model), onProgress);
    onProgress(1);
    const { architecture, stages } = network;
    kernels.freeze(stages.flatMap(({ layer }) => Object.values(layer.weights)));
    // The first runs are slow until the code is compiled; the reader's clip shall not pay for that.
    for (let run = 0; run < 2; run++) traceClip(network, tensor([architecture.input.samples]), kernels);
    const info: ModelInfo = {
      name: architecture.name,
      classes: architecture.classes,
      ...architecture.input,
      stages: stagesOf(network),
      kernels: kernels.name,
      ...(note ? { kernelsNote: note } : {}),
    };
    return { network, info, kernels };
  }

  /** The clip as a model takes it: at its rate, without an offset. */
  function atRate(samples: Float32Array, sampleRate: number, rate: number): Float32Array {
    const same = resampled?.from === samples && resampled.sampleRate === sampleRate && resampled.rate === rate;
    if (!resampled || !same) {
      resampled = { from: samples, sampleRate, rate, samples: removeOffset(resample(samples, sampleRate, rate)) };
    }
    return resampled.samples;
  }

  function lastTrace(loaded: Loaded): Trace {
    if (!loaded.last) throw new ModelError('No clip has gone through this model yet. Choose or record one first.');
    return loaded.last;
  }

  return {
    load: async (model) => (await open(model)).info,

    async trace(model, samples, sampleRate, start) {
      const loaded = await open(model);
      const { sampleRate: rate, samples: length } = loaded.info;
      const clip = fitToLength({ samples: atRate(samples, sampleRate, rate), sampleRate: rate }, length, start);
      const before = performance.now();
      loaded.last = traceClip(loaded.network, tensor([length], clip.samples), loaded.kernels);
      return { ...loaded.last, milliseconds: performance.now() - before };
    },

    async explain(model, stage, cell) {
      const loaded = await open(model);
      const trace = lastTrace(loaded);
      return loaded.network.stages[stage].layer.explain(cell, inputOf(trace, stage));
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
