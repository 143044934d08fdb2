import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

const chapter = '/chapters/03-spectrogram/';
const entries = JSON.parse(readFileSync(new URL('../../content/glossary.json', import.meta.url), 'utf8')) as {
  id: string;
  term: string;
  definition: string;
}[];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const sizes = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);
const term = (page: Page) => page.locator('a.term').first();
const note = (page: Page) => page.locator('.term-note:popover-open');

describe('the glossary', () => {
  it('shows every term once, with its definition, under its letter', async () => {
    await site.visit('/glossary/', {}, async (page) => {
      const shown = await page.locator('article').evaluateAll((all) =>
        all.map((article) => ({
          id: article.querySelector('h3')?.id,
          term: article.querySelector('h3')?.textContent,
          definition: article.querySelector('p:not(.mark, .formula, .see)')?.textContent,
          letter: article.parentElement?.querySelector('h2')?.textContent,
        })),
      );
      expect(shown.length).toBe(entries.length);
      for (const { id, term, definition } of entries)
        expect(shown).toContainEqual({ id, term, definition, letter: term[0]?.toUpperCase() });
    });
  });

  it('is walked by letters and by what is related', async () => {
    await site.visit('/glossary/', {}, async (page) => {
      await page.getByRole('navigation', { name: 'Letters' }).getByRole('link', { name: 'W' }).press('Enter');
      expect(await page.getByRole('heading', { level: 2, name: 'W' }).evaluate(isInView)).toBe(true);
      await page.getByRole('article', { name: 'hop length' }).getByRole('link', { name: 'frame count' }).press('Enter');
      expect(page.url()).toMatch(/#frame-count$/);
      expect(await page.getByRole('heading', { name: 'frame count' }).evaluate(isInView)).toBe(true);
    });
  });

  it('keeps its formulas within the window at 320 px', async () => {
    await site.visit('/glossary/', { width: 320 }, async (page) => {
      const wide = await page
        .locator('.katex-html')
        .evaluateAll((all) => all.filter((formula) => formula.getBoundingClientRect().right > innerWidth).length);
      expect(wide).toBe(0);
    });
  });
});

describe('a term in a chapter', () => {
  it.each(sizes)('opens its definition within the window at $width px in $colorScheme', async (size) => {
    await site.visit(chapter, size, async (page) => {
      await term(page).scrollIntoViewIfNeeded();
      await term(page).click();
      const box = await note(page).boundingBox();
      const word = await term(page).boundingBox();
      if (!box || !word) throw new Error('The note or its word has no place.');
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(size.width);
      // Beside the word, and not over it.
      const apart = Math.max(box.y - (word.y + word.height), word.y - (box.y + box.height));
      expect(apart).toBeGreaterThanOrEqual(0);
      expect(apart).toBeLessThan(20);
      const id = (await term(page).getAttribute('href'))?.replace('/glossary/#', '');
      const definition = entries.find((entry) => entry.id === id)?.definition ?? 'no such term';
      expect(await note(page).innerText()).toContain(definition);
      await expectNoOverflow(page);
      await expectAccessible(page);
      await term(page).click();
      expect(await note(page).count()).toBe(0);
    });
  });

  it('is opened, read and closed by the keyboard', async () => {
    await site.visit(chapter, {}, async (page) => {
      await term(page).focus();
      expect(await term(page).getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('Enter');
      expect(await note(page).isVisible()).toBe(true);
      await page.waitForSelector('a.term[aria-expanded=true]');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('In the glossary');
      await page.keyboard.press('Escape');
      expect(await note(page).count()).toBe(0);
      await page.waitForSelector('a.term[aria-expanded=false]');
      expect(await term(page).evaluate((link) => link === document.activeElement)).toBe(true);
    });
  });

  it('is a link to the glossary where its script does not run', async () => {
    await site.visit(chapter, {}, async (page) => {
      await page.route('**/Term*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      await page.reload();
      await term(page).click();
      await page.waitForURL(/\/glossary\/#/);
      const id = new URL(page.url()).hash.slice(1);
      expect(await page.locator(`h3#${id}`).evaluate(isInView)).toBe(true);
    });
  });
});

describe('the progress', () => {
  const numeral = (page: Page) => page.getByRole('navigation', { name: 'Chapters' }).locator('[data-chapter="3"]');
  const colour = (page: Page) => numeral(page).evaluate((link) => getComputedStyle(link).color);

  it('counts a chapter as read when its end has come into view, and remembers it', async () => {
    await site.visit('/about/', { colorScheme: 'light' }, async (page) => {
      const unread = await colour(page);
      await page.goto(chapter);
      expect(await numeral(page).getAttribute('data-read')).toBeNull();
      // Pictures may still be coming in, so the end may move on.
      await page.waitForFunction(() => {
        scrollTo(0, document.documentElement.scrollHeight);
        return document.querySelector('.chain [data-chapter="3"][data-read]');
      });
      await page.goto('/about/');
      await page.waitForSelector('.chain [data-chapter="3"][data-read]');
      expect(await colour(page)).not.toBe(unread);
      expect((await numeral(page).textContent())?.trim()).toMatch(/^3\s+read$/);
      await page.getByRole('button', { name: 'Contents' }).click();
      expect(await page.getByRole('navigation', { name: 'Contents' }).getByText('read', { exact: true }).count()).toBe(
        1,
      );
      await expectAccessible(page);
    });
  });

  it('takes broken storage for none', async () => {
    await site.visit('/about/', {}, async (page) => {
      for (const broken of ['{"format":"kuulo-progress-1","read":{}', '{"format":"kuulo-progress-1","read":[{}]}']) {
        await page.evaluate((text) => localStorage.setItem('kuulo-progress', text), broken);
        await page.reload();
        expect(await numeral(page).innerText()).toBe('3');
        expect(await page.locator('[data-read]').count()).toBe(0);
      }
    });
  });
});

/** Whether an element is seen: within the window, and not behind the clip bar. */
function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  const bar = document.querySelector('.clipbar')?.getBoundingClientRect().top ?? innerHeight;
  return top >= 0 && bottom <= bar;
}
