import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbers, openStage, printed, sums, total, untilTold } from './desk.ts';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const products = '.m:last-of-type td[data-value]';

describe('the arithmetic of a cell', () => {
  it('of a convolution of one map: terms, bias and ReLU give what the map shows', async () => {
    await site.visit('/classify/#stage=conv1&cell=9,7,4', {}, async (page) => {
      await untilTold(page, 'conv1');
      const terms = await numbers(page, products, 'value');
      const values = await numbers(page, '.m:nth-of-type(1) td', 'value');
      const weights = await numbers(page, '.m:nth-of-type(2) td', 'value');
      expect(terms).toHaveLength(9);
      for (const [n, term] of terms.entries()) expect(term).toBeCloseTo(values[n] * weights[n], 9);
      const lines = await sums(page);
      expect(lines.sum).toBeCloseTo(total(terms), 6);
      expect(lines.ReLU).toBeCloseTo(Math.max(0, lines.sum + lines['+ bias']), 5);
      const shown = await page.textContent('.d-cell');
      expect(Number(shown?.split(': ')[1].replace('−', '-'))).toBeCloseTo(lines.ReLU, 3);
      const rounded = await printed(page, products);
      const decimals = (await page.textContent(products))?.split('.')[1]?.length ?? 0;
      expect(Math.abs(total(rounded) - lines.sum)).toBeLessThan(9 * 0.5 * 10 ** -decimals + 1e-9);
    });
  });

  it('of a convolution of many maps: every term is reached, and the maps add up', async () => {
    await site.visit('/classify/#stage=conv2', {}, async (page) => {
      await untilTold(page, 'conv2');
      const maps = await numbers(page, '.channels [role=radio]', 'value');
      expect(maps).toHaveLength(32);
      const lines = await sums(page);
      expect(total(maps)).toBeCloseTo(lines.sum, 6);
      await page.locator('.channels [role=radio]').first().click();
      expect(total(await numbers(page, products, 'value'))).toBeCloseTo(maps[0], 9);
      await page.keyboard.press('ArrowRight');
      expect(total(await numbers(page, products, 'value'))).toBeCloseTo(maps[1], 9);
      expect(Object.keys(await sums(page))).toContain('map 1');
    });
  });

  it('of a resized cell: shares that add up to one, and their products to the value', async () => {
    await site.visit('/classify/#stage=resized&cell=12,5,0', {}, async (page) => {
      await untilTold(page, 'resized');
      expect(total(await numbers(page, '.m:nth-of-type(2) td', 'value'))).toBeCloseTo(1, 6);
      expect(total(await numbers(page, products, 'value'))).toBeCloseTo((await sums(page)).value, 5);
    });
  });

  it('of a bin: 255 terms, whose sums give the magnitude', async () => {
    await site.visit('/classify/#stage=spectrogram', {}, async (page) => {
      await untilTold(page, 'spectrogram');
      const slider = page.getByRole('slider', { name: 'Term of the transform' });
      await slider.focus();
      await page.keyboard.press('Home');
      let real = 0;
      let imaginary = 0;
      for (let term = 1; term <= 255; term++) {
        expect(await slider.getAttribute('aria-valuenow')).toBe(String(term));
        real += (await numbers(page, '.bin .term .num', 'real'))[0];
        imaginary += (await numbers(page, '.bin .term .num', 'imaginary'))[0];
        await page.keyboard.press('ArrowRight');
      }
      const lines = await sums(page);
      expect(real).toBeCloseTo(lines['sum of real parts'], 6);
      expect(imaginary).toBeCloseTo(lines['of imaginary parts'], 6);
      expect(Math.hypot(real, imaginary)).toBeCloseTo(lines['√(re² + im²)'], 5);
    });
  });

  it('of a dense unit: ranked terms and the rest, to the last page', async () => {
    await site.visit('/classify/#stage=dense1', {}, async (page) => {
      await untilTold(page, 'dense1');
      const shown = await numbers(page, '.ranked tbody [data-value]', 'value');
      const lines = await sums(page);
      expect(shown).toHaveLength(10);
      expect(lines['these 10'] + lines['the 12,534 others']).toBeCloseTo(lines.sum, 9);
      expect(total(shown)).toBeCloseTo(lines['these 10'], 9);
      expect(Math.max(0, lines.sum + lines['+ bias'])).toBeCloseTo(lines.ReLU, 4);
      await page.getByLabel('page').fill('1255');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.ranked tbody tr').count()).toBe(4);
      expect(await page.textContent('.ranked tbody tr:last-child td')).toBe('12,544');
      expect(await page.textContent('.two figure:last-child figcaption')).toContain('the whole second');
    });
  });

  it('of an answer: logit, powers, and the share that the bar shows', async () => {
    await site.visit('/classify/#stage=dense2', {}, async (page) => {
      await untilTold(page, 'dense2');
      const logits = await numbers(page, '.softmax [data-logit]', 'logit');
      const powers = await numbers(page, '.softmax [data-power]', 'power');
      const peak = Math.max(...logits);
      for (const [n, power] of powers.entries()) expect(power).toBeCloseTo(Math.exp(logits[n] - peak), 9);
      const [sum] = await numbers(page, '.softmax [data-total]', 'total');
      expect(sum).toBeCloseTo(total(powers), 9);
      const [share] = await numbers(page, '.softmax [data-share]', 'share');
      expect(share).toBeCloseTo(Math.max(...powers) / sum, 5);
      expect(100 * share).toBeCloseTo(Number(await page.textContent('.v-bars .win span:last-child')), 0);
      expect((await sums(page)).logit).toBeCloseTo(peak, 4);
    });
  });

  it('of a pooled cell: the largest of four, marked', async () => {
    await site.visit('/classify/#stage=pool', {}, async (page) => {
      await untilTold(page, 'pool');
      const four = await numbers(page, '.m td', 'value');
      expect(four).toHaveLength(4);
      expect((await sums(page))['the largest']).toBe(Math.max(...four));
      expect(await numbers(page, '.m td.winner', 'value')).toEqual([Math.max(...four)]);
    });
  });
});

