/** A sound file of any kind and rate as a mono clip at the model's rate: as the page reads it. */
import { readFile } from 'node:fs/promises';
import type { Clip } from '../src/lib/audio/clip.ts';
import { readClip } from '../src/lib/audio/read.ts';
import { AudioError } from '../src/lib/errors.ts';

/** @throws AudioError if the file is not there or holds no sound that can be read */
export async function readSound(file: string, sampleRate: number): Promise<Clip> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'There is no such file.' : `It cannot be opened (${error.code}).`;
    throw new AudioError(reason);
  });
  return (await readClip(bytes, sampleRate)).clip;
}
