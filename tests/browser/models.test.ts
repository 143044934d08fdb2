import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelCard } from '../../src/lib/model/card.ts';
import { openSite, type Site } from './site.ts';

/** The cards as they were built into the site. */
const folder = fileURLToPath(new URL('../../dist/models', import.meta.url));
const cards = readdirSync(folder)
  .map((name) => `${folder}/${name}/card.json`)
  .filter(existsSync)
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as ModelCard);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe('the models', () => {
  it('stand side by side with the figures of their cards', async () => {
    await site.visit('/models/', {}, async (page) => {
      expect(await page.locator('.all-models tbody tr').count()).toBe(cards.length);
      for (const { name, test, size } of cards) {
        const line = page.locator('.all-models tr', { has: page.getByRole('link', { name, exact: true }) });
        const text = (await line.textContent())?.replaceAll('\u00a0', ' ') ?? '';
        expect(text).toContain(`${(100 * test.accuracy).toFixed(1)} %`);
        expect(text).toContain(`${(100 * test.balancedAccuracy).toFixed(1)} %`);
        expect(text).toContain(`${test.n.toLocaleString('en')} clips`);
        expect(text).toContain(size.weights.toLocaleString('en'));
      }
    });
  });

  it('have a card each, with every class and a way to try them', async () => {
    await site.visit('/models/', {}, async (page) => {
      for (const { name, test } of cards) {
        expect(await page.locator(`h2#${name}`).count()).toBe(1);
        const table = page.locator(`h2#${name} ~ details`).first();
        expect(await table.locator('tbody tr').count()).toBe(Object.keys(test.recall).length);
      }
      await page.goto('/about/');
      await page.getByRole('link', { name: 'its card' }).click();
      await page.waitForURL('**/models/#keywords');
    });
  });

  it('are reached by the contents of every page', async () => {
    await site.visit('/glossary/', { width: 390 }, async (page) => {
      await page.getByRole('button', { name: 'Contents' }).click();
      await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'The models' }).click();
      await page.waitForURL('**/models/');
    });
  });
});
