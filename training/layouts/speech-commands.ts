/**
 * The public layout of Speech Commands: a folder a word, `validation_list.txt`, `testing_list.txt`, `_background_noise_`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder, Recording } from '../data.ts';
import { type Classes, classOf, isFile, soundFiles, subfolders } from '../listing.ts';

const BACKGROUND = '_background_noise_';

export function isSpeechCommands(folder: string): boolean {
  return isFile(join(folder, 'validation_list.txt'));
}

export function readSpeechCommands(folder: string, classes: Classes): Folder {
  const listed = (file: string): Set<string> => {
    const path = join(folder, file);
    return new Set(existsSync(path) ? readFileSync(path, 'utf8').split(/\r?\n/).filter(Boolean) : []);
  };
  const validation = listed('validation_list.txt');
  const test = listed('testing_list.txt');
  const recordings: Recording[] = [];
  for (const word of subfolders(folder)) {
    for (const name of soundFiles(join(folder, word))) {
      const file = join(folder, word, name);
      if (word === BACKGROUND) {
        if (classes.silence) recordings.push(...backgroundParts(file, classes.silence));
        continue;
      }
      const key = `${word}/${name}`;
      const split = validation.has(key) ? 'validation' : test.has(key) ? 'test' : 'train';
      const own = classOf(word, classes);
      if (own)
        recordings.push({ file, class: own, split, group: name.split('_nohash_')[0], word, fold: '', source: '' });
    }
  }
  return { path: folder, recordings, groupName: 'speakers', strangers: [] };
}

/** The first 70 % of a background for training, then ten places for validation and ten for the test. */
function backgroundParts(file: string, silence: string): Recording[] {
  const common = { file, class: silence, group: '', word: '', fold: '', source: '' };
  const places = (split: string, start: number): Recording[] =>
    Array.from({ length: 10 }, (_, i) => {
      const from = start + 0.015 * i;
      return { ...common, split, part: { from, to: from + 0.015 } };
    });
  return [
    { ...common, split: 'train', part: { from: 0, to: 0.7 } },
    ...places('validation', 0.7),
    ...places('test', 0.85),
  ];
}
