import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork } from '../../src/lib/model/network.ts';
import { tone, untilReady, wav } from './reader.ts';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const namesOf = (page: Page) => page.locator('.model-row option').allTextContents();
const untilAnswered = (page: Page) => page.locator('.v-word').waitFor({ timeout: 60_000 });

/**
 * Opens one stage after the other, those of the open block included, of each kind with each rank of output the first
 * alone, and gives how many it opened.
 * @param seen the kinds that were opened before
 */
async function openNewStages(page: Page, name: string, seen: Set<string>, look: () => Promise<void>): Promise<number> {
  const { stages } = createNetwork(
    JSON.parse(await (await page.request.get(`/models/${name}/architecture.json`)).text()),
  );
  const kinds = new Map(stages.map((stage) => [stage.name, `${stage.layer.type} ${stage.outputShape.length}`]));
  const passed = new Set<string>();
  let count = 0;
  for (;;) {
    const links = await page.locator('.rail a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    const next = links.map((href) => href?.replace('#stage=', '') ?? '').find((stage) => !passed.has(stage));
    if (next === undefined) return count;
    passed.add(next);
    const kind = kinds.get(next) ?? next;
    if (seen.has(kind)) continue;
    seen.add(kind);
    count++;
    await page.locator(`.rail a[href="#stage=${next}"]`).click();
    await page.waitForSelector(`.desk[data-stage="${next}"][data-state=told]`, { timeout: 30_000 });
    await look();
  }
}

describe('the choice of the model', () => {
  it('opens by the address, says what the model listens for, and loads nothing of another', async () => {
    await site.visit('/classify/', {}, async (page) => {
      await untilAnswered(page);
      const weights: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('.safetensors')) weights.push(new URL(request.url()).pathname);
      });
      for (const name of await namesOf(page)) {
        weights.length = 0;
        await page.goto(`/classify/?model=${name}`);
        await untilAnswered(page);
        expect(weights).toEqual([`/models/${name}/weights.safetensors`]);
        expect(await page.locator('.model-row select').inputValue()).toBe(name);
        expect(await page.textContent('.model')).toContain('Chain:');
        expect(await page.locator('.model-none').count()).toBe(0);
        expect(await page.locator('.v-bars .win').count()).toBe(1);
      }
    });
  });

  it('opens the usual model for a name that none has, and says so', async () => {
    await site.visit('/classify/?model=nothing', {}, async (page) => {
      await untilAnswered(page);
      expect(await page.textContent('.model-none')).toContain('no model called nothing');
      expect(await page.locator('.model-row select').inputValue()).toBe('keywords');
    });
  });

  it('keeps the model in the address, and goes back to the one before', async () => {
    await site.visit('/classify/', {}, async (page) => {
      const other = (await namesOf(page)).find((name) => name !== 'keywords');
      if (!other) return;
      await untilAnswered(page);
      await page.selectOption('.model-row select', other);
      expect(new URL(page.url()).search).toBe(`?model=${other}`);
      await untilAnswered(page);
      await page.goBack();
      await page.waitForFunction(
        () => document.querySelector<HTMLSelectElement>('.model-row select')?.value === 'keywords',
      );
      await untilAnswered(page);
      expect(await page.locator('.v-bars li').count()).toBe(10);
    });
  });
});

describe('every model', () => {
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'opens its stages, %s at %i px',
    async (colorScheme, width) => {
      await site.visit('/classify/', { colorScheme, width }, async (page) => {
        const seen = new Set<string>();
        for (const name of (await namesOf(page)).filter((one) => one !== 'keywords')) {
          await page.goto(`/classify/?model=${name}`);
          await untilAnswered(page);
          await expectAccessible(page);
          const count = await openNewStages(page, name, seen, () => expectNoOverflow(page));
          if (count > 0) await expectAccessible(page);
        }
      });
    },
    600_000,
  );
});

describe('side by side', () => {
  it('runs one sound through all models, and says how long each took', async () => {
    await site.visit('/classify/', {}, async (page) => {
      await page.setInputFiles('.recorder input[type=file]', {
        name: 'three.wav',
        mimeType: 'audio/wav',
        buffer: wav(tone(700, 16000, 3), 16000),
      });
      await untilReady(page, 'three.wav');
      await untilAnswered(page);
      await page.getByRole('button', { name: 'Run all models' }).click();
      const lines = page.locator('.side-table tbody tr');
      const names = await namesOf(page);
      expect(await lines.count()).toBe(names.length);
      await expect
        .poll(() => page.locator('.side-table tr[data-state=answered]').count(), { timeout: 120_000 })
        .toBe(names.length);
      expect(await page.textContent('.side-tools [role=status]')).toContain('on three.wav');
      const own = page.locator('.side-table tr[data-model=keywords]');
      expect(await own.locator('td i').textContent()).toBe(await page.textContent('.v-word'));
      expect(await own.textContent()).toMatch(/\d\u00a0ms/);
      await expectAccessible(page);
      const last = names[names.length - 1];
      await page.locator(`.side-table tr[data-model="${last}"] a`).click();
      await untilAnswered(page);
      expect(await page.locator('.model-row select').inputValue()).toBe(last);
    });
  });

  it('stops, and says which model cannot be fetched', async () => {
    await site.visit('/classify/', { expected: /ERR_FAILED|Failed to load/ }, async (page) => {
      await untilAnswered(page);
      const others = (await namesOf(page)).filter((name) => name !== 'keywords');
      if (others.length < 2) return;
      const [first, second] = others;
      await page.route(`**/models/${first}/weights.safetensors`, (route) => route.abort());
      let release = () => {};
      await page.route(`**/models/${second}/weights.safetensors`, async (route) => {
        await new Promise<void>((done) => {
          release = done;
        });
        await route.continue();
      });
      await page.getByRole('button', { name: 'Run all models' }).click();
      await page.waitForSelector(`.side-table tr[data-model="${first}"][data-state=failed]`);
      expect(await page.textContent(`.side-table tr[data-model="${first}"]`)).toContain('could not be fetched');
      await page.waitForSelector(`.side-table tr[data-model="${second}"][data-state=fetching]`);
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.waitForSelector(`.side-table tr[data-model="${second}"][data-state=stopped]`);
      expect(await page.locator('.side-table tr:is([data-state=waiting], [data-state=fetching])').count()).toBe(0);
      release();
      await page.getByRole('button', { name: 'Run all again' }).click();
      await page.waitForSelector(`.side-table tr[data-model="${second}"][data-state=answered]`);
    });
  });

  it.each([390, 1280])('fits the page at %i px', async (width) => {
    await site.visit('/classify/', { width }, async (page) => {
      await untilAnswered(page);
      await page.getByRole('button', { name: 'Run all models' }).click();
      await page.locator('.side-table tr[data-state=answered]').first().waitFor();
      await expectNoOverflow(page);
    });
  });
});