describe('the stage browser', () => {
  it('moves the cell by keys and keeps it in the address', async () => {
    await site.visit('/classify/#stage=conv1&cell=9,7,4', {}, async (page) => {
      await untilTold(page, 'conv1');
      await page.locator('.grid').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowUp');
      await page.keyboard.press('PageDown');
      await untilTold(page, 'conv1');
      expect(new URL(page.url()).hash).toBe('#stage=conv1&cell=10,17,5');
      expect(await page.textContent('.d-cell')).toContain('Convolution 1 [10, 17, 5]');
      expect(await page.getAttribute('.strip [role=radio]:nth-child(6)', 'aria-checked')).toBe('true');
      await page
        .locator('.desk > [aria-live]', { hasText: 'Convolution 1 [10, 17, 5]' })
        .waitFor({ state: 'attached' });
      await page.reload();
      await untilTold(page, 'conv1');
      expect(await page.textContent('.d-cell')).toContain('[10, 17, 5]');
    });
  });

  it('lights a term in all grids and in the sound, follows it back, and returns', async () => {
    await site.visit('/classify/#stage=conv1&cell=9,7,4', {}, async (page) => {
      await untilTold(page, 'conv1');
      await page.locator('.m:last-of-type button').first().focus();
      expect(await page.locator('.m td.lit').count()).toBe(3);
      await page.locator('.lit-mark').waitFor();
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('.m td.lit').count()).toBe(3);
      await page.click('.term .cell-link');
      await untilTold(page, 'normalised');
      expect(await page.textContent('.d-cell')).toContain('Normalised [10, 9]');
      expect(await page.textContent('.two')).toContain('Its mean and spread come from the whole second.');
      await page.click('text=Back to Convolution 1 [9, 7, 4]');
      await untilTold(page, 'conv1');
      await page.goBack();
      await untilTold(page, 'normalised');
    });
  });

  it('plays the part of the sound that a cell depends on', async () => {
    await site.visit('/classify/#stage=conv1', {}, async (page) => {
      await page.evaluate(() => {
        const copy = AudioBuffer.prototype.copyToChannel;
        AudioBuffer.prototype.copyToChannel = function (samples, channel) {
          document.body.dataset.played = String(samples.filter((value) => Math.abs(value) > 1e-3).length);
          copy.call(this, samples, channel);
        };
      });
      await untilTold(page, 'conv1');
      await page.locator('figcaption button[aria-disabled=false]').click();
      const played = Number(await page.getAttribute('body', 'data-played'));
      // The field of a cell of the first convolution lasts about an eighth of a second.
      expect(played).toBeGreaterThan(100);
      expect(played).toBeLessThan(4000);
    });
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'is accessible and fits with every stage open, %s at %i px',
    async (colorScheme, width) => {
      await site.visit('/classify/', { colorScheme, width }, async (page) => {
        await untilTold(page, 'conv1');
        const stages = await page
          .locator('.rail a')
          .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        expect(stages).toHaveLength(10);
        for (const href of stages) {
          await openStage(page, String(href).replace('#stage=', ''));
          await expectNoOverflow(page);
          await expectAccessible(page);
        }
      });
    },
    180_000,
  );
});
