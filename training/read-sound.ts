/** A sound file of any kind and rate as a mono clip at the model's rate: as the page reads it. */
import { readFile } from 'node:fs/promises';
import type { Clip } from '../src/lib/audio/clip.ts';
import { readClip } from '../src/lib/audio/read.ts';
import { AudioError } from '../src/lib/errors.ts';

/** A clip, with what was odd in its file and how it was mended, a sentence each. */
export interface ReadSound extends Clip {
  readonly notices: readonly string[];
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'It is a folder. Give the sound files in it.',
  EACCES: 'You have no permission to read it.',
};

/** What was read stays in memory up to this many samples, 256 MB: a card judges the same recordings several times over. */
const MOST_HELD = 2 ** 26;
const held = new Map<string, ReadSound>();
let samplesHeld = 0;

/**
 * @returns a sound that other callers get too, so that none of them may change it
 * @throws AudioError if the file is not there or holds no sound that can be read
 */
export async function readSound(file: string, sampleRate: number): Promise<ReadSound> {
  const key = `${sampleRate} ${file}`;
  const known = held.get(key);
  if (known) return known;
  const sound = await decodeSound(file, sampleRate);
  if (samplesHeld + sound.samples.length <= MOST_HELD) {
    samplesHeld += sound.samples.length;
    held.set(key, sound);
  }
  return sound;
}

/** The same, read anew. @throws AudioError as `readSound` does */
export async function decodeSound(file: string, sampleRate: number): Promise<ReadSound> {
  const bytes = await readFile(file).catch(({ code = '' }: NodeJS.ErrnoException) => {
    throw new AudioError(REASONS[code] ?? `It cannot be opened (${code}).`);
  });
  const { clip, notices } = await readClip(bytes, sampleRate);
  return { ...clip, notices };
}
