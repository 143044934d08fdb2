import { describe, expect, it } from 'vitest';
import {
  strongestVote,
  type Thread,
  type ThreadKey,
  threadFrom,
  threadKeys,
  type Votes,
} from '../../../src/components/figures/home/thread.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import type { Term } from '../../../src/lib/layers/explanation.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import { inferencePass } from '../../../src/lib/model/network.ts';
import { readParameters } from '../../../src/lib/parameters.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, type Cell, cellAt, reshape, type Tensor, tensor } from '../../../src/lib/tensor.ts';

/** A small network of the same build as `keywords`, run on noise by the engine's own layers. */
function runSmallNetwork(seed: number) {
  const random = createRandom(seed);
  const noise = Float32Array.from({ length: 144 }, () => random.normal());
  const outputs = new Map<string, Tensor>([['normalised', tensor([12, 12, 1], noise)]]);
  const layers = new Map<string, ReturnType<typeof makeLayer>>();
  let x = outputs.get('normalised') as Tensor;
  const run = (name: string, type: string, config: object = {}): void => {
    const layer = makeLayer(type, config);
    layer.weights = layer.initialWeights(x.shape, random);
    layers.set(name, layer);
    const y = layer.forward(reshape(x, [1, ...x.shape]), inferencePass(plainKernels));
    x = reshape(y, y.shape.slice(1));
    outputs.set(name, x);
  };
  run('conv1', 'conv2d', { filters: 4 });
  run('relu1', 'relu');
  run('conv2', 'conv2d', { filters: 6 });
  run('relu2', 'relu');
  run('pool', 'max-pool2d');
  run('flatten', 'flatten');
  run('dense1', 'dense', { units: 16 });
  run('relu3', 'relu');
  run('dense2', 'dense', { units: 5 });
  run('softmax', 'softmax');
  const output = (name: string) => outputs.get(name) as Tensor;
  const weight = (name: string) => layers.get(name)?.weights.weight as Tensor;
  const votes: Votes = {
    normalised: output('normalised'),
    conv1: output('relu1'),
    conv2: output('relu2'),
    pooled: output('pool'),
    dense: output('relu3'),
    answers: output('softmax'),
    conv1Weight: weight('conv1'),
    conv2Weight: weight('conv2'),
    denseWeight: weight('dense1'),
    answerWeight: weight('dense2'),
  };
  const terms = (name: string, cell: Cell, input: Tensor): readonly Term[] =>
    layers.get(name)?.explain(cell, input).terms ?? [];
  return { votes, terms };
}

function makeLayer(type: string, config: object) {
  const kind = layerKinds[type];
  return kind.create(readParameters(kind.parameters, config, type));
}

const strength = ({ weight = 1, value }: Term) => weight * value;

/** The terms of the explanation of the thread's cell in `key`, and the thread's cell of the stage before among them. */
function link({ votes, terms }: ReturnType<typeof runSmallNetwork>, { cells }: Thread, key: ThreadKey) {
  const cell = cells[key] as Cell;
  const entering = {
    conv1: () => terms('conv1', cell, votes.normalised),
    conv2: () => terms('conv2', cell, votes.conv1),
    pooled: () => terms('pool', cell, votes.conv2),
    dense: () => terms('dense1', cell, reshape(votes.pooled, [votes.pooled.data.length])),
    answers: () => terms('dense2', cell, votes.dense),
    normalised: () => [],
  }[key]();
  const before = cells[threadKeys[threadKeys.indexOf(key) - 1]] as Cell;
  const fromOf = (term: Term) => (key === 'dense' ? cellAt(votes.pooled.shape, term.from[0]) : term.from);
  const taken = entering.find((term) => fromOf(term).join() === before.join());
  return { entering, taken };
}

const seeds = [1, 2, 3, 4, 5];

describe('the thread of the strongest vote', () => {
  it.each(seeds)('takes the largest term of each explanation, back to the sound (seed %i)', (seed) => {
    const network = runSmallNetwork(seed);
    for (let answer = 0; answer < 5; answer++) {
      const thread = strongestVote(network.votes, answer);
      expect(thread.cells.answers).toEqual([answer]);
      for (const key of threadKeys.slice(1)) {
        const { entering, taken } = link(network, thread, key);
        expect(taken, key).toBeDefined();
        expect(strength(taken as Term)).toBe(Math.max(...entering.map(strength)));
      }
    }
  });
});

describe('the thread from any cell', () => {
  it.each(seeds)('is linked by terms that speak for the next cell, as far as it goes (seed %i)', (seed) => {
    const network = runSmallNetwork(seed);
    const { votes } = network;
    const ends = new Set<string>();
    for (const from of threadKeys) {
      const { shape, data } = votes[from];
      for (let index = 0; index < data.length; index += 3) {
        const cell = cellAt(shape, index);
        const thread = threadFrom(votes, from, cell);
        expect(thread.cells[from]).toEqual(cell);
        const start = threadKeys.indexOf(from);
        for (const key of threadKeys.slice(start + 1)) {
          const here = thread.cells[key];
          if (!here) break;
          const { taken } = link(network, thread, key);
          expect(strength(taken as Term)).toBeGreaterThan(0);
          expect(at(votes[key], here)).toBeGreaterThan(0);
        }
        const reached = thread.cells.answers !== undefined;
        expect(thread.ending === undefined).toBe(reached);
        ends.add(thread.ending ?? 'answer');
      }
    }
    expect([...ends].sort()).toEqual(['answer', 'outvoted', 'unheard', 'zero']);
  });

  it('ends at a cell that is 0, and at one that pooling passes over', () => {
    const { votes } = runSmallNetwork(1);
    const { conv2 } = votes;
    const cells = Array.from(conv2.data.keys(), (index) => cellAt(conv2.shape, index));
    for (const cell of cells) {
      const [time, frequency, map] = cell;
      const tile = [0, 1, 2, 3].map((part) =>
        at(conv2, [2 * (time >> 1) + (part >> 1), 2 * (frequency >> 1) + (part & 1), map]),
      );
      const value = at(conv2, cell);
      const { ending } = threadFrom(votes, 'conv2', cell);
      if (value === 0) expect(ending).toBe('zero');
      else if (value < Math.max(...tile)) expect(ending).toBe('outvoted');
      else expect(['unheard', undefined]).toContain(ending);
    }
  });
});
