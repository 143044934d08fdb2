import { describe, expect, it } from 'vitest';
import { KuuloError } from '../../../src/lib/errors.ts';
import type { Folder, Recording } from '../../../training/data.ts';
import { foldsOf, heldOut, selectFold, selectRandomly, selectRecordings } from '../../../training/selection.ts';

/** Two clips a fold; the source "shared" lies in folds 1 and 2. */
const recordings = ['1', '2', '3', '4', '5'].flatMap((fold): Recording[] => {
  const split = { 4: 'validation', 5: 'test' }[fold] ?? 'train';
  const common = { class: 'water', word: '', source: '', fold, split };
  return [
    { ...common, file: `a${fold}.wav`, group: `a${fold}` },
    { ...common, file: `b${fold}.wav`, group: Number(fold) < 3 ? 'shared' : `b${fold}` },
  ];
});
const unused = { ...recordings[0], file: 'x.wav', group: 'x', split: 'unused' };
const folder: Folder = {
  path: '/f',
  recordings: [...recordings, unused],
  groupName: 'original recordings',
  strangers: [],
};
const names = (list: readonly Recording[]) => list.map(({ file }) => file.replace('.wav', ''));

describe('what a run trains on', () => {
  it('is the split train, with validation or with everything if that is wanted, and never what is unused', () => {
    const ordinary = selectRecordings(folder, { includeValidation: false, everything: false });
    expect(names(ordinary.training)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    expect(names(ordinary.judged)).toEqual(['a4', 'b4']);
    const more = selectRecordings(folder, { includeValidation: true, everything: false });
    expect(names(more.training)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'a4', 'b4']);
    expect(more.judged).toEqual([]);
    const all = selectRecordings(folder, { includeValidation: false, everything: true });
    expect(all.training).toHaveLength(10);
    expect(all.trainedOn).toBe('train, validation and test');
  });
});

describe('a fold', () => {
  it('is held out whole: neither it nor another clip of its sources is trained on, and the next fold chooses', () => {
    const { training, judged } = selectFold(folder, '5', { includeValidation: false });
    expect(names(judged)).toEqual(['a1', 'b1']);
    expect(names(training)).toEqual(['a2', 'a3', 'b3', 'a4', 'b4']);
  });

  it('leaves all others to train on where the validation is included', () => {
    const { training, judged } = selectFold(folder, '1', { includeValidation: true });
    expect(judged).toEqual([]);
    expect(names(training)).toEqual(['a2', 'a3', 'b3', 'a4', 'b4', 'a5', 'b5']);
    expect(names(heldOut(folder, '1'))).toEqual(['a1', 'b1']);
  });

  it('is asked for in vain where there are none', () => {
    const without = { ...folder, recordings: recordings.map((recording) => ({ ...recording, fold: '' })) };
    expect(() => foldsOf(without)).toThrow(KuuloError);
    expect(() => foldsOf(without)).toThrow('has 0 folds');
  });
});

describe('a random split', () => {
  const clips = Array.from({ length: 50 }, (_, i) => ({
    ...recordings[0],
    file: `${i}.wav`,
    class: i < 30 ? 'a' : 'b',
  }));
  const many = { ...folder, recordings: [...clips, unused] };

  it('judges a share of each class, trains on the rest, and leaves out what is unused', () => {
    const { training, judged } = selectRandomly(many, 0.2, 1);
    expect(judged.filter((clip) => clip.class === 'a')).toHaveLength(6);
    expect(judged.filter((clip) => clip.class === 'b')).toHaveLength(4);
    expect(names([...training, ...judged]).sort()).toEqual(names(clips).sort());
  });

  it('is the same for the same seed and another for another', () => {
    const drawn = (seed: number) => names(selectRandomly(many, 0.2, seed).judged).join();
    expect(drawn(1)).toBe(drawn(1));
    expect(new Set([1, 2, 3, 4, 5].map(drawn)).size).toBe(5);
  });
});
