import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countedCells } from '../../src/components/figures/resize/counted.ts';
import { secondShape } from '../../src/components/figures/resize/paint.ts';
import { countQuestion, placeQuestion, valueQuestion } from '../../src/components/figures/resize/questions.ts';
import { interpolationOf, type Way, ways } from '../../src/components/figures/resize/ways.ts';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { removeOffset } from '../../src/lib/audio/offset.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { plainKernels } from '../../src/lib/kernels/plain.ts';
import { resizeKind } from '../../src/lib/layers/resize.ts';
import { createRandom } from '../../src/lib/random.ts';
import { pictureOf, resizeCalls } from '../../src/workers/lab/resize-calls.ts';
import { createShelf } from '../../src/workers/shelf.ts';
import { tone, wav } from './reader.ts';
import { bring, openSite, type Site } from './site.ts';

const chapter = '/chapters/05-resize/';
const figures = ['5-1', '5-2', '5-3', '5-4', '5-5', '5-6', '5-7', '5-8'];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** The clip that the book begins with, without an offset, as the network takes it. */
const yes = () => {
  const { clips } = JSON.parse(readFileSync('dist/audio/index.json', 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const file = clips.find(({ name }) => name === 'yes')?.file;
  const { samples, sampleRate } = mixToMono(readWav(new Uint8Array(readFileSync(`dist/audio/${file}`))).recording);
  return { samples: removeOffset(samples), sampleRate };
};

/** Brings a figure into view and waits until every picture of it is painted. */
async function painted(page: Page, figure: string): Promise<void> {
  await bring(page, `figure-${figure}`);
  await page.waitForFunction((id) => document.querySelector(`#${id} img.still`) === null, `figure-${figure}`);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** How many different colours each canvas of a figure has. */
const colours = (page: Page, figure: string) =>
  page.locator(`#figure-${figure} canvas`).evaluateAll((all) =>
    (all as HTMLCanvasElement[]).map((canvas) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
      copy?.drawImage(canvas, 0, 0);
      return new Set(new Uint32Array(copy?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? [])).size;
    }),
  );

/** As near as the sines of two engines are. */
function expectNear(value: number, wanted: number): void {
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted) + 1e-9);
}

const takeFile = (page: Page, samples: Float32Array, sampleRate: number) =>
  page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: 'own.wav', mimeType: 'audio/wav', buffer: wav(samples, sampleRate) });

