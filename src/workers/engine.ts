/**
 * The page's way to the engine: the functions of EngineCalls, run in a worker, as promises.
 *
 *     const info = await engine.load('keywords');
 *     const trace = await engine.trace('keywords', clip.samples, clip.sampleRate, clip.start);
 *     if (!trace) return; // a newer clip has come meanwhile: its own call has the answer
 *
 * `trace`, `explain`, `field` and `hear` answer the newest question alone: a call that still waits when a newer one of
 * the same name comes resolves to undefined. Errors are those of `src/lib/errors.ts`, with a sentence for the reader.
 */
import { signal } from '@preact/signals';
import { createCaller, type Port, type Request } from './calls.ts';
import type { EngineCalls } from './protocol.ts';

/** The share of the model's weights that has been downloaded, 0 to 1; undefined while no model is being loaded. */
export const modelProgress = signal<number | undefined>(undefined);

type Answered = 'load' | 'weights' | 'answer';
export type Engine = {
  [Name in keyof EngineCalls]: (
    ...args: Parameters<EngineCalls[Name]>
  ) => Promise<ReturnType<EngineCalls[Name]> | (Name extends Answered ? never : undefined)>;
};

const caller = createCaller(openWorker, (_event, share) => {
  modelProgress.value = share < 1 ? share : undefined;
});

/** A long clip is posted once: while the samples of `trace` and `answer` stay the same array, null stands in their place. */
function openWorker(): Port {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  let posted: unknown;
  return Object.assign(worker as Port, {
    postMessage(request: Request) {
      const [model, samples, ...rest] = request.args;
      const hasSamples = request.call === 'trace' || request.call === 'answer';
      const known = hasSamples && samples === posted;
      if (hasSamples) posted = samples;
      Worker.prototype.postMessage.call(worker, known ? { ...request, args: [model, null, ...rest] } : request);
    },
  });
}

export const engine = {
  load: (...args) => caller.call('load', args),
  answer: (...args) => caller.call('answer', args),
  weights: (...args) => caller.call('weights', args),
  trace: (...args) => caller.callLatest('trace', args),
  explain: (...args) => caller.callLatest('explain', args),
  field: (...args) => caller.callLatest('field', args),
  hear: (...args) => caller.callLatest('hear', args),
} as Engine;
