import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baselineParts, measureBaseline } from '../../../training/baseline.ts';
import { openCache } from '../../../training/cache.ts';
import { type Folder, type Recording, readFolder } from '../../../training/data.ts';
import type { JudgedSplit } from '../../../training/judge.ts';
import type { JudgedFolds } from '../../../training/judge-folds.ts';
import { makeRecordings, put, temporaryFolder, tone, wavFile } from './recordings.ts';

const classes = ['yes', 'no', 'unknown', 'silence'];
const input = { sampleRate: 16000, samples: 16000 };
const temporary = temporaryFolder();
/** Tones of 400, 800 and 1,200 Hz as the words, of 50 Hz as silence; four of each word and one of silence a split. */
let folder: Folder;
beforeAll(() => {
  const path = join(temporary.path, 'data');
  makeRecordings(path);
  folder = readFolder(path, { classes, silence: 'silence', unknown: 'unknown' });
});
afterAll(temporary.remove);

/** As what was judged; nothing of it but the recordings is read. */
const judged = (recordings: readonly Recording[]) => ({ recordings, skipped: 0 }) as unknown as JudgedSplit;
const open = (files: readonly string[]) =>
  openCache(join(temporary.path, 'cache'), temporary.path, files, input.sampleRate, 1);
const test = () => folder.recordings.filter(({ split }) => split === 'test');

describe('a classifier without a network', () => {
  it('tells tones apart that lie in other bands, and does without a file that is damaged', async () => {
    const figures = await measureBaseline({ classes, input }, baselineParts(folder, judged(test())), open);
    expect(figures).toEqual({ name: 'nearest mean spectrum of 40 mel bands', accuracy: 1, balancedAccuracy: 1 });
  });

  it('always names the commonest class where there is nothing to fit it on', async () => {
    const alone = { ...folder, recordings: test() };
    const figures = await measureBaseline({ classes, input }, baselineParts(alone, judged(alone.recordings)), open);
    expect(figures).toEqual({ name: 'always the commonest class', accuracy: 4 / 13, balancedAccuracy: 1 / 4 });
  });

  it('is fitted, for each fold, on the others alone', async () => {
    // "no" is in fold 2 alone, so nothing to learn it from is left when that fold is held out.
    const recordings = ['yes', 'no', 'unknown'].flatMap((name, k) =>
      [0, 1, 2, 3].map((i): Recording => {
        const file = join(temporary.path, `${name}${i}.wav`);
        put(file, wavFile(tone(400 * (k + 1), 1, 16000, 10 * k + i), 16000));
        const fold = name === 'no' ? '2' : `${1 + (i % 2)}`;
        return { file, class: name, split: 'train', group: '', word: '', source: '', fold };
      }),
    );
    const folds: Folder = { ...folder, recordings };
    const pooled = { ...judged(recordings), folds: {} } as JudgedFolds;
    const figures = await measureBaseline({ classes, input }, baselineParts(folds, pooled), open);
    expect(figures.accuracy).toBeCloseTo(8 / 12, 10);
    expect(figures.balancedAccuracy).toBeCloseTo(2 / 3, 10);
  });
});
