import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kept, tone, untilNotice, untilReady, wav } from './reader.ts';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
const chooser = 'input[type=file]';

describe('the clip bar', () => {
  it.each(['/', '/classify/', '/about/'])('has a built-in word before anything was recorded, on %s', async (path) => {
    await site.visit(path, {}, async (page) => {
      await untilReady(page, 'yes');
      expect(await page.textContent('.cb-id .cb-meta')).toBe('1.00\u00a0s · 16\u00a0kHz · built in');
      await page.waitForFunction(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.cb-wave canvas');
        const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        // More than a line: the columns of a word are filled to different heights.
        return pixels && pixels.filter((value, n) => n % 4 === 3 && value > 0).length > 3 * canvas.width;
      });
    });
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('is accessible and fits, %s at %i px', async (colorScheme, width) => {
    await site.visit('/about/', { colorScheme, width }, async (page) => {
      await untilReady(page, 'yes');
      await expectNoOverflow(page);
      if (width < 600) {
        await page.click('.cb-more');
        await page.locator('.cb-tools select').waitFor();
        expect(await page.getAttribute('.cb-more', 'aria-expanded')).toBe('true');
      }
      await expectAccessible(page);
    });
  });

  it('takes another built-in sound and keeps it on every page', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      await page.selectOption('.cb-tools select', { label: 'tone 1 kHz' });
      await untilReady(page, 'tone 1 kHz');
      await page.goto('/classify/');
      await untilReady(page, 'tone 1 kHz');
    });
  });

  it('plays and stops from the keyboard', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      const button = page.locator('.cb-play');
      await button.focus();
      await page.keyboard.press('Space');
      await page.waitForSelector('.clipbar[data-state=playing]');
      expect(await button.getAttribute('aria-label')).toBe('Stop');
      await page.waitForFunction(
        () => parseFloat(document.querySelector<HTMLElement>('.cb-head')?.style.left ?? '') > 10,
      );
      await page.keyboard.press('Space');
      await page.waitForSelector('.clipbar[data-state=ready]');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.clipbar[data-state=playing]');
      await page.waitForSelector('.clipbar[data-state=ready]');
      expect(await button.getAttribute('aria-label')).toBe('Play');
    });
  });

  it('opens a file, keeps it over pages and visits, and deletes it', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      const samples = tone(500, 22050, 2);
      await page.setInputFiles(chooser, file('my sound.wav', wav(samples, 22050)));
      await untilReady(page, 'my sound.wav');
      expect(await page.textContent('.cb-id .cb-meta')).toBe('2.00\u00a0s · 22.05\u00a0kHz · file');
      await expect.poll(() => kept(page)).toBeDefined();
      await page.goto('/classify/');
      await untilReady(page, 'my sound.wav');
      const stored = await kept(page);
      expect(stored).toMatchObject({ name: 'my sound.wav', source: 'file', sampleRate: 22050 });
      expect(Float32Array.from(stored?.samples ?? [])).toEqual(samples);
      await page.click('.cb-tools >> text=Delete');
      await page.waitForSelector('.clipbar[data-state=empty]');
      await untilNotice(page, 'deleted from this browser');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Record a word');
      expect(await kept(page)).toBeUndefined();
      await page.reload();
      await untilReady(page, 'yes');
    });
  });

  it('takes a file that is dropped anywhere on the page', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      const bytes = [...wav(tone(500, 16000, 1), 16000)];
      const data = await page.evaluateHandle((given) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(given)], 'dropped.wav'));
        return transfer;
      }, bytes);
      await page.dispatchEvent('h1', 'dragenter', { dataTransfer: data });
      await untilNotice(page, 'Drop the file');
      await page.dispatchEvent('h1', 'drop', { dataTransfer: data });
      await untilReady(page, 'dropped.wav');
    });
  });

  it('asks which part of a long file to take', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      const samples = new Float32Array(8000 * 90);
      samples.set(tone(500, 8000, 1), 8000 * 70);
      await page.setInputFiles(chooser, file('long.wav', wav(samples, 8000)));
      const choice = page.locator('.cb-long');
      await choice.waitFor();
      expect(await choice.locator('legend').textContent()).toBe('long.wav lasts 1:30. Which 60 seconds of it?');
      await expectAccessible(page);
      const slider = choice.locator('input[type=range]');
      await slider.focus();
      for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
      expect(await slider.getAttribute('aria-valuetext')).toBe('0:20 to 1:20');
      await page.click('text=Take this part');
      await untilReady(page, 'long.wav');
      await untilNotice(page, 'Taken from 0:20 to 1:20 of long.wav.');
      const stored = await kept(page);
      expect(stored?.samples).toHaveLength(8000 * 60);
      expect(stored?.start).toBeCloseTo(50, 2);
    });
  });

  it('says what is wrong with a file, and keeps the sound that was there', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('song.mp3', Buffer.from('Dear diary')));
      await untilNotice(page, 'The file holds text, not sound, whatever its name says.');
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('empty.wav', Buffer.alloc(0)));
      await untilNotice(page, 'The file is empty');
      await page.setInputFiles(chooser, file('odd.m4a', Buffer.from('\0\0\0\x18ftypM4A nothing more')));
      await untilNotice(page, 'M4A files cannot be read by this browser.');
      await page.click('.cb-notice >> text=Close');
      await page.locator('.cb-notice[data-shown=false]').waitFor({ state: 'attached' });
      await untilReady(page, 'yes');
    });
  });

  it('goes on without storage, and says so', async () => {
    await site.visit('/about/', {}, async (page) => {
      await page.addInitScript(() => {
        indexedDB.open = () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        };
      });
      await page.reload();
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('a.wav', wav(tone(500, 16000, 1), 16000)));
      await untilReady(page, 'a.wav');
      await untilNotice(page, 'This browser does not let the page keep anything');
    });
  });

  it('does not wait for storage that never answers', async () => {
    await site.visit('/about/', {}, async (page) => {
      await page.addInitScript(() => {
        indexedDB.open = () => new EventTarget() as IDBOpenDBRequest;
      });
      await page.reload();
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('a.wav', wav(tone(500, 16000, 1), 16000)));
      await untilReady(page, 'a.wav');
      await untilNotice(page, 'This browser does not let the page keep anything');
    });
  });

  it('goes on with full storage, and says so', async () => {
    await site.visit('/about/', {}, async (page) => {
      await page.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('No space.', 'QuotaExceededError');
        };
      });
      await page.reload();
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('a.wav', wav(tone(500, 16000, 1), 16000)));
      await untilReady(page, 'a.wav');
      await untilNotice(page, 'The browser’s storage is full');
    });
  });

  it('does not trust what it finds in storage', async () => {
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('a.wav', wav(tone(500, 16000, 1), 16000)));
      await untilReady(page, 'a.wav');
      await page.waitForTimeout(200);
      await page.evaluate(async () => {
        const request = indexedDB.open('kuulo');
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        const transaction = request.result.transaction('reader', 'readwrite');
        transaction.objectStore('reader').put({ format: 'kuulo-clip-1', name: 'odd', samples: 'none' }, 'clip');
        await new Promise((resolve) => {
          transaction.oncomplete = resolve;
        });
        request.result.close();
      });
      await page.reload();
      await untilReady(page, 'yes');
      await untilNotice(page, 'The sound from your last visit could not be read any more');
    });
  });
});
