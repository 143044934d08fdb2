/**
 * The page's way to the chapters' computations: the functions of LabCalls, run in a worker on the reader's clip.
 *
 *     const picture = await ask('3.2', clip, 'magnitudes', options);
 *     if (!picture) return; // the same figure has asked again meanwhile: its newer question has the answer
 *
 * Quick questions share one worker and wait for one another; a long job has a worker of its own, so that it holds
 * nothing up and can be stopped. Errors are those of `src/lib/errors.ts`, with a sentence for the reader.
 */
import { createCaller, type Port, type Request } from './calls.ts';
import type { LabClip } from './lab/bench.ts';
import type { LabCalls } from './lab/lab-calls.ts';

export type LabCall = keyof LabCalls;
export type LabArguments<Name extends LabCall> = Parameters<LabCalls[Name]>;
export type LabResult<Name extends LabCall> = Awaited<ReturnType<LabCalls[Name]>>;

export interface Job<Result> {
  /** Undefined where the job was stopped. */
  readonly result: Promise<Result | undefined>;
  stop(): void;
}

interface Lane {
  hold(clip: LabClip): void;
  ask(key: string, call: LabCall, args: readonly unknown[]): Promise<unknown>;
  close(): void;
}

function openLane(onEvent: (event: string, share: number) => void): Lane {
  let worker: Worker | undefined;
  let held: LabClip | undefined;
  const caller = createCaller((): Port => {
    worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
    const opened = worker;
    return Object.assign(opened as Port, {
      postMessage: (request: Request) => Worker.prototype.postMessage.call(opened, request),
    });
  }, onEvent);
  return {
    hold(clip) {
      if (clip.samples === held?.samples && clip.sampleRate === held.sampleRate && clip.start === held.start) return;
      held = clip;
      void caller.call('hold', [clip.samples, clip.sampleRate, clip.start]);
    },
    ask: (key, call, args) => caller.callLatest(call, args, key),
    close: () => worker?.terminate(),
  };
}

let quick: Lane | undefined;

/** Asks for a figure; its older question, where that still waits, is dropped and resolves to undefined. */
export function ask<Name extends LabCall>(
  figure: string,
  clip: LabClip,
  call: Name,
  ...args: LabArguments<Name>
): Promise<LabResult<Name> | undefined> {
  quick ??= openLane(() => {});
  quick.hold(clip);
  return quick.ask(figure, call, args) as Promise<LabResult<Name> | undefined>;
}

/** Starts a long computation. `onProgress` hears the share that is done, 0 to 1. */
export function startJob<Name extends LabCall>(
  clip: LabClip,
  call: Name,
  args: LabArguments<Name>,
  onProgress: (share: number) => void,
): Job<LabResult<Name>> {
  const lane = openLane((event, share) => event === 'job' && onProgress(share));
  lane.hold(clip);
  let stopWaiting = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    stopWaiting = () => resolve(undefined);
  });
  const answer = lane.ask(call, call, args) as Promise<LabResult<Name> | undefined>;
  return {
    result: Promise.race([answer, stopped]).finally(() => lane.close()),
    stop() {
      lane.close();
      stopWaiting();
    },
  };
}
