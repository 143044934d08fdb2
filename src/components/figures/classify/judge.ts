/** The page's use of the engine: every clip of the reader's goes through the model, and what came of it is kept here. */
import { effect, signal } from '@preact/signals';
import { type Clip, clip } from '@/reader/clip';
import { sentenceOf } from '@/reader/notice';
import { engine } from '@/workers/engine';
import type { ModelInfo, TraceResult } from '@/workers/protocol';

export const model = 'keywords';

/** One run of the model, with the clip that went in. */
export interface Run {
  readonly clip: Clip;
  readonly info: ModelInfo;
  readonly trace: TraceResult;
}

/** The newest run; the one before stands until the next is there. */
export const run = signal<Run | undefined>(undefined);
/** Why the newest clip did not run, in a sentence for the reader. */
export const failure = signal<string | undefined>(undefined);

/** Runs every clip of the reader's. Returns a function that ends it. */
export function watchClip(): () => void {
  return effect(() => {
    if (clip.value) void judge(clip.value);
  });
}

/** Tries once more after a failure. */
export function tryAgain(): void {
  failure.value = undefined;
  if (clip.value) void judge(clip.value);
}

async function judge(current: Clip): Promise<void> {
  try {
    const info = await engine.load(model);
    const trace = await engine.trace(model, current.samples, current.sampleRate, current.start);
    if (!trace) return;
    failure.value = undefined;
    run.value = { clip: current, info, trace };
  } catch (error) {
    failure.value = sentenceOf(error, 'The network could not run on this sound. Try again, or choose another sound.');
  }
}
