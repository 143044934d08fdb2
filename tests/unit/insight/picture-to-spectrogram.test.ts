import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/lib/errors.ts';
import { pictureToSpectrogram } from '../../../src/lib/insight/picture-to-spectrogram.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, initialise, stageIndex, traceClip } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { loadKeywords, voice } from './keywords.ts';

const random = createRandom(4);
const clip = tensor(
  [400],
  Float32Array.from({ length: 400 }, () => 0.3 * random.normal()),
);

function chain(...stages: { name: string; type: string; config?: object }[]) {
  const network = createNetwork({
    format: 'kuulo-architecture-1',
    name: 'chain',
    input: { sampleRate: 1000, samples: 400 },
    classes: ['a', 'b'],
    stages: [
      { name: 'spectrogram', type: 'spectrogram', config: { winLength: 31, hopLength: 16, nFft: 32, centre: false } },
      ...stages.map((stage) => ({ ...stage, config: { ...stage.config } })),
      { name: 'flatten', type: 'flatten' },
      { name: 'dense', type: 'dense', config: { units: 2 } },
    ],
  });
  initialise(network, createRandom(1));
  return network;
}

describe('back to the spectrogram', () => {
  it.each(['fitted', 'per-clip', 'per-bin'])('is exact where nothing was resized, statistics %s', (statistics) => {
    for (const stages of [
      [
        { name: 'power', type: 'power', config: { exponent: 0.3 } },
        { name: 'normalise', type: 'normalise', config: { statistics } },
      ],
      [
        { name: 'log', type: 'log', config: { offset: 0.01 } },
        { name: 'min-max', type: 'min-max', config: { statistics } },
        { name: 'dropout', type: 'dropout' },
      ],
    ]) {
      const network = chain(...stages);
      const trace = traceClip(network, clip, plainKernels);
      const stage = stages.length;
      const back = pictureToSpectrogram(network, stage, trace.outputs[stage], trace, plainKernels);
      const [spectrogram] = trace.outputs;
      expect(back.shape).toEqual(spectrogram.shape);
      const largest = Math.max(...spectrogram.data);
      for (const [i, value] of back.data.entries()) {
        expect(Math.abs(value - spectrogram.data[i])).toBeLessThan(1e-5 * largest);
      }
    }
  });

  it('brings a small picture to the old size, and what it becomes again is close to it', async () => {
    const network = await loadKeywords();
    const trace = traceClip(network, voice, plainKernels);
    const stage = stageIndex(network, 'normalised');
    const back = pictureToSpectrogram(network, stage, trace.outputs[stage], trace, plainKernels);
    expect(back.shape).toEqual([124, 129, 1]);
    expect(back.data.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    let x = tensor([1, ...back.shape], back.data);
    for (const { layer } of network.stages.slice(1, stage + 1)) {
      x = layer.forward(x, { training: false, random, kernels: plainKernels });
    }
    const picture = trace.outputs[stage].data;
    const product = x.data.reduce((sum, value, i) => sum + value * picture[i], 0);
    const squares = Math.sqrt(x.data.reduce((s, v) => s + v * v, 0) * picture.reduce((s, v) => s + v * v, 0));
    expect(product / squares).toBeGreaterThan(0.95);
  });

  it('has no cell below 0, whatever the picture', () => {
    const network = chain({ name: 'normalise', type: 'normalise', config: { statistics: 'per-clip' } });
    const trace = traceClip(network, clip, plainKernels);
    const deep = tensor(
      trace.outputs[1].shape,
      trace.outputs[1].data.map(() => -9),
    );
    expect(new Set(pictureToSpectrogram(network, 1, deep, trace, plainKernels).data)).toEqual(new Set([0]));
  });

  it('is refused past a stage that cannot be undone, and without a spectrogram', () => {
    const network = chain({ name: 'conv', type: 'conv2d', config: { filters: 1 } });
    const trace = traceClip(network, clip, plainKernels);
    const back = (stage: number) => () =>
      pictureToSpectrogram(network, stage, trace.outputs[stage], trace, plainKernels);
    expect(back(1)).toThrow(ModelError);
    expect(back(1)).toThrow(/"conv" \(conv2d\) cannot be undone/);
    const samples = createNetwork({
      ...network.architecture,
      stages: [{ name: 'dense', type: 'dense', config: { units: 2 } }],
    });
    expect(() => pictureToSpectrogram(samples, 0, tensor([2]), trace, plainKernels)).toThrow(/no spectrogram/);
  });
});
