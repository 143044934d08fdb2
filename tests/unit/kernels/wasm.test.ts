import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KernelBuild } from '../../../src/lib/kernels/choose.ts';
import type { Kernels } from '../../../src/lib/kernels/kernels.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { kernelsOf, loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import type { Module } from '../../../src/lib/kernels/workspace.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { magnitudes, paddedGeometry, randomTensor, readBuild, relativeError } from './support.ts';

type Product<Result> = (...tensors: Tensor[]) => Readonly<Record<keyof Result, Tensor>>;

/** Both give the same answer to these tensors, to 1e-5 of the largest that the plain one makes of their magnitudes. */
function expectSame<Result>(fast: Product<Result>, plain: Product<Result>, ...tensors: Tensor[]): void {
  const actual = fast(...tensors);
  const expected = plain(...tensors);
  const scale = plain(...tensors.map(magnitudes));
  for (const name of Object.keys(expected) as (keyof Result)[]) {
    expect(actual[name].shape, String(name)).toEqual(expected[name].shape);
    expect(relativeError(actual[name], expected[name], scale[name]), String(name)).toBeLessThan(1e-5);
  }
}

const size = (max: number) => fc.integer({ min: 1, max });
const pictures = {
  seed: fc.integer(),
  n: size(5),
  height: size(13),
  width: size(13),
  pad: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
  zeros: fc.constantFrom(0, 0.5, 0.9, 1),
  wantsDx: fc.boolean(),
};
const convolutions = fc.oneof(
  fc.record({
    ...pictures,
    channels: fc.oneof(size(5), fc.constantFrom(8, 11, 33)),
    out: fc.oneof(size(9), fc.constantFrom(16, 31, 32, 33, 44, 63, 67)),
    kernel: fc.tuple(size(5), size(5)),
    stride: fc.tuple(size(3), size(3)),
  }),
  // The shapes that are computed as tiles, some with more of them than are taken at once.
  fc.record({
    ...pictures,
    height: size(19),
    width: size(21),
    channels: fc.constantFrom(4, 8, 12, 20),
    out: fc.constantFrom(8, 16, 24),
    kernel: fc.constant([3, 3]),
    stride: fc.constant([1, 1]),
  }),
);

