import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const field = (page: Page) => page.getByRole('searchbox', { name: 'Words to look for' });
const links = (page: Page) => page.locator('.results a');
const said = (page: Page) => page.locator('.search-said');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

/** Types `words`, and waits until there are results. */
async function look(page: Page, words: string): Promise<void> {
  await field(page).fill(words);
  await links(page).first().waitFor();
}

describe('the search', () => {
  const sizes = [1280, 390].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  it.each(sizes)('shows what it found at $width px in $colorScheme', async (size) => {
    await site.visit('/search/', size, async (page) => {
      await look(page, 'frame');
      expect(await links(page).count()).toBeGreaterThan(3);
      await expectNoOverflow(page);
      await expectAccessible(page);
    });
  });

  it('puts the term that was asked for first, and marks the words in the text', async () => {
    await site.visit('/search/', {}, async (page) => {
      await look(page, 'hop_length');
      expect(await links(page).first().innerText()).toBe('hop length');
      expect(await links(page).first().getAttribute('href')).toBe('/glossary/#hop-length');
      await look(page, 'librosa');
      expect(await page.locator('.results mark').first().innerText()).toBe('librosa');
    });
  });

  it('finds sections of the chapters, and leads to them', async () => {
    await site.visit('/search/', {}, async (page) => {
      await look(page, 'spectrogram');
      const hit = page
        .locator('.results li', { hasText: /^3 The spectrogram/ })
        .locator('a')
        .first();
      const address = await hit.getAttribute('href');
      await hit.click();
      await page.waitForURL(`**${address}`);
      const { hash } = new URL(page.url());
      if (hash) expect(await page.locator(`[id="${hash.slice(1)}"]`).count()).toBe(1);
    });
  });

  it('is used by the keyboard alone', async () => {
    await site.visit('/search/', {}, async (page) => {
      await page.keyboard.type('window');
      await links(page).first().waitFor();
      const [first, second] = await links(page).allInnerTexts();
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toBe(first);
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toBe(second);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe(first);
      await page.keyboard.press('Escape');
      expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true);
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe(first);
      const address = await links(page).first().getAttribute('href');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${address}`);
    });
  });

  it('keeps the words in the address, so that one comes back to what was found', async () => {
    await site.visit('/search/?q=softmax', {}, async (page) => {
      await links(page).first().waitFor();
      expect(await field(page).inputValue()).toBe('softmax');
      await look(page, 'dropout');
      expect(new URL(page.url()).searchParams.get('q')).toBe('dropout');
      await links(page).first().click();
      await page.waitForURL('**/glossary/**');
      await page.goBack();
      await links(page).first().waitFor();
      expect(await field(page).inputValue()).toBe('dropout');
      await field(page).fill('');
      expect(new URL(page.url()).search).toBe('');
    });
  });

  it('says in a sentence what to do with nothing asked, and with nothing found', async () => {
    await site.visit('/search/', {}, async (page) => {
      expect(await said(page).innerText()).toMatch(/^Type a word/);
      await field(page).fill('zyzzyva<b>');
      await page.waitForFunction(() => document.querySelector('.search-said')?.textContent?.startsWith('Nothing'));
      expect(await said(page).innerText()).toBe(
        'Nothing in the book matches “zyzzyva<b>”. Try fewer letters, or another word for it.',
      );
      expect(await links(page).count()).toBe(0);
      await expectAccessible(page);
    });
  });

  it('says so where the index cannot be fetched, and tries again', async () => {
    await site.visit('/about/', { expected: /search\.json|ERR_FAILED/ }, async (page) => {
      let broken = true;
      await page.route('**/search.json', (route) => (broken ? route.abort() : route.continue()));
      await page.goto('/search/?q=mel');
      await page.waitForFunction(() =>
        document.querySelector('.search-said')?.textContent?.startsWith('The book could'),
      );
      broken = false;
      await look(page, 'mels');
    });
  });

  it('loads neither its library nor the index before it is opened', async () => {
    await site.visit('/about/', {}, async (page) => {
      const loaded = () =>
        page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
      const late = (paths: string[]) => paths.filter((path) => /search\.json|minisearch|\/Search\./i.test(path));
      expect(late(await loaded())).toEqual([]);
      await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
      await page.waitForURL('**/search/');
      await look(page, 'mel');
      expect(late(await loaded()).join(' ')).toMatch(/search\.json/);
    });
  });
});
