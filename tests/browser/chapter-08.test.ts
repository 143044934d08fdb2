import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexQuestion, ratioQuestion } from '../../src/components/figures/dense/questions.ts';
import { sharesOf } from '../../src/components/figures/dense/shares.ts';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { contributionsTo } from '../../src/lib/insight/contributions.ts';
import { plainKernels } from '../../src/lib/kernels/plain.ts';
import { loadNetwork } from '../../src/lib/model/load.ts';
import { type Network, stageIndex, type Trace, traceClip } from '../../src/lib/model/network.ts';
import { createRandom } from '../../src/lib/random.ts';
import { at, cellAt, offsetOf } from '../../src/lib/tensor.ts';
import { type Judged, judgedOf } from '../../src/workers/lab/dense-calls.ts';
import { modelClip } from '../../src/workers/lab/model-clip.ts';
import { numbers, printed, total } from './desk.ts';
import { bring, openSite, type Site } from './site.ts';

const chapter = '/chapters/08-dense/';

let site: Site;
let network: Network;
let trace: Trace;
let judged: Judged;

beforeAll(async () => {
  site = await openSite();
  network = await loadNetwork(async (file) => new Uint8Array(readFileSync(`dist/models/keywords/${file}`)));
  const { clips } = JSON.parse(readFileSync('dist/audio/index.json', 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const file = clips.find(({ name }) => name === 'yes')?.file;
  const { samples, sampleRate } = mixToMono(readWav(new Uint8Array(readFileSync(`dist/audio/${file}`))).recording);
  const clip = modelClip({ samples, sampleRate, start: 0 }, network.architecture.input);
  trace = traceClip(network, clip, plainKernels);
  judged = judgedOf(network, clip, trace);
});
afterAll(() => site?.close());

/** Opens a figure in a state, and waits until the engine has answered: until an element carries a number. */
function open(query: string, id: string, known: string, look: (page: Page) => Promise<void>, width = 1280) {
  return site.visit(`${chapter}?${query}#${id}`, { width }, async (page) => {
    await bring(page, id);
    await page.waitForSelector(`#${id} ${known}`, { timeout: 20_000 });
    await look(page);
  });
}

/** Engine and page have other kernels: single precision, summed in another order. */
const close = (shown: number, own: number) =>
  expect(Math.abs(shown - own)).toBeLessThan(1e-4 * Math.max(1, Math.abs(own)));

describe('the numbers of chapter 8', () => {
  const random = createRandom(8);

  it('are the engine’s: votes of random units in Figure 8.1, by pointer and by key', async () => {
    const answer = random.integer(10);
    const name = judged.classes[answer];
    await open(`figure=8.1&answer=${name}`, 'figure-8-1', '[data-vote]', async (page) => {
      const shown = async (unit: number) => {
        await page.waitForSelector(`#figure-8-1 .cell-handle[aria-valuenow="${unit}"]`);
        const [value] = await numbers(page, '#figure-8-1 [data-value]', 'value');
        const [weight] = await numbers(page, '#figure-8-1 [data-weight]', 'weight');
        const [vote] = await numbers(page, '#figure-8-1 [data-vote]', 'vote');
        close(value, judged.units[unit]);
        expect(weight).toBe(at(judged.weights, [unit, answer]));
        close(vote, value * weight);
        close(vote, at(judged.votes, [answer, unit]));
      };
      const box = await page.locator('#figure-8-1 .d-units').boundingBox();
      if (!box) throw new Error('The units are not to be seen.');
      for (let round = 0; round < 3; round++) {
        const unit = random.integer(128);
        const [column, row] = [unit % 16, Math.floor(unit / 16)];
        await page.mouse.click(box.x + ((column + 0.5) * box.width) / 16, box.y + ((row + 0.5) * box.height) / 8);
        await shown(unit);
        const next = Math.min(unit + 1, 127);
        await page.locator('#figure-8-1 .cell-handle').press('ArrowRight');
        await shown(next);
      }
      const [sum] = await numbers(page, '#figure-8-1 [data-sum]', 'sum');
      close(sum, judged.logits[answer]);
      for (const [k, logit] of (await numbers(page, '#figure-8-1 [data-logit]', 'logit')).entries()) {
        close(logit, judged.logits[k]);
      }
    });
  });

  it('are the engine’s: random cells of the row in Figure 8.2, there and back', async () => {
    const { pooled } = judged;
    for (let round = 0; round < 2; round++) {
      const index = random.integer(pooled.data.length);
      const [i, j, c] = cellAt(pooled.shape, index);
      const state = `figure=8.2&time=${i}&frequency=${j}&channel=${c}`;
      await open(state, 'figure-8-2', '.d-arithmetic [data-value]', async (page) => {
        expect(await numbers(page, '#figure-8-2 .d-arithmetic [data-index]', 'index')).toEqual([index]);
        const places = await numbers(page, '#figure-8-2 .d-run b', 'index');
        const values = await numbers(page, '#figure-8-2 .d-run b', 'value');
        for (const [k, place] of places.entries()) close(values[k], pooled.data[place]);
        const other = places[0];
        await page.locator('#figure-8-2 .d-run button').first().click();
        const cell = cellAt(pooled.shape, other);
        await page.waitForFunction(
          (text) => document.querySelector('#figure-8-2 .d-arithmetic')?.textContent?.startsWith(text),
          `Cell [${cell.join(', ')}]`,
        );
        expect(await numbers(page, '#figure-8-2 .d-arithmetic [data-index]', 'index')).toEqual([
          offsetOf(pooled.shape, cell),
        ]);
      });
    }
  });

  it('are the engine’s: the terms of random units in Figure 8.3', async () => {
    const stage = stageIndex(network, 'dense1');
    for (let round = 0; round < 2; round++) {
      const unit = random.integer(128);
      const own = contributionsTo(network, trace, stage, unit, 8);
      await open(`figure=8.3&unit=${unit}`, 'figure-8-3', '[data-place]', async (page) => {
        await page.waitForFunction(
          (wanted) =>
            Math.abs(
              Number(document.querySelector<HTMLElement>('#figure-8-3 [data-result]')?.dataset.result) - wanted,
            ) < 1e-3,
          own.result,
        );
        const places = await numbers(page, '#figure-8-3 [data-place]', 'place');
        for (const [k, sum] of places.entries()) close(sum, own.places[k].sum);
        const weights = network.stages[stage].layer.weights.weight;
        const indices = await numbers(page, '#figure-8-3 tr[data-index]', 'index');
        const cells = async (name: string) => numbers(page, `#figure-8-3 .d-terms [data-${name}]`, name);
        const [values, shown, products] = await Promise.all([cells('value'), cells('weight'), cells('product')]);
        for (const [k, index] of indices.entries()) {
          close(values[k], judged.pooled.data[index]);
          expect(shown[k]).toBe(at(weights, [index, unit]));
          close(products[k], values[k] * shown[k]);
        }
        const column = await printed(page, '#figure-8-3 .d-places > div .d-table tbody td.n');
        expect(total(column.slice(0, -1))).toBeCloseTo(column[column.length - 1], 2);
      });
    }
  });

  it('are the softmax’s: shares at a temperature given by the address, in Figure 8.6', async () => {
    await open('figure=8.6&temperature=2.5', 'figure-8-6', '[data-share]', async (page) => {
      const shares = await numbers(page, '#figure-8-6 [data-share]', 'share');
      for (const [k, share] of sharesOf(judged.logits, 2.5).entries()) close(shares[k], share);
    });
  });

  it('say what the text says of the chirp, and share out 100 % without the two ways out', async () => {
    await open('figure=8.11', 'figure-8-11', 'tr:last-child td[data-share]', async (page) => {
      const chirp = page.locator('#figure-8-11 tbody tr', { hasText: 'chirp' });
      expect(Number(await chirp.locator('td.win').getAttribute('data-share'))).toBeGreaterThan(0.99);
      await page.locator('#figure-8-11 .switch input').uncheck();
      const shares = await chirp
        .locator('td[data-share]')
        .evaluateAll((all) => all.map((td) => Number((td as HTMLElement).dataset.share)));
      expect(shares).toHaveLength(8);
      expect(total(shares)).toBeCloseTo(1, 5);
    });
  });
});

describe('the figures of chapter 8', () => {
  it('say why a setting is impossible, and keep the picture', async () => {
    await open('figure=8.6&temperature=0', 'figure-8-6', '[data-share]', async (page) => {
      expect(await page.locator('#figure-8-6 .why').first().textContent()).toContain(
        'temperature T is 0, but must be a number from 0.1 to 5',
      );
      close((await numbers(page, '#figure-8-6 [data-share]', 'share'))[7], judged.probabilities[7]);
    });
  });

  it('slide the patch, and judge the part that is kept', async () => {
    const state = 'figure=8.8&seconds=0.3&hertz=3000&step=1&keep=20';
    await open(state, 'figure-8-8', '.btn:not([disabled])', async (page) => {
      await page.locator('#figure-8-8 .d-job .btn').click();
      await page.waitForSelector('#figure-8-8 [data-drop]', { timeout: 30_000 });
      await page.waitForSelector('#figure-8-8 [data-answer]');
      expect(await page.locator('#figure-8-8 canvas').count()).toBe(2);
      await page.getByRole('button', { name: 'Play the rest' }).first().click();
    });
  });

  it('light up what a symbol of Formula 8.1 means', async () => {
    await open('figure=8.2', 'figure-8-2', '.d-arithmetic [data-value]', async (page) => {
      await page.locator('[data-formula="8.1"] [data-symbol="C"]').focus();
      expect(await page.locator('#figure-8-2 .d-arithmetic .lit').allTextContents()).toEqual(['64', '64']);
    });
  });
});

describe('the exercises', () => {
  const answer = async (page: Page, id: string, text: string) => {
    await page.locator(`#${id} input`).fill(text);
    await page.locator(`#${id} button[type=submit]`).click();
    return (await page.locator(`#${id} .feedback`).textContent()) ?? '';
  };

  it('accept the right answer, and say what a wrong one would be', async () => {
    await open('', 'exercise-8-1', 'button:not([disabled])', async (page) => {
      const place = indexQuestion(judged);
      const [i, j, c] = cellAt(judged.pooled.shape, place.answer);
      expect(await answer(page, 'exercise-8-1', String(c * 196 + i * 14 + j))).toMatch(/^Not quite.*PyTorch/);
      expect(await answer(page, 'exercise-8-1', String(place.answer))).toMatch(/^Right\. /);
      await bring(page, 'exercise-8-3');
      await page.waitForSelector('#exercise-8-3 button:not([disabled])');
      const ratio = ratioQuestion(judged);
      const [first, second] = judged.logits.toSorted((a, b) => b - a);
      expect(await answer(page, 'exercise-8-3', (first - second).toFixed(3))).toMatch(/^Not quite.*difference/);
      expect(await answer(page, 'exercise-8-3', ratio.answer.toFixed(2))).toMatch(/^Right\. /);
    });
  });
});
