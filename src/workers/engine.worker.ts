/// <reference lib="webworker" />
/** The compute worker: a thin shell that gives the engine its model files and its kernels. */
import { ModelError } from '../lib/errors.ts';
import type { FetchFile } from '../lib/model/load.ts';
import { type Request, serve } from './calls.ts';
import { createEngineCalls } from './engine-calls.ts';
import { buffersOf } from './hand-over.ts';
import { loadKernels } from './kernels.ts';
import { createLabCalls } from './lab/lab-calls.ts';
import { createShelf } from './shelf.ts';

declare const self: DedicatedWorkerGlobalScope;

function fetchModel(model: string): FetchFile {
  return async (file, onBytes) => {
    const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/models/${model}/${file}`;
    const again = 'Check the connection and reload the page.';
    const response = await fetch(address).catch(() => {
      throw new ModelError(`The model's ${file} could not be fetched: the site cannot be reached. ${again}`);
    });
    if (!response.ok || !response.body) {
      throw new ModelError(`The model's ${file} could not be fetched: the site answered ${response.status}. ${again}`);
    }
    const total = Number(response.headers.get('content-length') ?? 0);
    const chunks: Uint8Array[] = [];
    let done = 0;
    try {
      for (const reader = response.body.getReader(); ; ) {
        const { value } = await reader.read();
        if (!value) break;
        chunks.push(value);
        done += value.length;
        onBytes?.(done, total);
      }
    } catch {
      throw new ModelError(`The download of the model's ${file} broke off after ${done} bytes. ${again}`);
    }
    const bytes = new Uint8Array(done);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  };
}

const shelf = createShelf(fetchModel, loadKernels, (share) => {
  self.postMessage({ event: 'progress', value: Math.min(share, 1) });
});
const table = {
  ...createEngineCalls(shelf),
  ...createLabCalls(shelf, (share) => self.postMessage({ event: 'job', value: share })),
};
const answer = serve<typeof table>(table, (reply) => {
  self.postMessage(reply, 'result' in reply ? buffersOf(reply.result) : []);
});

let lastSamples: unknown;
self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.call !== 'trace' && data.call !== 'answer') return void answer(data);
  const [model, samples, ...rest] = data.args;
  // null stands for the samples of the call before: see `openWorker` in engine.ts.
  lastSamples = samples ?? lastSamples;
  void answer({ ...data, args: [model, lastSamples, ...rest] });
};