describe.each<KernelBuild>(['simd', 'relaxed'])('the %s build', async (build) => {
  const kernels: Kernels = await loadWasmKernels(readBuild(build));

  it('says what it is', () => {
    expect(kernels.name).toBe(build === 'simd' ? 'wasm SIMD' : 'wasm relaxed SIMD');
  });

  it('convolves as the plain loops do, forward and backward', () => {
    fc.assert(
      fc.property(convolutions, ({ seed, n, height, width, channels, out, kernel, stride, pad, zeros, wantsDx }) => {
        const random = createRandom(seed);
        const x = randomTensor(random, [n, height, width, channels], zeros);
        const w = randomTensor(random, [...kernel, channels, out]);
        const b = randomTensor(random, [out]);
        const geometry = paddedGeometry(x.shape, w.shape, stride, pad);
        fc.pre(geometry.outHeight > 0 && geometry.outWidth > 0);
        const dy = randomTensor(random, [n, geometry.outHeight, geometry.outWidth, out], zeros);
        const forward = (k: Kernels) => (x: Tensor, w: Tensor, b: Tensor) => ({ y: k.conv2d(x, w, b, geometry) });
        const backward = (k: Kernels) => (dy: Tensor, x: Tensor, w: Tensor) => ({
          ...k.conv2dBackward(dy, x, w, geometry, wantsDx),
        });
        expectSame(forward(kernels), forward(plainKernels), x, w, b);
        expectSame(backward(kernels), backward(plainKernels), dy, x, w);
        const input = (k: Kernels) => (dy: Tensor, w: Tensor) => ({
          dx: k.conv2dBackwardInput(dy, w, geometry, x.shape),
        });
        expectSame(input(kernels), input(plainKernels), dy, w);
        kernels.freeze([w, b]);
        expectSame(forward(kernels), forward(plainKernels), x, w, b);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('convolves channel by channel as the plain loops do, forward and backward', () => {
    const shapes = fc.record({
      ...pictures,
      width: size(25),
      channels: fc.oneof(size(9), fc.constantFrom(16, 33)),
      kernel: fc.tuple(size(5), size(7)),
      stride: fc.tuple(size(3), size(3)),
    });
    fc.assert(
      fc.property(shapes, ({ seed, n, height, width, channels, kernel, stride, pad, zeros, wantsDx }) => {
        const random = createRandom(seed);
        const x = randomTensor(random, [n, height, width, channels], zeros);
        const w = randomTensor(random, [...kernel, channels]);
        const b = randomTensor(random, [channels]);
        const geometry = paddedGeometry(x.shape, w.shape, stride, pad);
        fc.pre(geometry.outHeight > 0 && geometry.outWidth > 0);
        const dy = randomTensor(random, [n, geometry.outHeight, geometry.outWidth, channels], zeros);
        const forward = (k: Kernels) => (x: Tensor, w: Tensor, b: Tensor) => ({
          y: k.depthwiseConv2d(x, w, b, geometry),
        });
        const backward = (k: Kernels) => (dy: Tensor, x: Tensor, w: Tensor) => ({
          ...k.depthwiseConv2dBackward(dy, x, w, geometry, wantsDx),
        });
        expectSame(forward(kernels), forward(plainKernels), x, w, b);
        expectSame(backward(kernels), backward(plainKernels), dy, x, w);
        kernels.freeze([w, b]);
        expectSame(forward(kernels), forward(plainKernels), x, w, b);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('multiplies as the plain loops do, forward and backward', () => {
    const shapes = fc.record({
      seed: fc.integer(),
      n: size(5),
      inputs: fc.oneof(size(70), fc.constant(301)),
      outputs: fc.oneof(size(70), fc.constantFrom(128, 131)),
      zeros: fc.constantFrom(0, 0.5, 1),
      wantsDx: fc.boolean(),
    });
    fc.assert(
      fc.property(shapes, ({ seed, n, inputs, outputs, zeros, wantsDx }) => {
        const random = createRandom(seed);
        const x = randomTensor(random, [n, inputs], zeros);
        const w = randomTensor(random, [inputs, outputs]);
        const b = randomTensor(random, [outputs]);
        const dy = randomTensor(random, [n, outputs], zeros);
        const forward = (k: Kernels) => (x: Tensor, w: Tensor, b: Tensor) => ({ y: k.dense(x, w, b) });
        const backward = (k: Kernels) => (dy: Tensor, x: Tensor, w: Tensor) => ({
          ...k.denseBackward(dy, x, w, wantsDx),
        });
        expectSame(forward(kernels), forward(plainKernels), x, w, b);
        expectSame(backward(kernels), backward(plainKernels), dy, x, w);
        kernels.freeze([w]);
        expectSame(forward(kernels), forward(plainKernels), x, w, b);
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it('has room for more outputs than it takes at once', () => {
    const random = createRandom(5);
    const [x, w, b] = [randomTensor(random, [2, 3]), randomTensor(random, [3, 9000]), randomTensor(random, [9000])];
    const forward = (k: Kernels) => (x: Tensor, w: Tensor, b: Tensor) => ({ y: k.dense(x, w, b) });
    expectSame(forward(kernels), forward(plainKernels), x, w, b);
  });

  it('lets infinite and undefined data through, and skips zeros before weights like that', () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      const x = tensor([1, 3], [1, value, 0]);
      const w = tensor([3, 5], [1, 2, 3, 4, 5, 1, 1, -1, 1, 0, value, value, value, value, value]);
      const b = tensor([5]);
      const y = kernels.dense(x, w, b);
      expect([...y.data]).toEqual([...plainKernels.dense(x, w, b).data]);
      expect([...y.data]).toEqual([value, value, -value, value, Number.NaN]);
    }
  });

  it('rectifies and pools exactly as the plain loops do', () => {
    const shapes = fc.record({
      seed: fc.integer(),
      shape: fc.tuple(size(3), fc.integer({ min: 4, max: 9 }), fc.integer({ min: 4, max: 9 }), size(9)),
      pool: fc.tuple(size(4), size(4)),
    });
    fc.assert(
      fc.property(shapes, ({ seed, shape, pool }) => {
        const random = createRandom(seed);
        const x = randomTensor(random, shape, 0.3);
        // Ties, and what is not a number.
        for (let i = 0; i < x.data.length; i++)
          x.data[i] = random.uniform() < 0.05 ? Number.NaN : Math.round(x.data[i]);
        const dy = randomTensor(random, shape);
        const y = kernels.relu(x);
        expect(y).toEqual(plainKernels.relu(x));
        expect(kernels.reluBackward(dy, y)).toEqual(plainKernels.reluBackward(dy, y));
        expect(kernels.maxPool2d(x, ...pool)).toEqual(plainKernels.maxPool2d(x, ...pool));
      }),
    );
  });

  it('rectifies more numbers than go through its memory at a time', () => {
    const random = createRandom(2);
    const [x, dy] = [randomTensor(random, [2, 35_001]), randomTensor(random, [2, 35_001])];
    expect(kernels.relu(x)).toEqual(plainKernels.relu(x));
    expect(kernels.reluBackward(dy, x)).toEqual(plainKernels.reluBackward(dy, x));
  });

  it('keeps one memory over many calls, and gives the same answer every time', async () => {
    const { instance } = await WebAssembly.instantiate(readBuild(build));
    const module = instance.exports as unknown as Module;
    const own = kernelsOf(module);
    const random = createRandom(7);
    const [x, w, b] = [[3, 9, 9, 4], [3, 3, 4, 24], [24]].map((shape) => randomTensor(random, shape));
    const [x2, w2, b2] = [[2, 40], [40, 30], [30]].map((shape) => randomTensor(random, shape));
    const geometry = paddedGeometry(x.shape, w.shape, [1, 1], [1, 1]);
    const calls = () => {
      const y = own.relu(own.conv2d(x, w, b, geometry));
      own.conv2dBackward(own.reluBackward(y, y), x, w, geometry);
      own.maxPool2d(y, 2, 2);
      return [...own.dense(x2, w2, b2).data, ...y.data];
    };
    const first = calls();
    own.freeze([w, w2]);
    calls();
    const bytes = module.memory.buffer.byteLength;
    for (let i = 0; i < 60; i++) calls();
    expect(module.memory.buffer.byteLength).toBe(bytes);
    expect(calls()).toEqual(first);
  });
});
