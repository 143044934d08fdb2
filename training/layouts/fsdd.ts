/**
 * The public layout of the Free Spoken Digit Dataset (Jackson and others): `recordings/DIGIT_SPEAKER_N.wav`. Speakers are
 * kept apart: yweweler is for validation, lucas and theo are for the test, all others for training.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder, Recording } from '../data.ts';
import { type Classes, classOf, soundFiles } from '../listing.ts';

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const SPLITS: Readonly<Record<string, string>> = { yweweler: 'validation', lucas: 'test', theo: 'test' };
const NAME = /^(\d)_(.+)_\d+\.\w+$/;

export function isFsdd(folder: string): boolean {
  const recordings = join(folder, 'recordings');
  return existsSync(recordings) && soundFiles(recordings).some((name) => NAME.test(name));
}

export function readFsdd(folder: string, classes: Classes): Folder {
  const recordings = soundFiles(join(folder, 'recordings')).flatMap((name): Recording[] => {
    const [, digit, speaker] = NAME.exec(name) ?? [];
    const word = DIGITS[Number(digit)];
    const own = word && classOf(word, classes);
    if (!own) return [];
    const file = join(folder, 'recordings', name);
    const split = Object.hasOwn(SPLITS, speaker) ? SPLITS[speaker] : 'train';
    return [{ file, class: own, split, group: speaker, word, fold: '', source: '' }];
  });
  return { path: folder, recordings, groupName: 'speakers', strangers: [] };
}
