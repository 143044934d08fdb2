import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/lib/errors.ts';
import { contributionsTo } from '../../../src/lib/insight/contributions.ts';
import { soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, initialise, stageIndex, traceClip } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, tensor } from '../../../src/lib/tensor.ts';
import { loadKeywords, voice } from './keywords.ts';

const network = await loadKeywords();
const trace = traceClip(network, voice, plainKernels);
const [pool, dense1, dense2] = ['pool', 'dense1', 'dense2'].map((name) => stageIndex(network, name));
const everything = Number.POSITIVE_INFINITY;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('contributions to a dense unit', () => {
  it('add up to the unit, by input and by place', () => {
    const { result, bias, strongest, places } = contributionsTo(network, trace, dense1, 17, everything);
    expect(strongest).toHaveLength(12544);
    expect(places).toHaveLength(196);
    expect(result).toBeCloseTo(trace.outputs[dense1].data[17], 5);
    expect(bias + sum(strongest.map(({ product }) => product))).toBeCloseTo(result, 5);
    expect(bias + sum(places.map((place) => place.sum))).toBeCloseTo(result, 5);
  });

  it('come largest first, with the value of the pooled cell that they stand for', () => {
    const { map, strongest, places } = contributionsTo(network, trace, dense1, 17, 10);
    expect(network.stages[map].name).toBe('dropout1');
    expect(strongest).toHaveLength(10);
    const magnitudes = strongest.map(({ product }) => Math.abs(product));
    expect(magnitudes).toEqual([...magnitudes].sort((a, b) => b - a));
    for (const { value, weight, product, region, from } of strongest) {
      const cell = region.map(({ start }) => start);
      expect(region.every(({ start, end }) => end === start + 1)).toBe(true);
      expect(value).toBe(at(trace.outputs[pool], cell));
      expect(weight).toBe(at(network.stages[dense1].layer.weights.weight, [from[0], 17]));
      expect(product).toBe(weight * value);
    }
    const sums = places.map((place) => Math.abs(place.sum));
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
  });

  it('are traced to the seconds and hertz of their place', () => {
    const { places } = contributionsTo(network, trace, dense1, 17, 3);
    for (const { region, sound, contributions } of places) {
      expect(contributions).toHaveLength(64);
      expect(region[2]).toEqual({ start: 0, end: 64 });
      const { seconds, hertz } = soundOfCell(network, pool, [region[0].start, region[1].start, 5]);
      expect(sound).toEqual({ seconds, hertz });
    }
  });

  it('of a logit have no place of their own: each hidden unit sees the whole picture', () => {
    const { places, strongest, bias, result } = contributionsTo(network, trace, dense2, 6, 5);
    expect(places).toHaveLength(1);
    expect(strongest).toHaveLength(5);
    expect(bias + places[0].sum).toBeCloseTo(result, 4);
    expect(places[0].sound.seconds[1]).toBeGreaterThan(0.97);
  });

  it('of a unit that reads samples are traced to their time', () => {
    const small = createNetwork({
      format: 'kuulo-architecture-1',
      name: 'samples',
      input: { sampleRate: 100, samples: 4 },
      classes: ['a', 'b'],
      stages: [{ name: 'dense', type: 'dense', config: { units: 2 } }],
    });
    initialise(small, createRandom(1));
    small.stages[0].layer.weights.weight = tensor([4, 2], [0, 1, 0, -5, 0, 2, 0, 0]);
    const { map, places } = contributionsTo(small, traceClip(small, tensor([4], [1, 1, 2, 1]), plainKernels), 0, 1, 2);
    expect(map).toBe(-1);
    expect(places.map((place) => place.sum)).toEqual([-5, 4]);
    expect(places[0].sound).toEqual({ seconds: [0.01, 0.02], hertz: [0, 50] });
  });

  it('are refused for a stage that is not dense and a unit that is not there', () => {
    expect(() => contributionsTo(network, trace, pool, 0, 3)).toThrow(ModelError);
    expect(() => contributionsTo(network, trace, dense1, 128, 3)).toThrow(/no dense unit number 128/);
    expect(() => contributionsTo(network, trace, 99, 0, 3)).toThrow(ModelError);
  });
});
