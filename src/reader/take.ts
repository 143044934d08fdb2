/** Taking another sound: a built-in one, or a file that was chosen or dropped. What is taken last wins. */
import { signal } from '@preact/signals';
import { readBuiltIn } from './built-in.ts';
import type { Clip } from './clip.ts';
import { dismiss, mention, report, sentenceOf } from './notice.ts';
import type { LongSound } from './open-file.ts';
import { keepClip } from './store.ts';

/** The name of the file that is being read; undefined while none is. */
export const reading = signal<string | undefined>(undefined);
/** A file that waits for the reader to say which part of it to take. */
export const longSound = signal<LongSound | undefined>(undefined);

let turn = 0;

/** Makes a built-in clip the reader's. Resolves when it is, or when a sentence says why not. */
export async function takeBuiltIn(name: string): Promise<void> {
  const mine = begin();
  try {
    const clip = await readBuiltIn(name);
    if (mine === turn) await finish(clip);
  } catch (error) {
    if (mine === turn) report(sentenceOf(error, `The built-in sound "${name}" could not be read. Choose another.`));
  }
}

/** Makes a file the reader's clip; a long one waits in `longSound` for its part to be chosen. */
export async function takeFile(file: File): Promise<void> {
  const mine = begin();
  reading.value = file.name;
  try {
    // Most readers never open a file: what reads one is loaded when it is needed.
    const { openFile } = await import('./open-file.ts');
    const opened = await openFile(file);
    if (mine !== turn) return;
    if (opened.kind === 'long') longSound.value = opened;
    else await finish(opened.clip);
  } catch (error) {
    if (mine === turn) report(sentenceOf(error, `The file ${file.name} could not be read. Choose another.`));
  } finally {
    if (mine === turn) reading.value = undefined;
  }
}

/** Takes the part of the waiting long sound that begins at the second `from`. */
export async function takePart(from: number): Promise<void> {
  const long = longSound.value;
  if (!long) return;
  begin();
  const { partOf } = await import('./open-file.ts');
  await finish(partOf(long, from));
}

/** Leaves the clip as it is. */
export function leaveLongSound(): void {
  longSound.value = undefined;
}

/** Makes a finished recording the reader's clip. */
export async function takeRecording(clip: Clip): Promise<void> {
  begin();
  await finish(clip);
}

function begin(): number {
  dismiss();
  longSound.value = undefined;
  reading.value = undefined;
  turn++;
  return turn;
}

async function finish(clip: Clip): Promise<void> {
  if (clip.notices.length > 0) mention(clip.notices.join(' '));
  await keepClip(clip);
}
