/**
 * What the worker computes for the chapters: one table of functions a chapter, over the clip that `hold` has handed
 * over. A figure calls them by name through `workers/lab.ts`; what they return is posted to the page.
 */
import type { Shelf } from '../shelf.ts';
import { createBench } from './bench.ts';
import { convolutionCalls } from './convolution-calls.ts';
import { denseCalls } from './dense-calls.ts';
import { melCalls } from './mel-calls.ts';
import { normalisationCalls } from './normalisation-calls.ts';
import { resizeCalls } from './resize-calls.ts';
import { spectrogramCalls } from './spectrogram-calls.ts';
import { timingCalls } from './timing-calls.ts';

export function createLabCalls(shelf: Shelf, progress: (share: number) => void) {
  const bench = createBench(shelf, progress);
  return {
    hold: (samples: Float32Array, sampleRate: number, start: number) => bench.hold({ samples, sampleRate, start }),
    ...convolutionCalls(bench),
    ...melCalls(bench),
    ...normalisationCalls(bench),
    ...resizeCalls(bench),
    ...spectrogramCalls(bench),
    ...timingCalls(bench),
    ...denseCalls(bench),
  };
}

export type LabCalls = Omit<ReturnType<typeof createLabCalls>, 'hold'>;
