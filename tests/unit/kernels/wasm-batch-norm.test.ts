import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KernelBuild } from '../../../src/lib/kernels/choose.ts';
import type { ChannelLines, Kernels } from '../../../src/lib/kernels/kernels.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import { createRandom, type Random } from '../../../src/lib/random.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { magnitudes, randomTensor, readBuild, relativeError } from './support.ts';

const size = (max: number) => fc.integer({ min: 1, max });
const samples = fc.record({
  seed: fc.integer(),
  n: size(3),
  // Blocks have 64 places; a piece has 32768 numbers.
  places: fc.oneof(size(9), fc.constantFrom(63, 64, 65, 400), fc.integer({ min: 900, max: 1100 })),
  channels: fc.oneof(size(9), fc.constantFrom(16, 33)),
  /** How many standard deviations from 0 the data lies. */
  mean: fc.constantFrom(0, 3, 1000),
});

function shifted(random: Random, shape: readonly number[], mean: number): Tensor {
  const x = randomTensor(random, shape);
  return tensor(
    shape,
    x.data.map((value) => value + mean),
  );
}

function randomLines(random: Random, channels: number, mean: number): ChannelLines {
  return {
    centres: shifted(random, [channels], mean).data,
    slopes: Float64Array.from(randomTensor(random, [channels]).data),
    shifts: randomTensor(random, [channels]).data,
  };
}

/** Each number within 1e-5 of what is wanted. */
function expectEach(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  for (const [i, value] of expected.data.entries()) {
    expect(Math.abs(actual.data[i] - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
  }
}

describe.each<KernelBuild>(['simd', 'relaxed'])('the %s build', async (build) => {
  const kernels: Kernels = await loadWasmKernels(readBuild(build));

  it('takes the moments of channels as the plain loops do, however far from 0', () => {
    fc.assert(
      fc.property(samples, ({ seed, n, places, channels, mean }) => {
        const x = shifted(createRandom(seed), [n, places, channels], mean);
        const actual = kernels.channelMoments(x);
        const expected = plainKernels.channelMoments(x);
        const scale = plainKernels.channelMoments(magnitudes(x)).mean;
        expect(relativeError(actual.mean, expected.mean, scale)).toBeLessThan(1e-5);
        expectEach(actual.variance, expected.variance);
      }),
      { numRuns: 50 },
    );
  });

  it('loses no digits of the variance where the first value is an outlier', () => {
    const x = randomTensor(createRandom(3), [5000, 3]);
    x.data.set([3e4, -3e4, 1]);
    expectEach(kernels.channelMoments(x).variance, plainKernels.channelMoments(x).variance);
  });

  it('maps channels and their gradients as the plain loops do', () => {
    fc.assert(
      fc.property(samples, ({ seed, n, places, channels, mean }) => {
        const random = createRandom(seed);
        const x = shifted(random, [n, places, channels], mean);
        const dy = randomTensor(random, x.shape, 0.3);
        const lines = randomLines(random, channels, mean);
        const shares = Float64Array.from(randomTensor(random, [channels]).data);
        const y = plainKernels.mapChannels(x, lines);
        expect(relativeError(kernels.mapChannels(x, lines), y, magnitudes(y))).toBeLessThan(1e-5);
        const dx = plainKernels.mapGradients(dy, x, lines, shares);
        expect(relativeError(kernels.mapGradients(dy, x, lines, shares), dx, magnitudes(dx))).toBeLessThan(1e-5);
      }),
      { numRuns: 50 },
    );
  });

  it('adds up gradients of channels as the plain loops do', () => {
    fc.assert(
      fc.property(samples, ({ seed, n, places, channels, mean }) => {
        const random = createRandom(seed);
        const x = shifted(random, [n, places, channels], mean);
        const dy = randomTensor(random, x.shape, 0.3);
        const { centres } = randomLines(random, channels, mean);
        const sums = (k: Kernels, dy: Tensor, x: Tensor, centres: Float32Array) => {
          const { sums, products } = k.channelSums(dy, x, centres);
          return [sums, products].map((values) => tensor([channels], Float32Array.from(values)));
        };
        const expected = sums(plainKernels, dy, x, centres);
        // Of sums, rounding is in proportion to the terms: here with the differences' magnitudes as data.
        const differences = plainKernels.mapChannels(x, {
          centres,
          slopes: new Float64Array(channels).fill(1),
          shifts: new Float64Array(channels),
        });
        const scale = sums(plainKernels, magnitudes(dy), magnitudes(differences), new Float32Array(channels));
        for (const [i, actual] of sums(kernels, dy, x, centres).entries()) {
          expect(relativeError(actual, expected[i], scale[i])).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('lets what is not finite into no other channel, and into no later call', () => {
    const random = createRandom(4);
    const [x, dy] = [randomTensor(random, [7, 3]), randomTensor(random, [7, 3])];
    const lines = randomLines(random, 3, 0);
    const calls = (x: Tensor, dy: Tensor) => {
      const { mean, variance } = kernels.channelMoments(x);
      const { sums, products } = kernels.channelSums(dy, x, lines.centres);
      return [mean.data, variance.data, sums, products].map((values) => [values[0], values[2]]);
    };
    const wanted = calls(x, dy);
    const broken = (t: Tensor) =>
      tensor(
        t.shape,
        t.data.map((value, i) => (i % 3 === 1 ? Number.NaN : value)),
      );
    expect(calls(broken(x), broken(dy))).toEqual(wanted);
    kernels.channelSums(tensor([40], new Float32Array(40).fill(Number.NaN)), tensor([40]), new Float32Array(40));
    expect(calls(x, dy)).toEqual(wanted);
  });

  it('sums exactly as the plain loop does', () => {
    const expectSame = (seed: number, shape: readonly number[]) => {
      const random = createRandom(seed);
      const [a, b] = [randomTensor(random, shape), randomTensor(random, shape)];
      expect(kernels.sum(a, b)).toEqual(plainKernels.sum(a, b));
    };
    fc.assert(fc.property(fc.integer(), fc.tuple(size(5), size(30)), expectSame));
    expectSame(1, [2, 35_001]);
  });
});
