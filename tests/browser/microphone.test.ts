import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { resample } from '../../src/lib/audio/resample.ts';
import { openWithMicrophone, rate, room, word } from './fake-microphone.ts';
import { kept, untilNotice, untilReady } from './reader.ts';
import { expectAccessible, openSite, type Site } from './site.ts';

/** A word is spoken this often: any recording of 1.5 s holds a whole one, however slow the machine is. */
const period = 0.75;

let site: Site | undefined;
afterEach(() => site?.close());

/** A site whose microphone hears this sound. */
async function openWith(sound: Float32Array): Promise<Site> {
  site = await openWithMicrophone(sound);
  return site;
}

/** The largest correlation of a with b over all places in which b lies within a. */
function correlation(a: Float32Array, b: Float32Array): number {
  const energy = b.reduce((sum, value) => sum + value * value, 0);
  let best = 0;
  for (let shift = 0; shift + b.length <= a.length; shift++) {
    let product = 0;
    let own = 0;
    for (let n = 0; n < b.length; n++) {
      product += a[shift + n] * b[n];
      own += a[shift + n] * a[shift + n];
    }
    best = Math.max(best, product / (Math.sqrt(own * energy) || 1));
  }
  return best;
}

/** Lets the event 'midway' happen in the page soon after it says "Speak now"; from here it might come too late. */
async function announceMidway(page: Page): Promise<void> {
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('.cb-msg')?.textContent !== 'Speak now') return;
      observer.disconnect();
      setTimeout(() => dispatchEvent(new Event('midway')), 300);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

describe('the microphone', () => {
  it('is heard at the first click on a fresh page, from the countdown to the clip of every page', async () => {
    const { visit } = await openWith(room(period));
    await visit('/about/', { permissions: ['microphone'] }, async (page) => {
      await page.click('button[aria-label="Record a word"]');
      const said: (string | null)[] = [];
      for (const words of ['Speak in 3', 'Speak in 2', 'Speak in 1', 'Speak now']) {
        await page.locator('.cb-msg', { hasText: words }).waitFor();
        said.push(await page.locator('.clipbar > [role=status]').textContent());
      }
      expect(said).toEqual(['Get ready to speak', 'Get ready to speak', 'Get ready to speak', 'Speak now']);
      await expectAccessible(page);
      await untilReady(page, 'recording 1');
      const stored = await kept(page);
      const samples = Float32Array.from(stored?.samples ?? []);
      expect(stored?.source).toBe('microphone');
      expect(samples).toHaveLength(Math.round(1.5 * (stored?.sampleRate ?? 0)));
      expect(stored?.capture).toMatchObject({
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
        lost: 0,
      });
      // The voice below 2 kHz, at a rate at which it does not matter where between two samples it begins.
      const voice = (sound: Float32Array, from: number) => resample(resample(sound, from, 4000), 4000, 8000);
      const spoken = voice(word, rate).subarray(400, 3600);
      expect(correlation(voice(samples, stored?.sampleRate ?? rate), spoken)).toBeGreaterThan(0.9);
      await page.goto('/classify/');
      await untilReady(page, 'recording 1');
    });
  });

  it('says when there is only silence, and records all the same', async () => {
    const { visit } = await openWith(new Float32Array(60 * rate));
    await visit('/about/', { permissions: ['microphone'] }, async (page) => {
      await page.click('button[aria-label="Record a word"]');
      await untilNotice(page, 'nothing but digital silence: is it muted');
      await untilReady(page, 'recording 1');
      await untilNotice(page, 'nothing but digital silence: is it muted');
    });
  });

  it('leaves everything as it was when stopped during the countdown', async () => {
    const { visit } = await openWith(room(period));
    await visit('/about/', { permissions: ['microphone'] }, async (page) => {
      await untilReady(page, 'yes');
      await page.click('button[aria-label="Record a word"]');
      await page.locator('.cb-msg', { hasText: 'Speak in 2' }).waitFor();
      await page.keyboard.press('Enter');
      await untilReady(page, 'yes');
      expect(await page.getAttribute('.disc.rec', 'aria-label')).toBe('Record a word');
    });
  });

  it('keeps what there is when it is unplugged midway', async () => {
    const { visit } = await openWith(room(period));
    await visit('/about/', { permissions: ['microphone'] }, async (page) => {
      await page.evaluate(() => {
        const devices = navigator.mediaDevices;
        const real = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (wanted) => {
          const stream = await real(wanted);
          addEventListener('midway', () => stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended')));
          return stream;
        };
      });
      await announceMidway(page);
      await page.click('button[aria-label="Record a word"]');
      await untilReady(page, 'recording 1');
      expect(await untilNotice(page, 'The microphone was unplugged')).toMatch(/The [01]\.\d s until then are kept\.$/);
      const stored = await kept(page);
      expect(stored?.samples.length).toBeLessThan(1.5 * (stored?.sampleRate ?? 0));
    });
  });

  it('keeps what there is when the browser pauses it, and records again afterwards', async () => {
    const { visit } = await openWith(room(period));
    await visit('/about/', { permissions: ['microphone'] }, async (page) => {
      await page.evaluate(() => {
        const Real = AudioContext;
        window.AudioContext = class extends Real {
          constructor() {
            super();
            addEventListener('midway', () => void this.suspend(), { once: true });
          }
        };
      });
      await announceMidway(page);
      await page.click('button[aria-label="Record a word"]');
      await untilReady(page, 'recording 1');
      await untilNotice(page, 'The browser paused the recording');
      await page.click('button[aria-label="Record a word"]');
      await untilReady(page, 'recording 2');
    });
  });

  it.each([
    ['NotAllowedError', 'The microphone is refused to this page.'],
    ['NotFoundError', 'No microphone was found.'],
    ['NotReadableError', 'another program may be using it'],
    ['', 'This browser cannot record.'],
    ['insecure', 'only to pages that come over https'],
  ])('says what to do when it cannot be had: %s', async (name, sentence) => {
    site = await openSite();
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      await page.evaluate((reason) => {
        if (reason === 'insecure') Object.defineProperty(window, 'isSecureContext', { value: false });
        const missing = reason === '' || reason === 'insecure';
        const getUserMedia = () => Promise.reject(new DOMException('Not to be had.', reason));
        const value = missing ? undefined : { getUserMedia, enumerateDevices: async () => [] };
        Object.defineProperty(navigator, 'mediaDevices', { value });
      }, name);
      await page.click('button[aria-label="Record a word"]');
      await untilNotice(page, sentence);
      await untilReady(page, 'yes');
      await expectAccessible(page);
    });
  });

  it('is asked for and refused by the browser itself', async () => {
    site = await openSite(['--deny-permission-prompts']);
    await site.visit('/about/', {}, async (page) => {
      await untilReady(page, 'yes');
      await page.click('button[aria-label="Record a word"]');
      expect(await untilNotice(page, 'icrophone')).toMatch(/refused to this page|No microphone was found/);
      await untilReady(page, 'yes');
    });
  });
});