describe('chapter 5', () => {
  it('does not shift when its figures come alive', async () => {
    await site.visit(chapter, {}, async (page) => {
      await page.evaluate(() => {
        const seen = window as unknown as { shift: number };
        seen.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      for (const figure of figures) await painted(page, figure);
      await page.locator('#figure-5-7 .bars .win').first().waitFor();
      expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.02);
    });
  });

  it.each([
    ['silence', new Float32Array(16000), 16000],
    ['three samples', Float32Array.of(0.1, -0.2, 0.1), 16000],
    ['ten seconds at 44.1 kHz', tone(1000, 44100, 10), 44100],
  ])('takes %s', async (_what, samples, sampleRate) => {
    await site.visit(chapter, {}, async (page) => {
      await takeFile(page, samples, sampleRate);
      await page.waitForFunction(() => document.querySelector('.cb-name')?.textContent?.includes('own'));
      for (const figure of figures) {
        await painted(page, figure);
        expect(await page.locator(`#figure-${figure}`).innerText()).not.toMatch(/NaN|not a number|undefined/);
      }
      await page.locator('#figure-5-7 .bars .win').first().waitFor();
    });
  });
});

describe('the numbers of chapter 5', () => {
  it('are the engine’s: the terms of random cells in Figure 5.2', async () => {
    const { magnitudes } = pictureOf(yes().samples);
    const random = createRandom(5);
    for (const way of ['bilinear', 'antialiased', 'area'] as const) {
      const cell = [random.integer(32), random.integer(32), 0];
      const [column, row] = cell;
      const layer = resizeKind.create({ height: 32, width: 32, ...interpolationOf(way) });
      const { terms, result } = layer.explain(cell, magnitudes);
      await site.visit(`${chapter}?figure=5.2&way=${way}&column=${column}&row=${row}#figure-5-2`, {}, async (page) => {
        await painted(page, '5-2');
        await page.locator(`#figure-5-2 .res dt:text-is("cell ${column}, ${row}")`).waitFor();
        const grids = await page
          .locator('#figure-5-2 .grids table')
          .evaluateAll((tables) =>
            tables.map((table) =>
              [...table.querySelectorAll<HTMLElement>('td[data-term]')].map(({ dataset }) => [
                Number(dataset.term),
                Number(dataset.value),
              ]),
            ),
          );
        expect(grids).toHaveLength(3);
        for (const grid of grids) expect(grid).toHaveLength(terms.length);
        for (const [values, of] of [
          [grids[0], (index: number) => terms[index].value],
          [grids[1], (index: number) => terms[index].weight ?? 1],
          [grids[2], (index: number) => terms[index].value * (terms[index].weight ?? 1)],
        ] as const) {
          for (const [index, value] of values) expectNear(value, of(index));
        }
        expectNear(Number(await page.locator('#figure-5-2 [data-result]').getAttribute('data-result')), result);
      });
    }
  });

  it('move with the cell: by keys and by pressing the picture', async () => {
    await site.visit(chapter, { height: 1200 }, async (page) => {
      await painted(page, '5-2');
      const figure = page.locator('#figure-5-2');
      const name = figure.locator('.res .tot dt');
      await name.waitFor();
      expect(await name.textContent()).toBe('cell 13, 2');
      await figure.getByRole('slider', { name: 'Column' }).focus();
      await page.keyboard.press('ArrowRight');
      await figure.getByText('cell 14, 2').waitFor();
      await figure.getByRole('slider', { name: 'Row' }).focus();
      await page.keyboard.press('PageUp');
      await figure.getByText('cell 14, 12').waitFor();
      const box = await figure.locator('.touchable').boundingBox();
      if (!box) throw new Error('There is no picture to press.');
      await page.mouse.click(box.x + (20.5 / 32) * box.width, box.y + (1 - 25.5 / 32) * box.height);
      await figure.getByText('cell 20, 25').waitFor();
    });
  });

  it('count the cells that have a say, at any size', async () => {
    await site.visit(`${chapter}?figure=5.4&width=40&height=70#figure-5-4`, {}, async (page) => {
      await painted(page, '5-4');
      for (const way of ways) {
        const shown = page.locator(`#figure-5-4 [data-way="${way}"] [data-counted]`);
        const wanted = countedCells(secondShape, { height: 40, width: 70, ...interpolationOf(way) });
        expect(Number(await shown.getAttribute('data-counted'))).toBe(wanted);
      }
    });
  });

  it('give the three conventions from 3 to 6 and from 6 to 3', async () => {
    await site.visit(chapter, {}, async (page) => {
      await bring(page, 'figure-5-3');
      const values = (name: string) =>
        page
          .locator(`#figure-5-3 [data-coordinates="${name}"] [role="radio"]`)
          .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.value?.slice(0, 9))));
      expect(await values('half-pixel')).toEqual([10, 12.5, 17.5, 22.5, 27.5, 30]);
      expect(await values('align-corners')).toEqual([10, 14, 18, 22, 26, 30]);
      expect(await values('asymmetric')).toEqual([10, 15, 20, 25, 30, 30]);
      await page.locator('#figure-5-3').getByRole('button', { name: '6 → 3' }).click();
      await page.waitForFunction(() => document.querySelectorAll('#figure-5-3 [role="radio"]').length === 9);
      expect(await values('half-pixel')).toEqual([15, 35, 55]);
      expect(await values('asymmetric')).toEqual([10, 30, 50]);
    });
  });

  it('lose a steady tone of 1,000 Hz by nearest, in the pixels', async () => {
    await site.visit(chapter, {}, async (page) => {
      await painted(page, '5-5');
      const figure = page.locator('#figure-5-5');
      await figure.getByText('by bilinear, a column has 0.38 to 1.65 times').waitFor();
      await figure.getByRole('button', { name: 'a steady 1,000 Hz' }).click();
      await figure.getByText('by nearest, a column has 0.01 to 0.01 times').waitFor();
      await page.waitForTimeout(200);
      const [before, nearest, antialiased] = await colours(page, '5-5');
      expect(before).toBeGreaterThan(2);
      expect(nearest).toBeLessThanOrEqual(2);
      expect(antialiased).toBeGreaterThan(2);
    });
  });

  it('are the network’s answers in Figure 5.7', async () => {
    const shelf = createShelf(
      () => async (file) => new Uint8Array(await readFile(`dist/models/keywords/${file}`)),
      async () => ({ kernels: plainKernels, note: undefined }),
      () => {},
    );
    const clip = { ...yes(), start: 0 };
    const bench = { ...shelf, clip: () => clip, hold: () => {}, progress: () => {} };
    const way: Way = 'nearest';
    const wanted = await resizeCalls(bench).resizeAnswers({ height: 24, width: 24, ...interpolationOf(way) });
    await site.visit(`${chapter}?figure=5.7&way=${way}&cells=24#figure-5-7`, {}, async (page) => {
      await bring(page, 'figure-5-7');
      const shown = page.locator('#figure-5-7 [data-asked]');
      await page.locator('#figure-5-7 .by-size b').waitFor();
      await page.waitForFunction(
        (first) =>
          Math.abs(
            Number(document.querySelector<HTMLElement>('#figure-5-7 [data-asked]')?.dataset.asked?.split(' ')[0]) -
              first,
          ) < 1e-3,
        wanted.asked[0],
      );
      const asked = (await shown.getAttribute('data-asked'))?.split(' ').map(Number) ?? [];
      for (const [k, probability] of asked.entries()) expect(probability).toBeCloseTo(wanted.asked[k], 3);
    });
  });
});

