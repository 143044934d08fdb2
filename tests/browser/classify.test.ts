import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilTold } from './desk.ts';
import { openWithMicrophone, room } from './fake-microphone.ts';
import { tone, untilNotice, untilReady, wav } from './reader.ts';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const chooser = '.recorder input[type=file]';
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

describe('the answer', () => {
  it('names a built-in word, with all shares, and says where it was misnamed', async () => {
    await site.visit('/classify/', {}, async (page) => {
      for (const word of ['yes', 'no', 'stop']) {
        await page.selectOption('.recorder select[aria-label^="Take"]', { label: word });
        await untilReady(page, word);
        await page.locator('.v-word').waitFor();
        await page.waitForTimeout(300);
        const said = await page.textContent('.v-word');
        expect(await page.textContent('.v-bars .win span')).toBe(said);
        const shares = (await page.locator('.v-bars li span:last-child').allTextContents()).map(Number);
        expect(shares).toHaveLength(10);
        expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.6);
        expect(await page.locator('.v-truth').count()).toBe(said === word ? 0 : 1);
      }
      expect(await page.textContent('.computed')).toMatch(/^Computed by (wasm|TypeScript).* in [\d.,]+\u00a0ms/);
    });
  });

  it('says so when the model cannot be fetched, and tries again', async () => {
    await site.visit('/classify/', { expected: /ERR_FAILED|Failed to load/ }, async (page) => {
      await page.route('**/weights.safetensors', (route) => route.abort());
      await page.reload();
      await page.locator('.failed').waitFor();
      expect(await page.textContent('.failed')).toContain('could not be fetched');
      await page.unroute('**/weights.safetensors');
      await page.click('text=Try again');
      await page.locator('.v-word').waitFor();
      expect(await page.locator('.failed').count()).toBe(0);
    });
  });
});

describe('a file', () => {
  it('is taken by the chooser and by dropping it, and a broken one changes nothing', async () => {
    await site.visit('/classify/', {}, async (page) => {
      await untilReady(page, 'yes');
      await page.setInputFiles(chooser, file('tone.wav', wav(tone(500, 22050, 1), 22050)));
      await untilReady(page, 'tone.wav');
      await untilTold(page, 'conv1');
      expect(await page.textContent('.doctor')).toContain('22.1\u00a0kHz');
      const before = await page.textContent('.d-cell');
      const data = await page.evaluateHandle(
        (bytes) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.wav'));
          return transfer;
        },
        [...wav(tone(3000, 16000, 1), 16000)],
      );
      await page.dispatchEvent('.browser', 'dragenter', { dataTransfer: data });
      await page.dispatchEvent('.browser', 'drop', { dataTransfer: data });
      await untilReady(page, 'dropped.wav');
      await page.waitForFunction((old) => document.querySelector('.d-cell')?.textContent !== old, before);
      await untilTold(page, 'conv1');
      const kept = await page.textContent('.d-cell');
      await page.setInputFiles(chooser, file('broken.wav', Buffer.from('RIFF....WAVEfmt ')));
      const sentence = await untilNotice(page, '.');
      expect(await page.textContent('.rec-said')).toBe(sentence);
      expect(await page.getAttribute('.rec-said', 'data-kind')).toBe('problem');
      await untilReady(page, 'dropped.wav');
      expect(await page.textContent('.d-cell')).toBe(kept);
    });
  });
});

describe('the second to judge', () => {
  it('is chosen in a longer clip by keys, by number and by pointer', async () => {
    await site.visit('/classify/', {}, async (page) => {
      const samples = new Float32Array(4 * 16000);
      samples.set(tone(1000, 16000, 1), 16000);
      samples.set(tone(3000, 16000, 1), 48000);
      await page.setInputFiles(chooser, file('four.wav', wav(samples, 16000)));
      await untilReady(page, 'four.wav');
      const slider = page.getByRole('slider', { name: 'The second to judge' });
      const now = async () => Number(await slider.getAttribute('aria-valuenow'));
      await slider.focus();
      await page.keyboard.press('Home');
      expect(await now()).toBe(0);
      for (let step = 0; step < 9; step++) await page.keyboard.press('Shift+ArrowRight');
      for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowRight');
      expect(await now()).toBeCloseTo(1, 9);
      expect(await slider.getAttribute('aria-valuetext')).toBe('1.00 to 2.00\u00a0s');
      await page.locator('.said', { hasText: 'The second from 1.00 to 2.00\u00a0s' }).waitFor();
      await page.keyboard.press('End');
      expect(await now()).toBe(3);
      await page.getByLabel('Judged from').fill('1.5');
      await page.keyboard.press('Enter');
      await expect.poll(now).toBeCloseTo(1.5, 9);
      const area = await page.locator('.take-area').boundingBox();
      if (!area) throw new Error('There is no wave.');
      await page.mouse.click(area.x + area.width * 0.2, area.y + 20);
      await expect.poll(now).toBeCloseTo(0.3, 1);
      await page.mouse.move(area.x + area.width * 0.2, area.y + 20);
      await page.mouse.down();
      await page.mouse.move(area.x + area.width * 0.45, area.y + 20, { steps: 4 });
      await page.mouse.up();
      await expect.poll(now).toBeCloseTo(1.3, 1);
      await expectAccessible(page);
    });
  });

  it.each([390, 1280])('fits the page at %i px, with the frame at the end of a long clip too', async (width) => {
    const rising = Float32Array.from({ length: 60 * 8000 }, (_, i) => (i / 480_000) * Math.sin(i));
    await site.visit('/classify/', { width }, async (page) => {
      await page.setInputFiles(chooser, file('long.wav', wav(rising, 8000)));
      await untilReady(page, 'long.wav');
      await expectNoOverflow(page);
    });
  });
});

describe('the microphone', () => {
  it('is recorded, judged and examined', async () => {
    const own = await openWithMicrophone(room(1.25));
    try {
      await own.visit('/classify/', { permissions: ['microphone'] }, async (page) => {
        await untilReady(page, 'yes');
        await page.getByRole('button', { name: 'Record', exact: true }).click();
        await page.locator('.rec-txt', { hasText: 'Speak now' }).waitFor();
        await expectAccessible(page);
        await untilReady(page, 'recording 1');
        await page.locator('.said', { hasText: 'The second from' }).waitFor();
        await page.locator('.doctor', { hasText: 'Gain control' }).waitFor();
        expect(await page.textContent('.rec-txt b')).toBe('Record again');
        expect(await page.locator('.rec-row select option').count()).toBeGreaterThan(1);
        // A recording that cut the word in two is done again, as a reader would.
        for (let take = 2; take < 6 && (await page.textContent('.v-word')) !== 'yes'; take++) {
          await page.getByRole('button', { name: 'Record', exact: true }).click();
          await untilReady(page, `recording ${take}`);
          await page.waitForTimeout(500);
        }
        expect(await page.textContent('.v-word')).toBe('yes');
      });
    } finally {
      await own.close();
    }
  });
});
