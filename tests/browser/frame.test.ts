import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoBlankCanvas, expectNoOverflow, openSite, readThrough, type Site } from './site.ts';

/** Every page that was built, as its address. */
const pages = readdirSync(fileURLToPath(new URL('../../dist', import.meta.url)), { recursive: true })
  .map((file) => `/${String(file).replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replace(/index\.html$/, ''))
  .sort();

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const light = 'rgb(251, 251, 248)';
const dark = 'rgb(27, 24, 21)';

describe('every page', () => {
  const cases = pages.flatMap((path) =>
    [1280, 390].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ path, width, colorScheme }))),
  );

  it.each(cases)('$path at $width px in $colorScheme', async ({ path, width, colorScheme }) => {
    await site.visit(path, { width, colorScheme, reducedMotion: 'reduce' }, async (page) => {
      expect(await paper(page)).toBe(colorScheme === 'light' ? light : dark);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.title()).toMatch(/ · Kuulo$/);
      if (path.startsWith('/chapters/')) {
        await readThrough(page);
        await expectNoBlankCanvas(page);
      }
      await expectNoOverflow(page);
      await expectAccessible(page);
    });
  });

  it('stays within its window at 320 px', async () => {
    for (const path of pages) await site.visit(path, { width: 320 }, expectNoOverflow);
  });
});

describe('the theme', () => {
  it('follows the system until the reader chooses, keeps the choice, and follows again when both agree', async () => {
    await site.visit('/about/', { colorScheme: 'light' }, async (page) => {
      const toggle = page.getByRole('button', { name: 'theme' });
      expect(await toggle.innerText()).toContain('Dark');
      await toggle.click();
      expect(await paper(page)).toBe(dark);
      expect(await toggle.innerText()).toContain('Light');

      await page.goto('/404.html');
      expect(await paper(page)).toBe(dark);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await paper(page)).toBe(dark);

      await page.getByRole('button', { name: 'theme' }).click();
      expect(await paper(page)).toBe(light);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await paper(page)).toBe(dark);
    });
  });

  it('is set before anything is painted', async () => {
    await site.visit('/about/', { colorScheme: 'light' }, async (page) => {
      await page.getByRole('button', { name: 'theme' }).click();
      // Every module script is held back: only what runs while the head is read can have set the theme.
      await page.route('**/*.js', () => {});
      await page.goto('/404.html', { waitUntil: 'commit' });
      await page.waitForSelector('h1');
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    });
  });
});

describe('the keyboard', () => {
  it('skips to the text first', async () => {
    await site.visit('/about/', {}, async (page) => {
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: 'Skip to the text' });
      expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
      const box = await skip.boundingBox();
      expect(box && box.x >= 0 && box.y >= 0).toBe(true);
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    });
  });

  it.each([1280, 390])('opens the contents at %i px, walks into them and out again', async (width) => {
    await site.visit('/about/', { width }, async (page) => {
      const button = page.getByRole('button', { name: 'Contents' });
      const contents = page.getByRole('navigation', { name: 'Contents' });
      expect(await contents.isVisible()).toBe(false);
      await button.focus();
      await page.keyboard.press('Enter');
      expect(await contents.isVisible()).toBe(true);
      await expectAccessible(page);
      await page.keyboard.press('Tab');
      expect(
        await contents
          .getByRole('link')
          .first()
          .evaluate((link) => link === document.activeElement),
      ).toBe(true);
      await page.keyboard.press('Escape');
      expect(await contents.isVisible()).toBe(false);
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });

  it('reaches a page by the contents', async () => {
    await site.visit('/about/', { width: 390 }, async (page) => {
      await page.getByRole('button', { name: 'Contents' }).click();
      await page.getByRole('link', { name: 'Classify a sound' }).click();
      await page.waitForURL('**/classify/');
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Classify a sound');
    });
  });
});

describe('the server', () => {
  it('answers a missing page with the page that says so', async () => {
    await site.visit('/no-such-page/', { expected: /404/ }, async (page) => {
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('There is no page here');
    });
  });
});
