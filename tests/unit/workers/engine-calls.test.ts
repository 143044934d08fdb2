import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { evaluate } from '../../../src/lib/layers/explanation.ts';
import { type Architecture, hashArchitecture } from '../../../src/lib/model/architecture.ts';
import type { FetchFile } from '../../../src/lib/model/load.ts';
import { createNetwork, getWeights, initialise } from '../../../src/lib/model/network.ts';
import { writeSafetensors } from '../../../src/lib/model/safetensors.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at } from '../../../src/lib/tensor.ts';
import { createEngineCalls } from '../../../src/workers/engine-calls.ts';
import { createShelf } from '../../../src/workers/shelf.ts';

const architecture: Architecture = {
  format: 'kuulo-architecture-1',
  name: 'small',
  input: { sampleRate: 16000, samples: 16000 },
  classes: ['a', 'b'],
  stages: [
    { name: 'spectrogram', type: 'spectrogram', config: { winLength: 255, hopLength: 128, nFft: 256, centre: false } },
    { name: 'resized', type: 'resize', config: { height: 8, width: 8 } },
    { name: 'conv', type: 'conv2d', config: { filters: 2, kernelHeight: 3, kernelWidth: 3 } },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense', type: 'dense', config: { units: 2 } },
    { name: 'softmax', type: 'softmax' },
  ],
};

function setUp(fails = 0) {
  const network = createNetwork(architecture);
  initialise(network, createRandom(1));
  const weights = writeSafetensors(getWeights(network), hashArchitecture(architecture), 'F32');
  const fetched: string[] = [];
  const fetchFile: FetchFile = async (file, onBytes) => {
    fetched.push(file);
    if (fetched.length <= fails) throw new Error('offline');
    onBytes?.(5, 10);
    return file === 'architecture.json' ? new TextEncoder().encode(JSON.stringify(architecture)) : weights;
  };
  const progress: number[] = [];
  const shelf = createShelf(
    () => fetchFile,
    async () => ({ kernels: plainKernels, note: 'Slow.' }),
    (share) => progress.push(share),
  );
  const calls = createEngineCalls(shelf);
  return { calls, fetched, progress };
}

function tone(sampleRate: number, seconds: number): Float32Array {
  const length = Math.round(sampleRate * seconds);
  return Float32Array.from({ length }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 1000 * n) / sampleRate));
}

describe('createEngineCalls', () => {
  it('loads a model once, tells how far it is, and describes it', async () => {
    const { calls, fetched, progress } = setUp();
    const [info] = await Promise.all([calls.load('small'), calls.load('small')]);
    expect(info).toMatchObject({ name: 'small', classes: ['a', 'b'], sampleRate: 16000, samples: 16000 });
    expect(info).toMatchObject({ kernels: 'TypeScript', kernelsNote: 'Slow.' });
    expect(info.stages.map(({ name }) => name)).toEqual(architecture.stages.map(({ name }) => name));
    expect(info.stages[0]).toMatchObject({ inputShape: [16000], outputShape: [124, 129, 1] });
    expect(fetched).toEqual(['architecture.json', 'weights.safetensors']);
    expect(progress).toEqual([0.5, 1]);
  });

  it('tries again after a load that failed', async () => {
    const { calls } = setUp(1);
    await expect(calls.load('small')).rejects.toThrow('offline');
    expect((await calls.load('small')).name).toBe('small');
  });

  it('judges the second that was asked for, at the rate of the model', async () => {
    const { calls } = setUp();
    const clip = new Float32Array(3 * 48000);
    clip.set(tone(48000, 1), 48000);
    const whole = await calls.trace('small', clip, 48000, 1);
    expect(whole.input.shape).toEqual([16000]);
    const [spectrogram] = whole.outputs;
    const frame = spectrogram.data.subarray(60 * 129, 61 * 129);
    expect(frame.indexOf(Math.max(...frame))).toBe(16);
    expect(whole.milliseconds).toBeGreaterThan(0);
    const silent = await calls.trace('small', clip, 48000, 2.1);
    expect(Math.max(...silent.outputs[0].data)).toBeLessThan(1e-3);
  });

  it('gives the answer alone as the trace ends in it', async () => {
    const { calls } = setUp();
    const clip = tone(48000, 2);
    const { outputs } = await calls.trace('small', clip, 48000, 0.3);
    const { shares, milliseconds } = await calls.answer('small', clip, 48000, 0.3);
    expect(shares).toEqual(outputs.at(-1)?.data);
    expect(milliseconds).toBeGreaterThan(0);
  });

  it('fills a clip that is too short with silence, wherever it is laid', async () => {
    const { calls } = setUp();
    const { input } = await calls.trace('small', tone(16000, 0.2), 16000, -0.4);
    expect(input.data.findIndex((value) => value !== 0)).toBe(6400);
    expect(input.data.subarray(9600).every((value) => value === 0)).toBe(true);
  });

  it('explains the cells of the last trace', async () => {
    const { calls } = setUp();
    await expect(calls.explain('small', 2, [0, 0, 0])).rejects.toThrow('No clip has gone through this model yet.');
    const { outputs } = await calls.trace('small', tone(16000, 1), 16000, 0);
    for (const [stage, cell] of [
      [0, [3, 16, 0]],
      [1, [2, 1, 0]],
      [2, [4, 1, 1]],
      [4, [1]],
    ] as const) {
      const explanation = await calls.explain('small', stage, cell);
      expect(explanation.result).toBeCloseTo(at(outputs[stage], cell), 4);
      expect(evaluate(explanation)).toBeCloseTo(explanation.result, 4);
    }
  });

  it('finds the field of a cell and lets it be heard', async () => {
    const { calls } = setUp();
    const { input } = await calls.trace('small', tone(16000, 1), 16000, 0);
    const { seconds, hertz, regions } = await calls.field('small', 0, [10, 16, 0]);
    expect([...seconds, ...hertz]).toEqual([0.08, 1535 / 16000, 968.75, 1031.25]);
    expect(regions).toHaveLength(1);
    const { samples, sampleRate } = await calls.hear('small', [0, 1], [0, 8000]);
    expect(sampleRate).toBe(16000);
    expect(samples.every((value, n) => Math.abs(value - input.data[n]) < 1e-4)).toBe(true);
  });

  it('gives the weights of a stage by name', async () => {
    const { calls } = setUp();
    const weights = await calls.weights('small', 2);
    expect(Object.keys(weights).sort()).toEqual(['bias', 'weight']);
    expect(weights.weight.shape).toEqual([3, 3, 1, 2]);
  });
});
