import { describe, expect, it } from 'vitest';
import { entriesOf, entryNamed } from '../../../src/components/figures/classify/entries.ts';
import { termsOf } from '../../../src/components/figures/classify/sums/terms.ts';
import { fiveDigits, sixDigits } from '../../../src/components/plots/sums/digits.ts';
import { byChannel, decimalsOf, ranked, sumOf } from '../../../src/components/plots/sums/parts.ts';
import { createNetwork, initialise } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { keywords } from '../../../training/recipes/keywords.ts';
import { shell, stage } from './model.ts';

const network = createNetwork(keywords.architecture);
initialise(network, createRandom(3));

function explained(name: string, cell: readonly number[]) {
  const random = createRandom(4);
  const { layer, inputShape } = network.stages[stage(name)];
  const x = tensor(inputShape);
  x.data.set(x.data.map(() => random.normal()));
  const explanation = layer.explain(cell, x);
  const entry = entryNamed(entriesOf(shell), name);
  if (!entry) throw new Error(`There is no entry for ${name}.`);
  return { explanation, parts: termsOf(explanation, shell.stages, entry) };
}

describe('the terms of a convolution over many maps', () => {
  const { explanation, parts } = explained('conv2', [5, 6, 7]);
  const channels = byChannel(parts);

  it('are all reached map by map', () => {
    expect(channels.map(({ channel }) => channel)).toEqual(Array.from({ length: 32 }, (_, channel) => channel));
    expect(channels.every(({ parts: own }) => own.length === 9)).toBe(true);
    expect(new Set(channels.flatMap(({ parts: own }) => own.map(({ index }) => index))).size).toBe(288);
  });

  it('add up to the cell', () => {
    const total = channels.reduce((sum, { sum: own }) => sum + own, 0) + (explanation.bias ?? 0);
    expect(total).toBeCloseTo(explanation.result, 5);
  });
});

describe('the terms of a dense unit', () => {
  const { explanation, parts } = explained('dense1', [9]);

  it('are ranked by what they weigh, all of them, each at its place in the pooled maps', () => {
    const order = ranked(parts);
    expect(order).toHaveLength(12544);
    expect(
      order.every(({ product }, rank) => rank === 0 || Math.abs(product) <= Math.abs(order[rank - 1].product)),
    ).toBe(true);
    expect(parts[64 * 14 + 3].place).toEqual([1, 0, 3]);
    expect(sumOf(order) + (explanation.bias ?? 0)).toBeCloseTo(explanation.result, 5);
  });
});

describe('digits', () => {
  it('show the largest number with three', () => {
    expect(decimalsOf([0.0123, -0.5])).toBe(3);
    expect(decimalsOf([12.3, 0.001])).toBe(1);
    expect(decimalsOf([0, 0])).toBe(2);
    expect(decimalsOf([12345])).toBe(0);
  });

  it('of one number are six', () => {
    expect(sixDigits(0)).toBe('0');
    expect(sixDigits(-1.5)).toBe('−1.50000');
    expect(sixDigits(1.23456789e-7)).toBe('1.23457 · 10^−7');
  });

  it('in a column are five, or three of a very small number', () => {
    expect(fiveDigits(0)).toBe('0.0000');
    expect(fiveDigits(-0.123456)).toBe('−0.12346');
    expect(fiveDigits(1.32812e-12)).toBe('1.33 · 10^−12');
  });
});
