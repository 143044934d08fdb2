/**
 * Folders of recordings: what is in them, in which split, of which class. A folder with an `index.csv` is read (columns
 * file, class, split; where they are there also speaker or group, word, fold, and source), and so are the public layouts
 * of Speech Commands, ESC-50 and FSDD: see `layouts/`.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KuuloError } from '../src/lib/errors.ts';
import { parseCsv } from './csv.ts';
import { isEsc50, readEsc50 } from './layouts/esc-50.ts';
import { isFsdd, readFsdd } from './layouts/fsdd.ts';
import { isSpeechCommands, readSpeechCommands } from './layouts/speech-commands.ts';
import { type Classes, classOf, isFile } from './listing.ts';

export interface Recording {
  /** Absolute path. */
  readonly file: string;
  readonly class: string;
  readonly split: string;
  /** The speaker or the original recording; empty where the folder does not say. */
  readonly group: string;
  /** The word that is spoken; empty where the folder does not say. */
  readonly word: string;
  /** The part of a cross-validation; empty where the folder does not say. */
  readonly fold: string;
  /** The collection that it comes from; empty where the folder does not say. */
  readonly source: string;
  /** The part of the recording that is meant, as shares of its length; the whole where it is left out. */
  readonly part?: { readonly from: number; readonly to: number };
}

export interface Folder {
  readonly path: string;
  readonly recordings: readonly Recording[];
  /** What a group is, for people: "speakers". */
  readonly groupName: string;
  /** The classes of its index that the model does not have. */
  readonly strangers: readonly string[];
}

/** Lists a folder's recordings. Throws KuuloError if there is no such folder, or nothing in it that says what is what. */
export function readFolder(path: string, classes: Classes): Folder {
  const folder = resolve(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new KuuloError(`There is no folder ${folder}. Give the folder of the recordings with --data DIR.`);
  }
  if (isFile(join(folder, 'index.csv'))) return readIndex(folder, classes);
  if (isSpeechCommands(folder)) return readSpeechCommands(folder, classes);
  if (isEsc50(folder)) return readEsc50(folder, classes);
  if (isFsdd(folder)) return readFsdd(folder, classes);
  throw new KuuloError(
    `The folder ${folder} has neither an index.csv nor a validation_list.txt (Speech Commands), a meta/esc50.csv (ESC-50) or recordings/DIGIT_SPEAKER_N.wav (FSDD), so it does not say what its recordings are.`,
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
  const recordings = rows.flatMap((row): Recording[] => {
    const own = classOf(row.class, classes);
    if (!own) return [];
    const { split, word = '', fold = '', source = '', [groupColumn]: group = '' } = row;
    return [{ file: resolve(folder, row.file), class: own, split, group, word, fold, source }];
  });
  const known = [...classes.classes, ...Object.keys(classes.sounds ?? {})];
  const strangers = [...new Set(rows.map((row) => row.class))].filter((name) => !known.includes(name));
  const groupName = groupColumn === 'speaker' ? 'speakers' : 'original recordings';
  return { path: folder, recordings, groupName, strangers };
}
