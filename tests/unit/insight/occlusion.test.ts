import { describe, expect, it } from 'vitest';
import { ModelError, ShapeError } from '../../../src/lib/errors.ts';
import { dropByCell, occlude, regionOfPatch, soundOfPatch } from '../../../src/lib/insight/occlusion.ts';
import { type OcclusionOptions, occlusionParameters } from '../../../src/lib/insight/occlusion-options.ts';
import { runToEnd } from '../../../src/lib/insight/progress.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { contains } from '../../../src/lib/layers/region.ts';
import { createNetwork, initialise, traceClip } from '../../../src/lib/model/network.ts';
import { defaults } from '../../../src/lib/parameters.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { cellAt, offsetOf, tensor } from '../../../src/lib/tensor.ts';

const random = createRandom(3);
const clip = tensor(
  [2000],
  Float32Array.from({ length: 2000 }, () => 0.2 * random.normal()),
);

/** Class "a" looks at one cell of the spectrogram alone: [9, 20]. */
function watcher() {
  const network = createNetwork({
    format: 'kuulo-architecture-1',
    name: 'watcher',
    input: { sampleRate: 8000, samples: 2000 },
    classes: ['a', 'b'],
    stages: [
      { name: 'spectrogram', type: 'spectrogram', config: { winLength: 64, hopLength: 64, nFft: 64, centre: false } },
      { name: 'flatten', type: 'flatten' },
      { name: 'dense', type: 'dense', config: { units: 2 } },
      { name: 'softmax', type: 'softmax' },
    ],
  });
  initialise(network, createRandom(1));
  const { weight } = network.stages[2].layer.weights;
  weight.data.fill(0);
  weight.data[2 * offsetOf([31, 33, 1], [9, 20, 0])] = 1;
  return network;
}

const network = watcher();
const { outputs } = traceClip(network, clip, plainKernels);
const [spectrogram] = outputs;
const options: OcclusionOptions = { seconds: 0.04, hertz: 625, step: 0.5, fill: 'zero' };
const run = (change: Partial<OcclusionOptions> = {}, of = 0) =>
  runToEnd(occlude(network, spectrogram, of, { ...options, ...change }, plainKernels));

describe('occlusion', () => {
  it('has patches of whole cells, from the first cell to the last', () => {
    const { patch, rows, columns, drops } = run();
    expect(spectrogram.shape).toEqual([31, 33, 1]);
    expect(patch).toEqual({ frames: 5, bins: 5 });
    expect(rows).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 26]);
    expect(columns).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28]);
    expect(drops.shape).toEqual([10, 11]);
  });

  it('drops where the class looks, and nowhere else', () => {
    const occlusion = run();
    expect(occlusion.probability).toBe(outputs[3].data[0]);
    const value = spectrogram.data[9 * 33 + 20];
    const [bias] = network.stages[2].layer.weights.bias.data;
    const other = network.stages[2].layer.weights.bias.data[1];
    const probability = (input: number) => 1 / (1 + Math.exp(other - bias - input));
    for (const [place, drop] of occlusion.drops.data.entries()) {
      const [row, column] = cellAt(occlusion.drops.shape, place);
      const covers = contains(regionOfPatch(occlusion, row, column), [9, 20, 0]);
      expect(drop).toBeCloseTo(covers ? probability(value) - probability(0) : 0, 6);
    }
    const map = dropByCell(occlusion, 31, 33);
    expect(map.data[9 * 33 + 20]).toBeCloseTo(Math.max(...map.data), 6);
    expect(map.data[9 * 33 + 20]).toBeCloseTo(probability(value) - probability(0), 6);
    expect(map.data[0]).toBe(0);
  });

  it('says which class wins under each patch', () => {
    const { winners } = run({}, 1);
    expect(new Set(winners)).toEqual(new Set([0]));
  });

  it('puts the mean or silence in place of the whole picture', () => {
    const whole = { seconds: 1, hertz: 8000 };
    const mean = spectrogram.data.reduce((sum, value) => sum + value, 0) / spectrogram.data.length;
    for (const [fill, value] of [
      ['mean', mean],
      ['zero', 0],
    ] as const) {
      const { drops, probability } = run({ ...whole, fill });
      expect(drops.data).toHaveLength(1);
      expect(probability - drops.data[0]).toBeCloseTo(1 / (1 + Math.exp(-value)), 5);
    }
  });

  it('can be stopped: what is not known yet is NaN, and no part of the map by cell', () => {
    const passes = occlude(network, spectrogram, 0, options, plainKernels);
    for (let k = 0; k < 3; k++) passes.next();
    const { value } = passes.return(undefined as never);
    expect(value).toBeUndefined();
    const again = occlude(network, spectrogram, 0, options, plainKernels);
    const first = again.next().value;
    if (!first || !('occlusion' in first)) throw new Error('no progress came');
    expect(first).toMatchObject({ done: 1, total: 110 });
    expect([...first.occlusion.drops.data].filter(Number.isNaN)).toHaveLength(109);
    expect(first.occlusion.winners[1]).toBe(-1);
    expect(dropByCell(first.occlusion, 31, 33).data.every(Number.isFinite)).toBe(true);
  });

  it('says where a patch is in seconds and hertz', () => {
    const { seconds, hertz } = soundOfPatch(network, run(), 1, 2);
    expect(seconds).toEqual([(3 * 64) / 8000, (7 * 64 + 64) / 8000]);
    expect(hertz).toEqual([5.5 * 125, 10.5 * 125]);
  });

  it('leaves the spectrogram as it was', () => {
    const before = spectrogram.data.slice();
    run();
    expect(spectrogram.data).toEqual(before);
  });

  it('has defaults within their bounds', () => {
    expect(defaults(occlusionParameters)).toEqual({ seconds: 0.1, hertz: 1000, step: 0.5, fill: 'mean' });
  });

  it('refuses another picture, a class that is not there, and a network without a spectrogram', () => {
    const ask = (net: typeof network, picture: typeof clip, of: number) => () =>
      runToEnd(occlude(net, picture, of, options, plainKernels));
    expect(ask(network, tensor([30, 33, 1]), 0)).toThrow(ShapeError);
    expect(ask(network, spectrogram, 2)).toThrow(/no class number 2. It has 2/);
    expect(ask(network, spectrogram, -1)).toThrow(ModelError);
    const stages = [{ name: 'dense', type: 'dense', config: { units: 2 } }];
    const flat = createNetwork({ ...network.architecture, stages });
    expect(ask(flat, spectrogram, 0)).toThrow(/no spectrogram/);
  });
});
