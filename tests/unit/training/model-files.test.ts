import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { getWeights } from '../../../src/lib/model/network.ts';
import { createWorkbench } from '../../../src/lib/train/engine.ts';
import { attach } from '../../../src/lib/train/flat.ts';
import { install, readModel, writeRun } from '../../../training/model-files.ts';
import { small, smallClips } from '../train/small.ts';
import { temporaryFolder } from './recordings.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const { judged } = smallClips(300);
const record = { seed: 5, epochs: 1, bestEpoch: 1, temperature: 1, splits: [], history: [], recipe: {} };

/** Writes a run with fresh weights, each multiplied by a factor. */
function writeFresh(name: string, factor: number): string {
  const { network, layout, memory } = createWorkbench(small);
  attach(
    network,
    layout,
    memory.weights.map((weight) => factor * weight),
  );
  const path = join(folder.path, name);
  writeRun(path, small.architecture, getWeights(network), record);
  return path;
}

describe('installing a run', () => {
  it('stores half precision where the answers hold, at half the bytes', async () => {
    const from = writeFresh('gentle', 0.1);
    const to = join(folder.path, 'installed');
    const installed = await install(small, judged, plainKernels, from, to);
    expect(installed).toMatchObject({ storage: 'F16', changedAnswers: 0 });
    expect(installed.largestChange).toBeGreaterThan(0);
    expect(installed.bytes).toBe(statSync(join(to, 'weights.safetensors')).size);
    const weights = getWeights(await readModel('small', to));
    for (const [name, { data }] of Object.entries(getWeights(await readModel('small', from)))) {
      for (const [i, value] of data.entries()) expect(Math.abs(weights[name].data[i] - value)).toBeLessThan(1e-3);
    }
  });

  it('keeps full precision where half would not hold the weights', async () => {
    const installed = await install(small, judged, plainKernels, writeFresh('wild', 1e6), join(folder.path, 'wide'));
    expect(installed.storage).toBe('F32');
  });

  it('writes nothing where there is no finished run', async () => {
    const to = join(folder.path, 'nothing');
    await expect(install(small, judged, plainKernels, join(folder.path, 'none'), to)).rejects.toThrow(
      'Train it first: npm run train -- small',
    );
    expect(existsSync(to)).toBe(false);
  });
});
