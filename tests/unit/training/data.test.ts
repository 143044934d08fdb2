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

describe('the layout of ESC-50', () => {
  const header = 'filename,fold,target,category,esc10,src_file,take\n';

  it('takes its splits from the folds, and leaves a clip out whose source is judged later', () => {
    const rows = ['1-7-A-0.wav,1,0,siren,True,7,A', '4-9-A-1.wav,4,1,hen,False,9,A', '5-9-B-1.wav,5,1,hen,False,9,B'];
    put(join(folder.path, 'meta/esc50.csv'), `${header}${rows.join('\n')}\n`);
    const { recordings } = readFolder(folder.path, { classes: ['siren', 'hen'] });
    expect(recordings.map(({ split, fold, group }) => [split, fold, group])).toEqual([
      ['train', '1', '7'],
      ['unused', '4', '9'],
      ['test', '5', '9'],
    ]);
    expect(recordings[0].file).toBe(join(folder.path, 'audio/1-7-A-0.wav'));
  });

  it('gives its sounds the classes of the model, and leaves out what is to be left out', () => {
    const rows = ['a.wav,1,0,siren,True,1,A', 'b.wav,1,1,rain,False,2,A', 'c.wav,4,1,hen,False,3,A'];
    put(join(folder.path, 'meta/esc50.csv'), `${header}${rows.join('\n')}\n`);
    const sounds = { siren: 'alarm', rain: null };
    const { recordings } = readFolder(folder.path, { classes: ['alarm', 'other'], unknown: 'other', sounds });
    expect(recordings.map(({ class: own, split }) => [own, split])).toEqual([
      ['alarm', 'train'],
      ['other', 'validation'],
    ]);
  });
});

describe('the layout of FSDD', () => {
  it('names classes by number words and splits by speaker', () => {
    for (const name of ['7_theo_0.wav', '3_jackson_12.wav', '0_yweweler_4.wav', 'notes.wav']) {
      put(join(folder.path, 'recordings', name), '');
    }
    const { recordings } = readFolder(folder.path, { classes: ['zero', 'three', 'seven'] });
    expect(recordings.map(({ class: own, group, split }) => [own, group, split])).toEqual([
      ['zero', 'yweweler', 'validation'],
      ['three', 'jackson', 'train'],
      ['seven', 'theo', 'test'],
    ]);
  });
});

describe('recordings of a class that the model does not have', () => {
  it('are left out where there is no class for the unknown', () => {
    put(join(folder.path, 'index.csv'), 'file,class,split,source\na.wav,yes,test,web\nb.wav,tree,test,web\n');
    const { recordings, strangers } = readFolder(folder.path, { classes: ['yes'] });
    expect(recordings.map(({ class: own, source }) => [own, source])).toEqual([['yes', 'web']]);
    expect(strangers).toEqual(['tree']);
  });
});
