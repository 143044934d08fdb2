/**
 * Folders of recordings: what is in them, in which split, of which class. Two layouts are read: a folder with an
 * `index.csv` (columns file, class, split; where they are there also speaker or group, and word), and the public Speech
 * Commands layout (a folder a word, `validation_list.txt`, `testing_list.txt`, `_background_noise_`).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KuuloError } from '../src/lib/errors.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { parseCsv } from './csv.ts';

export interface Recording {
  /** Absolute path. */
  readonly file: string;
  readonly class: string;
  readonly split: string;
  /** The speaker or the original recording; empty where the folder does not say. */
  readonly group: string;
  /** The word that is spoken; empty where the folder does not say. */
  readonly word: string;
  /** The part of the recording that is meant, as shares of its length; the whole where it is left out. */
  readonly part?: { readonly from: number; readonly to: number };
}

export interface Folder {
  readonly path: string;
  readonly recordings: readonly Recording[];
  /** What a group is, for people: "speakers". */
  readonly groupName: string;
  /** The classes of its index that the model does not have: their recordings count as unknown. */
  readonly strangers: readonly string[];
}

/** The classes that recordings are sorted into. */
export interface Classes {
  readonly classes: readonly string[];
  readonly silence: string;
  readonly unknown: string;
}

export function classesOf({ architecture, silence, unknown }: Recipe): Classes {
  return { classes: architecture.classes, silence, unknown };
}

const BACKGROUND = '_background_noise_';

/** Lists a folder's recordings. Throws KuuloError if there is no such folder, or nothing in it that says what is what. */
export function readFolder(path: string, classes: Classes): Folder {
  const folder = resolve(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new KuuloError(`There is no folder ${folder}. Give the folder of the recordings with --data DIR.`);
  }
  if (isFile(join(folder, 'index.csv'))) return readIndex(folder, classes);
  if (isFile(join(folder, 'validation_list.txt'))) return readSpeechCommands(folder, classes);
  throw new KuuloError(
    `The folder ${folder} has neither an index.csv nor a validation_list.txt, so it does not say what its recordings are.`,
  );
}

/** The recordings of one split. Throws KuuloError that names the splits there are if there are none. */
export function recordingsOf(folder: Folder, split: string): Recording[] {
  const found = folder.recordings.filter((recording) => recording.split === split);
  if (found.length > 0) return found;
  const splits = [...new Set(folder.recordings.map((recording) => recording.split))].sort();
  const known = splits.length > 0 ? `It has: ${splits.join(', ')}.` : 'It lists no recordings at all.';
  throw new KuuloError(`The folder ${folder.path} has no recordings of the split "${split}". ${known}`);
}

function readIndex(folder: string, classes: Classes): Folder {
  const rows = parseCsv(readFileSync(join(folder, 'index.csv'), 'utf8'));
  const columns = Object.keys(rows[0] ?? {});
  const missing = ['file', 'class', 'split'].filter((column) => rows.length > 0 && !columns.includes(column));
  if (missing.length > 0) {
    throw new KuuloError(`${join(folder, 'index.csv')} lacks the column ${missing.join(', ')} in its first line.`);
  }
  const groupColumn = columns.includes('speaker') ? 'speaker' : 'group';
  const recordings = rows.map((row) => ({
    file: resolve(folder, row.file),
    class: classOf(row.class, classes),
    split: row.split,
    group: row[groupColumn] ?? '',
    word: row.word ?? '',
  }));
  const strangers = [...new Set(rows.map((row) => row.class))].filter((name) => !classes.classes.includes(name));
  const groupName = groupColumn === 'speaker' ? 'speakers' : 'original recordings';
  return { path: folder, recordings, groupName, strangers };
}

function readSpeechCommands(folder: string, classes: Classes): Folder {
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
        recordings.push(...backgroundParts(file, classes.silence));
        continue;
      }
      const key = `${word}/${name}`;
      const split = validation.has(key) ? 'validation' : test.has(key) ? 'test' : 'train';
      recordings.push({ file, class: classOf(word, classes), split, group: name.split('_nohash_')[0], word });
    }
  }
  return { path: folder, recordings, groupName: 'speakers', strangers: [] };
}

/** The first 70 % of a background for training, then ten places for validation and ten for the test. */
function backgroundParts(file: string, silence: string): Recording[] {
  const common = { file, class: silence, group: '', word: '' };
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

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function subfolders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function soundFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(wav|flac|ogg|opus|mp3)$/i.test(name))
    .sort();
}

function classOf(word: string, { classes, unknown }: Classes): string {
  return classes.includes(word) ? word : unknown;
}
