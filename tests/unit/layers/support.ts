/** What the tests of layers share. */
import { expect } from 'vitest';
import type { Kernels } from '../../../src/lib/kernels/kernels.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import type { Layer, Pass, Weights } from '../../../src/lib/layers/layer.ts';
import { readParameters } from '../../../src/lib/parameters.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { example, type Tensor, tensor } from '../../../src/lib/tensor.ts';

/** A tensor as the golden files hold it. */
export interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

export function read({ shape, data }: Numbers): Tensor {
  return tensor(shape, data);
}

export function readAll(named: Readonly<Record<string, Numbers | undefined>>): Weights {
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, numbers]) => (numbers ? [[name, read(numbers)]] : [])),
  );
}

/** Agreement to 1e-5, relative to the largest value. */
export function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const largest = Math.max(...expected.data.map(Math.abs));
  for (let i = 0; i < expected.data.length; i++) {
    expect(Math.abs(actual.data[i] - expected.data[i])).toBeLessThanOrEqual(1e-5 * largest);
  }
}

export function makeLayer(type: string, config: unknown): Layer {
  const kind = layerKinds[type];
  return kind.create(readParameters(kind.parameters, config, type));
}

export function newPass({ kernels = plainKernels, training = false }: { kernels?: Kernels; training?: boolean } = {}) {
  return { training, random: createRandom(1), kernels, keep: new Map() } satisfies Pass;
}

/** One example through a layer. */
export function run(layer: Layer, x: Tensor, skip?: Tensor): Tensor {
  return example(layer.forward(batchOf(x), newPass(), skip && batchOf(skip)), 0);
}

/** A batch of one example. */
export function batchOf(x: Tensor): Tensor {
  return tensor([1, ...x.shape], x.data);
}
