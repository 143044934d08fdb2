import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hertzOfBins, soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, initialise, type Network, traceClip } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, cellAt, sizeOf, tensor } from '../../../src/lib/tensor.ts';

const network: Network = createNetwork({
  format: 'kuulo-architecture-1',
  name: 'small',
  input: { sampleRate: 16000, samples: 16000 },
  classes: ['a', 'b'],
  stages: [
    { name: 'spectrogram', type: 'spectrogram', config: { winLength: 255, hopLength: 128, nFft: 256, centre: false } },
    { name: 'resized', type: 'resize', config: { height: 32, width: 32 } },
    { name: 'conv', type: 'conv2d', config: { filters: 2, kernelHeight: 3, kernelWidth: 3 } },
    { name: 'pool', type: 'max-pool2d' },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense', type: 'dense', config: { units: 2 } },
  ],
});
initialise(network, createRandom(1));
const [spectrogram, resized, conv, pool, , dense] = network.stages.map((_, index) => index);

describe('soundOfCell', () => {
  it('gives a spectrogram cell the samples of its frame and half a bin to either side', () => {
    const { seconds, hertz, regions } = soundOfCell(network, spectrogram, [10, 16, 0]);
    expect(seconds).toEqual([1280 / 16000, 1535 / 16000]);
    expect(hertz).toEqual([968.75, 1031.25]);
    expect(regions).toHaveLength(1);
  });

  it('ends at 0 Hz, at half the sample rate, and with the last whole frame', () => {
    expect(soundOfCell(network, spectrogram, [0, 0, 0])).toMatchObject({
      seconds: [0, 255 / 16000],
      hertz: [0, 31.25],
    });
    expect(soundOfCell(network, spectrogram, [123, 128, 0])).toMatchObject({
      seconds: [15744 / 16000, 15999 / 16000],
      hertz: [7968.75, 8000],
    });
  });

  it('gives a unit of the last layer nearly the whole clip: all frames and bins that the resize reads', () => {
    const { seconds, hertz } = soundOfCell(network, dense, [1]);
    expect(seconds[0]).toBeLessThan(0.02);
    expect(seconds[1]).toBeGreaterThan(0.97);
    expect(hertz[0]).toBeLessThan(100);
    expect(hertz[1]).toBeGreaterThan(7800);
  });

  it('names a field outside of which no sample changes the cell', () => {
    const random = createRandom(2);
    const clip = Float32Array.from({ length: 16000 }, () => 0.1 * random.normal());
    const before = traceClip(network, tensor([16000], clip), plainKernels);
    fc.assert(
      fc.property(
        fc.constantFrom(spectrogram, resized, conv, pool),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (stage, place) => {
          const { outputShape } = network.stages[stage];
          const cell = cellAt(outputShape, Math.floor(place * sizeOf(outputShape)));
          const { seconds } = soundOfCell(network, stage, cell);
          const other = clip.map((value, n) =>
            n / 16000 < seconds[0] - 1e-9 || (n + 1) / 16000 > seconds[1] + 1e-9 ? 0.1 * random.normal() : value,
          );
          const after = traceClip(network, tensor([16000], other), plainKernels);
          expect(at(after.outputs[stage], cell)).toBe(at(before.outputs[stage], cell));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keeps every region within the stage it lies in, and the regions nested from stage to stage', () => {
    const { regions } = soundOfCell(network, pool, [3, 4, 1]);
    expect(regions).toHaveLength(pool + 1);
    for (const [index, region] of regions.entries()) {
      for (const [axis, { start, end }] of region.entries()) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(network.stages[index].outputShape[axis]);
      }
    }
    expect(regions[conv].slice(0, 2)).toEqual([
      { start: 6, end: 8 },
      { start: 8, end: 10 },
    ]);
    expect(regions[resized].slice(0, 2)).toEqual([
      { start: 6, end: 10 },
      { start: 8, end: 12 },
    ]);
  });

  it('refuses a stage that is not there', () => {
    expect(() => soundOfCell(network, 17, [0])).toThrow('The network "small" has no stage number 17.');
  });
});

describe('hertzOfBins', () => {
  it('covers the whole spectrum without gap or overlap', () => {
    for (const [nFft, rate] of [
      [256, 16000],
      [255, 8000],
      [1024, 44100],
    ]) {
      const bins = Math.floor(nFft / 2) + 1;
      let edge = 0;
      for (let k = 0; k < bins; k++) {
        const [from, to] = hertzOfBins(k, k + 1, { nFft }, rate);
        expect(from).toBeCloseTo(edge, 9);
        edge = to;
      }
      expect(edge).toBeCloseTo(rate / 2, 9);
    }
  });
});
