/** The models that the worker has at hand, each loaded once. */
import type { Choice } from '../lib/kernels/choose.ts';
import type { Kernels } from '../lib/kernels/kernels.ts';
import { classWords } from '../lib/model/class-words.ts';
import { type FetchFile, loadArchitecture, loadNetwork } from '../lib/model/load.ts';
import { createNetwork, type Network, traceClip } from '../lib/model/network.ts';
import { tensor } from '../lib/tensor.ts';
import type { ModelInfo } from './protocol.ts';
import { stagesOf } from './stages.ts';

export interface Loaded {
  readonly network: Network;
  readonly info: ModelInfo;
  readonly kernels: Kernels;
}

export interface Shelf {
  /** The model of that name, loaded at the first call. */
  open(model: string): Promise<Loaded>;
  /** The model's network without its weights, which its preprocessing does not need: a few kilobytes to load. */
  outline(model: string): Promise<Network>;
}

/**
 * @param fetchModel gives the files of a model's folder by the model's name
 * @param choose loads the kernels; called once
 * @param onProgress hears the share of a model's weights that has come, 0 to 1
 */
export function createShelf(
  fetchModel: (model: string) => FetchFile,
  choose: () => Promise<Choice>,
  onProgress: (share: number) => void,
): Shelf {
  let chosen: Promise<Choice> | undefined;
  const models = new Map<string, Promise<Loaded>>();
  const outlines = new Map<string, Promise<Network>>();

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
      classes: architecture.classes.map(classWords),
      ...architecture.input,
      stages: stagesOf(network),
      kernels: kernels.name,
      ...(note ? { kernelsNote: note } : {}),
    };
    return { network, info, kernels };
  }

  return {
    open: (model) => once(models, model, read),
    outline: (model) => once(outlines, model, async () => createNetwork(await loadArchitecture(fetchModel(model)))),
  };
}

/** What `load` gives for a name, loaded at the first call. */
function once<Value>(
  known: Map<string, Promise<Value>>,
  name: string,
  load: (name: string) => Promise<Value>,
): Promise<Value> {
  let loading = known.get(name);
  if (!loading) {
    loading = load(name);
    known.set(name, loading);
    // A load that failed, for want of a connection perhaps, is tried again at the next call.
    loading.catch(() => known.delete(name));
  }
  return loading;
}