describe('the settings of chapter 5', () => {
  it('say why an impossible one has no picture, and keep the last', async () => {
    await site.visit(`${chapter}?figure=5.2&way=area&coordinates=asymmetric#figure-5-2`, {}, async (page) => {
      await painted(page, '5-2');
      const figure = page.locator('#figure-5-2');
      expect(await figure.getByRole('alert').textContent()).toContain('only known where the outer edges');
      expect((await colours(page, '5-2')).every((count) => count > 1)).toBe(true);
      await figure.getByRole('button', { name: 'Reset' }).click();
      expect(await figure.getByRole('alert').count()).toBe(0);
    });
  });

  it('answer at once: cells by the number field', async () => {
    await site.visit(chapter, {}, async (page) => {
      await painted(page, '5-1');
      const figure = page.locator('#figure-5-1');
      await figure.getByRole('textbox', { name: 'cells' }).fill('8');
      await figure.getByText('64', { exact: true }).waitFor();
      await figure.getByRole('textbox', { name: 'cells' }).fill('1');
      expect(await figure.getByRole('alert').textContent()).toContain('cells is 1, but must be');
      await figure.getByText('64', { exact: true }).waitFor();
    });
  });
});

describe('the exercises of chapter 5', () => {
  it('take the right answer and explain a wrong one', async () => {
    const { magnitudes } = pictureOf(yes().samples);
    const questions = [placeQuestion(magnitudes), valueQuestion(magnitudes), countQuestion(124)];
    const wrong = [questions[0].answer + 0.5, 1000, 15996];
    await site.visit(chapter, {}, async (page) => {
      for (const [index, question] of questions.entries()) {
        const id = `exercise-5-${index + 1}`;
        await bring(page, id);
        const form = page.locator(`#${id}`);
        await form.getByText(question.given).waitFor();
        const feedback = form.locator('.feedback');
        for (const [number, words] of [
          [wrong[index], question.mistake(wrong[index])],
          [question.answer, question.why],
        ] as const) {
          await form.getByRole('textbox').fill(String(number));
          await form.getByRole('button', { name: 'Check' }).click();
          expect(await feedback.textContent()).toContain(words);
        }
        expect(await feedback.textContent()).toContain('Right.');
      }
    });
  });
});

describe('hearing what is left', () => {
  it('guesses the phases, and forgets them when the picture changes', async () => {
    await site.visit(chapter, {}, async (page) => {
      await painted(page, '5-8');
      const figure = page.locator('#figure-5-8');
      const play = figure.getByRole('button', { name: 'Play' }).nth(2);
      expect(await play.isDisabled()).toBe(true);
      await figure.getByRole('button', { name: 'Guess the phases' }).click();
      await figure.getByRole('button', { name: 'Guess the phases again' }).waitFor({ timeout: 60_000 });
      expect(await play.isDisabled()).toBe(false);
      await figure.getByRole('textbox', { name: 'rows' }).fill('16');
      await page.waitForFunction(
        () => document.querySelectorAll('#figure-5-8 .heard-tools button:disabled').length > 0,
      );
    });
  });
});
