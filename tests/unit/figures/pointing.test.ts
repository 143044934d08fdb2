import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellPanelKey, gridOf } from '../../../src/components/figures/home/paint.ts';
import { panelsOf } from '../../../src/components/figures/home/panels.ts';
import { cellByKey, choiceAt } from '../../../src/components/figures/home/pointing.ts';
import { decibelsOf } from '../../../src/components/plots/decibels.ts';
import { type Mark, markInGrid, markOfRegion } from '../../../src/components/plots/marks.ts';
import { single } from '../../../src/lib/layers/region.ts';
import { createNetwork } from '../../../src/lib/model/network.ts';
import type { Cell, Shape } from '../../../src/lib/tensor.ts';
import { keywords } from '../../../training/recipes/keywords.ts';

const stages = createNetwork(keywords.architecture).stages.map(({ name, layer, inputShape, outputShape }) => ({
  name,
  type: layer.type,
  config: layer.config as Record<string, unknown>,
  inputShape,
  outputShape,
}));

describe('the panels of keywords', () => {
  it('have the shapes of the network, each under the name of its stage', () => {
    const panels = panelsOf(stages);
    expect(panels.map(({ title, shape }) => `${title} ${shape.join(' × ')}`)).toEqual([
      'Waveform 16000',
      'Spectrogram 124 × 129',
      'Resized 32 × 32',
      'Normalised 32 × 32',
      'Convolution 1 30 × 30 × 32',
      'Convolution 2 28 × 28 × 64',
      'Pooled 14 × 14 × 64',
      'Dense 128',
      'Ten answers 10',
    ]);
    const named = new Set(stages.map(({ name }) => name));
    for (const { name } of panels.slice(1)) expect(named).toContain(name);
  });

  it('show convolutions and the dense layer after their ReLU', () => {
    const shown = panelsOf(stages).filter(({ key }) => ['conv1', 'conv2', 'dense'].includes(key));
    expect(shown.map(({ stage }) => stages[stage].type)).toEqual(['relu', 'relu', 'relu']);
  });
});

describe('decibels', () => {
  const spectrogram = (power: number) => ({ type: 'spectrogram', config: { power } });
  const inRow = (chain: readonly { readonly type: string; readonly config: Readonly<Record<string, unknown>> }[]) =>
    chain.map((stage, index) => ({ ...stage, inputIndex: index - 1 }));
  it.each([
    ['a magnitude', [spectrogram(1)], (x: number) => x],
    ['a power', [spectrogram(2)], (x: number) => x ** 2],
    ['a logarithm', [spectrogram(1), { type: 'log', config: { scale: 2 } }], (x: number) => 2 * Math.log(x)],
    [
      'decibels',
      [spectrogram(2), { type: 'log', config: { scale: 10 / Math.LN10 } }],
      (x: number) => 20 * Math.log10(x),
    ],
    [
      'decibels of a power',
      [spectrogram(2), { type: 'decibels', config: { quantity: 'power' } }],
      (x: number) => 20 * Math.log10(x),
    ],
    [
      'decibels of a magnitude taken for a power',
      [spectrogram(1), { type: 'decibels', config: { quantity: 'power' } }],
      (x: number) => 10 * Math.log10(x),
    ],
    [
      'a root',
      [spectrogram(1), { type: 'resize', config: {} }, { type: 'power', config: { exponent: 0.3 } }],
      (x: number) => x ** 0.3,
    ],
  ])('are read back from %s', (_what, chain, value) => {
    for (const magnitude of [0.01, 1, 20]) {
      expect(decibelsOf(inRow(chain), chain.length - 1)(value(magnitude))).toBeCloseTo(20 * Math.log10(magnitude), 9);
    }
  });

  it('are minus infinity for silence', () => {
    expect(decibelsOf(inRow([spectrogram(1)]), 0)(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('pointing at a cell', () => {
  const panels: readonly (readonly [CellPanelKey, Shape])[] = [
    ['normalised', [32, 32, 1]],
    ['conv1', [30, 30, 32]],
    ['conv2', [28, 28, 64]],
    ['pooled', [14, 14, 64]],
    ['dense', [128]],
  ];

  it.each(panels)('in %s chooses the cell whose mark holds the point', (key, shape) => {
    const size = fc.record({
      width: fc.integer({ min: 300, max: 900 }),
      height: fc.integer({ min: 700, max: 1500 }),
    });
    const share = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(size, fc.boolean(), share, share, share, (pixels, narrow, t, f, m) => {
        const cell: Cell = [t, f, m].slice(0, shape.length).map((part, axis) => Math.floor(part * shape[axis]));
        const mark = markOf(key, cell, shape, pixels, narrow);
        const choice = choiceAt(
          key,
          (mark.left + mark.right) / 2,
          (mark.top + mark.bottom) / 2,
          shape,
          pixels,
          1,
          narrow,
        );
        expect(choice).toEqual({ from: key, cell });
      }),
    );
  });

  function markOf(
    key: CellPanelKey,
    cell: Cell,
    shape: Shape,
    size: { width: number; height: number },
    narrow: boolean,
  ): Mark {
    if (key === 'normalised') return markOfRegion(single(cell), shape);
    const grid = gridOf(key, shape[shape.length - 1], narrow, size, 1);
    return key === 'dense'
      ? markInGrid(grid, cell[0], single([0, 0]), [1, 1])
      : markInGrid(grid, cell[2], single(cell), shape);
  }
});

describe('keys', () => {
  it.each([
    ['ArrowRight', [6, 5, 3]],
    ['ArrowLeft', [4, 5, 3]],
    ['ArrowUp', [5, 6, 3]],
    ['ArrowDown', [5, 4, 3]],
    ['PageDown', [5, 5, 4]],
    ['PageUp', [5, 5, 2]],
    ['a', undefined],
  ])('%s leads to the neighbour in time, frequency or map', (key, cell) => {
    expect(cellByKey(key, 'conv2', [5, 5, 3], [28, 28, 64], 2)).toEqual(cell);
  });

  it('stop at the edge', () => {
    expect(cellByKey('ArrowLeft', 'conv2', [0, 5, 3], [28, 28, 64], 2)).toBeUndefined();
    expect(cellByKey('PageDown', 'conv2', [0, 5, 63], [28, 28, 64], 2)).toBeUndefined();
    expect(cellByKey('ArrowUp', 'answers', [0], [10], 2)).toBeUndefined();
  });

  it('go through units and answers as they stand on the page', () => {
    expect(cellByKey('ArrowDown', 'dense', [5], [128], 2)).toEqual([7]);
    expect(cellByKey('ArrowRight', 'dense', [5], [128], 2)).toEqual([6]);
    expect(cellByKey('ArrowDown', 'answers', [5], [10], 2)).toEqual([6]);
    expect(cellByKey('ArrowRight', 'answers', [5], [10], 2)).toBeUndefined();
  });
});
