/** The chapters' computations over a built-in clip, when the site is built. */
import { readFile } from 'node:fs/promises';
import { plainKernels } from '@/lib/kernels/plain';
import type { Clip } from '@/reader/clip';
import { createLabCalls, type LabCalls } from '@/workers/lab/lab-calls';
import { createShelf } from '@/workers/shelf';
import { builtInClip } from './still.ts';

export interface BuiltInLab {
  readonly clip: Clip;
  readonly calls: LabCalls;
}

const shelf = createShelf(
  (model) => async (file) => new Uint8Array(await readFile(`public/models/${model}/${file}`)),
  async () => ({ kernels: plainKernels, note: undefined }),
  () => {},
);

const labs = new Map<string, Promise<BuiltInLab>>();

/** The same for every caller: a model is loaded once. */
export function builtInLab(name: string): Promise<BuiltInLab> {
  const lab = labs.get(name) ?? open(name);
  labs.set(name, lab);
  return lab;
}

async function open(name: string): Promise<BuiltInLab> {
  const { samples, sampleRate } = await builtInClip(name);
  const calls = createLabCalls(shelf, () => {});
  calls.hold(samples, sampleRate, 0);
  return { clip: { id: name, name, source: 'built-in', samples, sampleRate, start: 0, notices: [] }, calls };
}
