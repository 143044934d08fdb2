import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KuuloError } from '../../../src/lib/errors.ts';
import { parseCsv } from '../../../training/csv.ts';
import { readFolder, recordingsOf } from '../../../training/data.ts';
import { put, temporaryFolder } from './recordings.ts';

const classes = { classes: ['yes', 'no', 'unknown', 'silence'], silence: 'silence', unknown: 'unknown' };
let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('CSV', () => {
  it('reads quotes, doubled quotes, commas and line breaks in fields, and any line ends', () => {
    expect(parseCsv('\uFEFFa,b\r\n"1, ""one""","x\ny"\n\n2,\n')).toEqual([
      { a: '1, "one"', b: 'x\ny' },
      { a: '2', b: '' },
    ]);
  });

  it('gives no rows for nothing or a head alone', () => {
    expect(parseCsv('')).toEqual([]);
    expect(parseCsv('a,b\n')).toEqual([]);
  });
});

describe('a folder with an index', () => {
  it('follows paths that climb, and takes words that are not among the classes as unknown', () => {
    put(
      join(folder.path, 'words/index.csv'),
      'file,class,split,group\n../other/a.wav,tree,test,g1\nb.flac,yes,test,\n',
    );
    const { recordings, groupName, strangers } = readFolder(join(folder.path, 'words'), classes);
    expect(recordings[0]).toMatchObject({ file: join(folder.path, 'other/a.wav'), class: 'unknown', group: 'g1' });
    expect(recordings[1]).toMatchObject({ file: join(folder.path, 'words/b.flac'), class: 'yes', group: '' });
    expect(groupName).toBe('original recordings');
    expect(strangers).toEqual(['tree']);
  });

  it('names the splits there are when another is asked for', () => {
    put(join(folder.path, 'index.csv'), 'file,class,split\na.wav,yes,train\nb.wav,yes,test\n');
    const read = readFolder(folder.path, classes);
    expect(() => recordingsOf(read, 'tset')).toThrow('It has: test, train.');
  });

  it('says which column is missing', () => {
    put(join(folder.path, 'index.csv'), 'file,label,split\na.wav,yes,train\n');
    expect(() => readFolder(folder.path, classes)).toThrow(/lacks the column class/);
  });
});

describe('the layout of Speech Commands', () => {
  it('sorts clips by its two lists, words by the classes, and backgrounds into parts', () => {
    for (const file of ['yes/ab12_nohash_0.wav', 'yes/cd34_nohash_1.wav', 'tree/ab12_nohash_0.wav']) {
      put(join(folder.path, file), '');
    }
    put(join(folder.path, '_background_noise_/tap.wav'), '');
    put(join(folder.path, 'validation_list.txt'), 'yes/cd34_nohash_1.wav\n');
    put(join(folder.path, 'testing_list.txt'), 'tree/ab12_nohash_0.wav\r\n');
    const read = readFolder(folder.path, classes);
    const words = read.recordings.filter((recording) => recording.word);
    expect(words.map(({ word, class: cls, split, group }) => [word, cls, split, group])).toEqual([
      ['tree', 'unknown', 'test', 'ab12'],
      ['yes', 'yes', 'train', 'ab12'],
      ['yes', 'yes', 'validation', 'cd34'],
    ]);
    const parts = (split: string) => read.recordings.filter((r) => r.class === 'silence' && r.split === split);
    expect(parts('train').map((r) => r.part)).toEqual([{ from: 0, to: 0.7 }]);
    const later = [...parts('validation'), ...parts('test')].map((r) => r.part?.from ?? 0);
    expect(later).toHaveLength(20);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(0.7);
  });
});

describe('a folder that says nothing', () => {
  it('is refused with a sentence, and so is one that is not there', () => {
    expect(() => readFolder(folder.path, classes)).toThrow(KuuloError);
    expect(() => readFolder(folder.path, classes)).toThrow('neither an index.csv nor a validation_list.txt');
    expect(() => readFolder(join(folder.path, 'gone'), classes)).toThrow('There is no folder');
  });
});
