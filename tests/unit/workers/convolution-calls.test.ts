import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { loadNetwork } from '../../../src/lib/model/load.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at } from '../../../src/lib/tensor.ts';
import { type Bench, createBench } from '../../../src/workers/lab/bench.ts';
import { convolutionCalls } from '../../../src/workers/lab/convolution-calls.ts';
import { createShelf } from '../../../src/workers/shelf.ts';
import { loadKernels } from '../../../training/kernels.ts';

const fetchModel = (model: string) => async (file: string) =>
  new Uint8Array(await readFile(`public/models/${model}/${file}`));
const random = createRandom(1);
const noise = { samples: new Float32Array(16000).map(() => 0.1 * random.normal()), sampleRate: 16000, start: 0 };

let bench: Bench;
let told: number[];
beforeAll(() => {
  told = [];
  const shelf = createShelf(
    fetchModel,
    async () => ({ kernels: await loadKernels(), note: '' }),
    () => {},
  );
  bench = createBench(shelf, (share) => told.push(share));
  bench.hold(noise);
});

describe('the computations of chapter 7', () => {
  it('take a map apart into what adds up to it, bias and all', async () => {
    const { parts, bias, whole } = await convolutionCalls(bench).takenApart(31);
    expect(parts.shape).toEqual([28, 28, 32]);
    for (let cell = 0; cell < whole.data.length; cell += 37) {
      let sum = bias;
      for (let map = 0; map < 32; map++) sum += parts.data[cell * 32 + map];
      expect(sum).toBeCloseTo(whole.data[cell], 4);
    }
  });

  it('trace a cell to the very seconds and hertz that the engine finds, and silence the rest', async () => {
    const network = await loadNetwork(fetchModel('keywords'));
    const { field, heard } = await convolutionCalls(bench).cellSound('relu2', [10, 6, 31]);
    const expected = soundOfCell(network, 7, [10, 6, 31]);
    expect(field.seconds).toEqual(expected.seconds);
    expect(field.hertz).toEqual(expected.hertz);
    expect(heard.samples).toHaveLength(16000);
    const [from] = field.seconds;
    expect(heard.samples.slice(0, Math.floor(16000 * (from - 0.01))).every((value) => value === 0)).toBe(true);
  });

  it('have the kernel that the chapter reads: 22 has its two largest weights among the latest moments', async () => {
    const { weights } = await convolutionCalls(bench).stageOutputs(['conv1']);
    const kernel = Array.from({ length: 9 }, (_, place) => weights.conv1.weight.data[place * 32 + 22]);
    const order = [...kernel.keys()].sort((a, b) => kernel[b] - kernel[a]);
    expect(order.slice(0, 2).map((place) => Math.floor(place / 3))).toEqual([2, 2]);
  });

  it('lay a kernel on the whole clip, and refuse one that does not fit', async () => {
    const calls = convolutionCalls(bench);
    const kernel = { size: 3, weights: [0, 0, 0, 0, 1, 0, 0, 0, 0], bias: 0, padding: 'same' as const };
    const { input } = calls.ownInput();
    const { output } = await calls.ownKernel(kernel);
    expect(Array.from(output.data)).toEqual(Array.from(input.data));
    bench.hold({ ...noise, samples: noise.samples.subarray(0, 600) });
    await expect(calls.ownKernel({ ...kernel, padding: 'valid' })).rejects.toThrow('window of 3');
    bench.hold({ ...noise, samples: noise.samples.subarray(0, 200) });
    expect(() => calls.ownInput()).toThrow('shorter');
    bench.hold({ ...noise, samples: new Float32Array(16000) });
    expect(calls.ownInput().input.data.every((value) => value === 0)).toBe(true);
    bench.hold(noise);
  });

  it('find the columns that the strongest pooled cell depends on: six of the picture', async () => {
    const { cell, columns } = await convolutionCalls(bench).strongestPooled();
    expect(columns).toEqual({ start: 2 * cell[0], end: 2 * cell[0] + 6 });
  });

  it('find a picture that excites a map more than the clip does, the same for the same seed, and make it heard', async () => {
    const calls = convolutionCalls(bench);
    const found = await calls.excite('relu1', 22, 7);
    const { outputs } = await calls.stageOutputs(['relu1']);
    let mean = 0;
    for (let i = 0; i < 30; i++) for (let j = 0; j < 30; j++) mean += at(outputs.relu1, [i, j, 22]) / 900;
    expect(found.ofClip).toBeCloseTo(mean, 5);
    expect(found.value).toBeGreaterThan(2 * found.ofClip);
    expect(found.samples.some((value) => Math.abs(value) > 1e-4)).toBe(true);
    expect(found.samples.every(Number.isFinite)).toBe(true);
    expect(told.at(-1)).toBeCloseTo(1, 6);
    expect((await calls.excite('relu1', 22, 7)).picture.data).toEqual(found.picture.data);
    expect((await calls.excite('relu1', 22, 8)).picture.data).not.toEqual(found.picture.data);
  }, 60_000);
});
