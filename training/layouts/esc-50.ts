/**
 * The public layout of ESC-50 (Piczak, 2015): `audio/` with `meta/esc50.csv`. Folds 1 to 3 are for training, 4 for
 * validation, 5 for the test. A clip of folds 1 to 4 is unused where another clip of its source lies in a fold that is
 * judged after it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../csv.ts';
import type { Folder, Recording } from '../data.ts';
import { type Classes, classOf, isFile } from '../listing.ts';

/** In the order in which they are judged. */
const SPLITS = ['train', 'validation', 'test'];

export function isEsc50(folder: string): boolean {
  return isFile(join(folder, 'meta', 'esc50.csv'));
}

export function readEsc50(folder: string, classes: Classes): Folder {
  const rows = parseCsv(readFileSync(join(folder, 'meta', 'esc50.csv'), 'utf8'));
  const lastSplit = new Map<string, number>();
  for (const { fold, src_file: source } of rows) {
    lastSplit.set(source, Math.max(lastSplit.get(source) ?? 0, splitOf(fold)));
  }
  const recordings = rows.flatMap((row): Recording[] => {
    const own = classOf(row.category, classes);
    if (!own) return [];
    const split = splitOf(row.fold) === lastSplit.get(row.src_file) ? SPLITS[splitOf(row.fold)] : 'unused';
    const file = join(folder, 'audio', row.filename);
    return [{ file, class: own, split, group: row.src_file, word: '', fold: row.fold, source: '' }];
  });
  return { path: folder, recordings, groupName: 'original recordings', strangers: [] };
}

function splitOf(fold: string): number {
  return Math.max(0, Number(fold) - 3);
}
