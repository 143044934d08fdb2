import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scratch, WasmMemory } from '../../../src/lib/kernels/memory.ts';
import { kernelsOf } from '../../../src/lib/kernels/wasm.ts';
import type { Module } from '../../../src/lib/kernels/workspace.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { readBuild } from './support.ts';

const PAGE = 65536;

describe('WasmMemory', () => {
  it('gives out blocks that do not overlap, and takes all of them back', () => {
    const steps = fc.array(fc.oneof(fc.record({ take: fc.nat(200_000) }), fc.record({ release: fc.nat(20) })));
    fc.assert(
      fc.property(steps, fc.nat(2), (all, pages) => {
        const wasm = new WebAssembly.Memory({ initial: pages });
        const memory = new WasmMemory(wasm);
        const blocks: { address: number; bytes: number }[] = [];
        for (const step of all) {
          if ('take' in step) {
            const block = { address: memory.take(step.take), bytes: step.take };
            expect(block.address % 64).toBe(0);
            expect(block.address).toBeGreaterThanOrEqual(pages * PAGE);
            expect(block.address + block.bytes).toBeLessThanOrEqual(wasm.buffer.byteLength);
            for (const { address, bytes } of blocks) {
              expect(block.address >= address + bytes || address >= block.address + block.bytes).toBe(true);
            }
            blocks.push(block);
          } else if (blocks.length > 0) {
            for (const { address } of blocks.splice(step.release % blocks.length, 1)) memory.release(address);
          }
        }
        for (const { address } of blocks) memory.release(address);
        // All in one piece again: the whole of it can be taken without growing.
        const { byteLength } = wasm.buffer;
        if (byteLength > pages * PAGE) memory.take(byteLength - pages * PAGE - 64);
        expect(wasm.buffer.byteLength).toBe(byteLength);
      }),
    );
  });
});

describe('Scratch', () => {
  it('settles on one block as large as the largest call', () => {
    const wasm = new WebAssembly.Memory({ initial: 0 });
    const scratch = new Scratch(new WasmMemory(wasm));
    const call = (sizes: readonly number[]) => {
      const taken = sizes.map((size) => ({ address: scratch.take(size), size }));
      taken.sort((a, b) => a.address - b.address);
      for (let i = 1; i < taken.length; i++) {
        expect(taken[i].address).toBeGreaterThanOrEqual(taken[i - 1].address + 4 * taken[i - 1].size);
      }
      scratch.clear();
    };
    call([100_000, 5]);
    call([1, 2, 300_000]);
    const { byteLength } = wasm.buffer;
    for (let i = 0; i < 50; i++) call([1 + i, 2, 299_000]);
    expect(wasm.buffer.byteLength).toBe(byteLength);
  });
});

describe('frozen weights', () => {
  it('are forgotten with the tensor they were made from', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { instance } = await WebAssembly.instantiate(readBuild('simd'));
    const module = instance.exports as unknown as Module;
    const kernels = kernelsOf(module);
    const megabytes = () => module.memory.buffer.byteLength / 2 ** 20;
    const useOnce = () => {
      const w = tensor([512, 512]);
      kernels.freeze([w]);
      kernels.dense(tensor([1, 512]), w, tensor([512]));
    };
    for (let i = 0; i < 12; i++) {
      useOnce();
      collect();
      await setTimeout(1);
    }
    // Each takes one megabyte: without forgetting it would be twelve.
    expect(megabytes()).toBeLessThan(6);
  }, 60_000);
});
