/** What the browser keeps of the reader's sound, and sounds to give it. */
import type { Page } from 'playwright-core';
import { writeWav } from '../../src/lib/audio/wav.ts';

/** A clip as the browser keeps it. */
export interface Kept {
  name: string;
  source: string;
  sampleRate: number;
  start: number;
  samples: number[];
  notices: string[];
  capture?: Record<string, unknown>;
}

/** What is kept under 'clip', read from the browser's storage itself; undefined where nothing is. */
export function kept(page: Page): Promise<Kept | undefined> {
  return page.evaluate(async () => {
    const request = indexedDB.open('kuulo');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    if (!database.objectStoreNames.contains('reader')) return undefined;
    const found = database.transaction('reader').objectStore('reader').get('clip');
    const clip = await new Promise<Kept | undefined>((resolve) => {
      found.onsuccess = () => resolve(found.result);
    });
    database.close();
    return clip && { ...clip, samples: Array.from(clip.samples) };
  });
}

/** The bytes of a mono WAV. */
export function wav(samples: Float32Array, sampleRate: number): Buffer {
  return Buffer.from(writeWav({ channels: [samples], sampleRate }, 'float32'));
}

export function tone(hertz: number, sampleRate: number, seconds: number): Float32Array {
  const length = Math.round(seconds * sampleRate);
  return Float32Array.from({ length }, (_, n) => 0.4 * Math.sin((2 * Math.PI * hertz * n) / sampleRate));
}

/** Waits until the clip bar shows the clip of this name, at rest. */
export async function untilReady(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      document.querySelector('.clipbar')?.getAttribute('data-state') === 'ready' &&
      document.querySelector('.cb-name')?.textContent === wanted,
    name,
  );
}

/** Waits for a notice with these words in it, and gives the whole of it. */
export async function untilNotice(page: Page, words: string): Promise<string> {
  const notice = page.locator('.cb-notice p', { hasText: words });
  await notice.waitFor();
  return (await notice.textContent()) ?? '';
}
