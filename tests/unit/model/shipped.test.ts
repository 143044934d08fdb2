/** The shipped models against PyTorch, with their own weights: `tests/golden/shipped.py`. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { kernelsOf } from '../../../src/lib/kernels/wasm.ts';
import type { Module } from '../../../src/lib/kernels/workspace.ts';
import { loadNetwork } from '../../../src/lib/model/load.ts';
import { inferencePass, runStages, stageIndex } from '../../../src/lib/model/network.ts';
import { sizeOf, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/shipped.json' with { type: 'json' };
import { readBuild } from '../kernels/support.ts';

interface Golden {
  /** SHA-256 of the weights' file. */
  readonly weights: string;
  readonly from: string;
  readonly probabilities: readonly (readonly number[])[];
}

const models = new URL('../../../public/models/', import.meta.url);
const { instance } = await WebAssembly.instantiate(readBuild('simd'));
const wasmKernels = kernelsOf(instance.exports as unknown as Module);

describe.each(readdirSync(models))('%s', (name) => {
  const file = (of: string) => new Uint8Array(readFileSync(new URL(`${name}/${of}`, models)));
  const expected = (golden as Readonly<Record<string, Golden>>)[name];

  it('has golden values of the weights that are shipped', () => {
    expect(expected?.weights).toBe(createHash('sha256').update(file('weights.safetensors')).digest('hex'));
  });

  it.each([plainKernels, wasmKernels])('answers as PyTorch does, on $name', async (kernels) => {
    const network = await loadNetwork(async (of) => file(of));
    const first = stageIndex(network, expected.from);
    const shape = [2, ...network.stages[first].inputShape];
    const picture = Float32Array.from({ length: sizeOf(shape) }, (_, i) => 3 * (((i * 7919) % 2003) / 2003 - 0.5));
    const { data } = runStages(network, tensor(shape, picture), inferencePass(kernels), first);
    const wanted = expected.probabilities.flat();
    expect(data).toHaveLength(wanted.length);
    for (const [i, probability] of wanted.entries()) expect(Math.abs(data[i] - probability)).toBeLessThan(1e-5);
  });
});
