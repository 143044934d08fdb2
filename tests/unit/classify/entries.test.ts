import { describe, expect, it } from 'vitest';
import {
  cellInSource,
  cellName,
  entriesOf,
  entryNamed,
  entryShowing,
} from '../../../src/components/figures/classify/entries.ts';
import { cellAt } from '../../../src/lib/tensor.ts';
import { shell, stage } from './model.ts';

const entries = entriesOf(shell);
const named = (name: string) => {
  const found = entryNamed(entries, name);
  if (!found) throw new Error(`There is no entry for ${name}.`);
  return found;
};

describe('the entries of the stage browser', () => {
  it('are the layers as one speaks of them', () => {
    expect(entries.map(({ title }) => title)).toEqual([
      'Waveform',
      'Spectrogram',
      'Resized',
      'Compressed',
      'Normalised',
      'Convolution 1',
      'Convolution 2',
      'Pooled',
      'Dense',
      'Ten answers',
    ]);
  });

  it('are reached by the name of every stage', () => {
    for (const { name } of shell.stages) expect(entryNamed(entries, name)).toBeDefined();
    expect(named('relu1')).toBe(named('conv1'));
    expect(named('softmax')).toBe(named('dense2'));
    expect(named('flatten')).toBe(named('dense1'));
    expect(entryNamed(entries, 'nothing')).toBeUndefined();
  });

  it('compute what the model computes, each from what the one before shows', () => {
    const computed = entries.flatMap(({ steps }) => steps);
    const silent = shell.stages.flatMap(({ type }, index) => (type === 'dropout' || type === 'flatten' ? [index] : []));
    expect([...computed, ...silent].sort((a, b) => a - b)).toEqual(shell.stages.map((_, index) => index));
    for (const [place, { source }] of entries.entries()) {
      if (place > 1) expect(entryShowing(entries, source)).toBe(entries[place - 1]);
    }
  });

  it('find the input of a dense unit in the pooled maps', () => {
    const dense = named('dense1');
    const { outputShape } = shell.stages[stage('pool')];
    for (const index of [0, 63, 64, 12543]) {
      expect(cellInSource(shell.stages, dense, [index])).toEqual(cellAt(outputShape, index));
    }
    expect(cellInSource(shell.stages, named('dense2'), [17])).toEqual([17]);
    expect(cellInSource(shell.stages, named('conv2'), [3, 4, 5])).toEqual([3, 4, 5]);
  });

  it('count in words, and number only what there are several of', () => {
    const one = {
      ...shell,
      classes: ['a', 'b'],
      stages: shell.stages
        .filter(({ name }) => !/[12]$/.test(name) || name === 'conv1')
        .map((one, index) => ({ ...one, inputIndex: index - 1 })),
    };
    const titles = entriesOf(one).map(({ title }) => title);
    expect(titles).toContain('Convolution');
    expect(titles.at(-1)).toBe('Two answers');
  });

  it('name cells as they are indexed, without an only channel', () => {
    expect(cellName([9, 7, 4], [30, 30, 32])).toBe('[9, 7, 4]');
    expect(cellName([9, 7, 0], [32, 32, 1])).toBe('[9, 7]');
    expect(cellName([5], [128])).toBe('[5]');
  });
});
