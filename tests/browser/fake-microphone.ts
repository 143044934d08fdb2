/** A site whose microphone hears a file, and what it hears. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resample } from '../../src/lib/audio/resample.ts';
import { readWav, writeWav } from '../../src/lib/audio/wav.ts';
import { createRandom } from '../../src/lib/random.ts';
import { openSite, type Site } from './site.ts';

/** Chromium plays a file to the page from the moment it opens the microphone, at this rate without loss. */
export const rate = 44100;

/** The spoken part of a built-in word. */
export const word = (() => {
  const { channels, sampleRate } = readWav(readFileSync('public/audio/yes-american-woman.wav')).recording;
  return resample(channels[0], sampleRate, rate).subarray(0.2 * rate, 0.8 * rate);
})();

/** The word again and again, every `period` seconds, in the noise of a quiet room. */
export function room(period: number): Float32Array {
  const random = createRandom(5);
  const sound = Float32Array.from({ length: 60 * rate }, () => 1e-3 * random.normal());
  for (let at = 0; at < 59; at += period) {
    for (const [n, value] of word.entries()) sound[Math.round(at * rate) + n] += value;
  }
  return sound;
}

/** Opens a site whose microphone hears this sound. Its file is deleted when the site is closed. */
export async function openWithMicrophone(sound: Float32Array): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'kuulo-microphone-'));
  const path = join(folder, 'sound.wav');
  writeFileSync(path, writeWav({ channels: [sound], sampleRate: rate }));
  const site = await openSite([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${path}%noloop`,
  ]);
  return {
    ...site,
    async close() {
      await site.close();
      rmSync(folder, { recursive: true });
    },
  };
}
