import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentsOf } from '../../../src/lib/dsp/moments.ts';
import { groupOf, groupsOf, valuesOf } from '../../../src/lib/layers/statistics.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { cellAt, sizeOf, tensor } from '../../../src/lib/tensor.ts';
import { randomTensor } from '../kernels/support.ts';
import { makeLayer, run } from './support.ts';

const side = fc.integer({ min: 1, max: 6 });

it('puts each cell into one group, the one that groupOf names', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('fitted', 'per-clip', 'per-bin'),
      fc.array(side, { minLength: 1, maxLength: 3 }),
      (statistics, shape) => {
        const seen = new Int32Array(sizeOf(shape));
        for (const group of groupsOf(statistics, shape)) {
          for (let t = 0; t < group.count; t++) {
            const place = group.first + t * group.stride;
            seen[place]++;
            expect(groupOf(statistics, shape, cellAt(shape, place))).toEqual(group);
          }
        }
        expect([...seen]).toEqual(new Array(seen.length).fill(1));
      },
    ),
  );
});

describe('per bin', () => {
  const frames = 9;
  const bins = 4;
  const shape = [frames, bins, 1];
  const picture = randomTensor(createRandom(4), shape);
  /** The picture through a microphone that has a gain and an offset of its own in each bin. */
  const coloured = tensor(
    shape,
    picture.data.map((value, place) => (place % bins) + 1 + value * 3 ** (place % bins)),
  );

  it.each(['normalise', 'min-max'])('%s takes out a gain and an offset of each bin', (type) => {
    const layer = makeLayer(type, { statistics: 'per-bin', epsilon: 1e-12 });
    const plain = run(layer, picture).data;
    for (const [place, value] of run(layer, coloured).data.entries()) expect(value).toBeCloseTo(plain[place], 5);
    const perClip = makeLayer(type, { statistics: 'per-clip', epsilon: 1e-12 });
    const before = run(perClip, picture).data;
    const moved = run(perClip, coloured).data.map((value, place) => Math.abs(value - before[place]));
    expect(Math.max(...moved)).toBeGreaterThan(0.1);
  });

  it('gives each bin mean 0 and variance 1, or the range 0 to 1', () => {
    const standard = run(makeLayer('normalise', { statistics: 'per-bin' }), coloured).data;
    const stretched = run(makeLayer('min-max', { statistics: 'per-bin' }), coloured).data;
    for (const group of groupsOf('per-bin', shape)) {
      const { mean, variance } = momentsOf(valuesOf(standard, group));
      expect(mean).toBeCloseTo(0, 6);
      expect(variance).toBeCloseTo(1, 5);
      const values = valuesOf(stretched, group);
      expect([Math.min(...values), Math.max(...values)]).toEqual([0, 1]);
    }
  });

  it('depends on the frames of its own bin alone', () => {
    for (const type of ['normalise', 'min-max']) {
      expect(makeLayer(type, { statistics: 'per-bin' }).field([3, 2, 0], shape)).toEqual([
        { start: 0, end: frames },
        { start: 2, end: 3 },
        { start: 0, end: 1 },
      ]);
    }
  });
});

it('min-max with fitted values goes beyond 1 where a clip is louder than those it was fitted to', () => {
  const layer = makeLayer('min-max', { statistics: 'fitted' });
  layer.weights = { min: tensor([1], [-1]), max: tensor([1], [3]) };
  const y = run(layer, tensor([1, 3, 1], [-1, 1, 5]));
  expect([...y.data]).toEqual([0, 0.5, 1.5]);
  expect(layer.explain([0, 2, 0], tensor([1, 3, 1], [-1, 1, 5]))).toMatchObject({ result: 1.5, constants: { max: 3 } });
});
