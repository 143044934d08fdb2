/**
 * Keeps the reader's clip in this browser (IndexedDB), so that it is there on every page, and nowhere else. Where the
 * browser keeps nothing, the clip lives as long as the page, and a sentence says so.
 */
import { signal } from '@preact/signals';
import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { readBuiltIn } from './built-in.ts';
import { type Clip, clip } from './clip.ts';
import { startBounds } from './make-clip.ts';
import { mention, report, sentenceOf } from './notice.ts';
import { fromStored, toStored } from './stored.ts';

/** Milliseconds; the longest clip is read within a few hundred, and written within a few thousand on a slow phone. */
const patience = { read: 4000, write: 10000 };

/** The word that a reader starts with who has recorded nothing yet. */
const firstWord = 'yes';
const noFirst = 'The built-in sound could not be read. Record a word, or choose a file.';

let opened: UseStore | undefined;
function store(): UseStore {
  opened ??= createStore('kuulo', 'reader');
  return opened;
}

/** Whether it is known by now if a clip was kept. */
export const restored = signal(false);

let restoring: Promise<void> | undefined;

/** Sets the clip to the one kept, or at a first visit to a built-in one. Every page calls it; the first call does it. */
export function restoreClip(): Promise<void> {
  restoring ??= restore().finally(() => {
    restored.value = true;
  });
  return restoring;
}

async function restore(): Promise<void> {
  const kept = await readKept();
  // Whatever the reader took meanwhile comes first.
  if (clip.value) return;
  if (kept) clip.value = kept;
  else {
    const first = await readBuiltIn(firstWord).catch((error: unknown) => void report(sentenceOf(error, noFirst)));
    if (first && !clip.value) clip.value = first;
  }
}

async function readKept(): Promise<Clip | undefined> {
  try {
    const [found, start] = await answered(Promise.all([get('clip', store()), get('start', store())]), patience.read);
    if (found === undefined) return undefined;
    const kept = fromStored(found, start);
    if (!kept) mention('The sound from your last visit could not be read any more, so a built-in one stands here.');
    return kept;
  } catch {
    // Without storage there is nothing to restore; the reader is told when there is something to keep.
    return undefined;
  }
}

/** What was asked of the storage, or an error after so many milliseconds: now and then a browser never answers. */
function answered<Result>(asked: Promise<Result>, milliseconds: number): Promise<Result> {
  const silence = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The storage does not answer.')), milliseconds);
  });
  return Promise.race([asked, silence]);
}

/** Makes this the reader's clip, on this page at once and on the others as soon as it is stored. */
export async function keepClip(next: Clip): Promise<void> {
  clip.value = next;
  try {
    await answered(set('clip', toStored(next), store()), patience.write);
  } catch (error) {
    if (next.source !== 'built-in') report(storageSentence(error));
  }
}

/** Moves the second to judge, in seconds from the clip's start; it stays within the clip. */
export async function judgeFrom(seconds: number): Promise<void> {
  const current = clip.value;
  if (!current) return;
  const [first, last] = startBounds(current.samples.length, current.sampleRate);
  const start = Math.min(Math.max(seconds, first), last);
  if (start === current.start) return;
  clip.value = { ...current, start };
  try {
    await set('start', { id: current.id, start }, store());
  } catch {
    // The sentence about storage was said when the clip was kept.
  }
}

/** Deletes the clip from the page and from the browser. */
export async function deleteClip(): Promise<void> {
  clip.value = undefined;
  try {
    await Promise.all([del('clip', store()), del('start', store())]);
    mention('Your sound is deleted from this browser. It was nowhere else.');
  } catch {
    report('The browser did not let the sound be deleted. Delete this site’s data in the browser’s settings.');
  }
}

function storageSentence(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError';
  return full
    ? 'The browser’s storage is full, so this sound stays on this page only. Free some space, or use a shorter sound.'
    : 'This browser does not let the page keep anything, so this sound is gone when you leave the page.';
}
