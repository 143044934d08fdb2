/**
 * Loads a model: the one way for page, worker, trainer and tests. How bytes are fetched is the caller's business
 * (`fetch` in a page, `readFile` in Node).
 */
import { ModelError } from '../errors.ts';
import { type Architecture, hashArchitecture, readArchitecture } from './architecture.ts';
import { createNetwork, type Network, setWeights } from './network.ts';
import { readSafetensors } from './safetensors.ts';

/** Fetches a file of the model's folder by its name. `onBytes` hears how many of how many bytes have come. */
export type FetchFile = (file: string, onBytes?: (done: number, total: number) => void) => Promise<Uint8Array>;

/**
 * Loads the architecture and the weights, and builds the network.
 * @param onProgress hears the share of the weights that has come, 0 to 1
 * @throws ModelError that says which file is missing, damaged or does not belong
 */
export async function loadNetwork(fetchFile: FetchFile, onProgress?: (share: number) => void): Promise<Network> {
  const architecture = await loadArchitecture(fetchFile);
  const network = createNetwork(architecture);
  const file = await fetchFile('weights.safetensors', (done, total) => onProgress?.(total > 0 ? done / total : 0));
  const weights = readSafetensors(file, hashArchitecture(architecture));
  for (const [name, { data }] of Object.entries(weights)) {
    if (!data.every(Number.isFinite)) {
      throw new ModelError(
        `The weights "${name}" are not all finite numbers: a training went wrong. Train the model anew.`,
      );
    }
  }
  setWeights(network, weights);
  return network;
}

export async function loadArchitecture(fetchFile: FetchFile): Promise<Architecture> {
  return readArchitecture(await loadJson(fetchFile, 'architecture.json'));
}

async function loadJson(fetchFile: FetchFile, file: string): Promise<unknown> {
  const bytes = await fetchFile(file);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ModelError(`The model's ${file} is not readable JSON: it is damaged or cut short. Load it again.`);
  }
}
