import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbersOf } from '../../src/components/figures/normalisation/numbers.ts';
import {
  epsilonQuestion,
  minMaxQuestion,
  zScoreQuestion,
} from '../../src/components/figures/normalisation/questions.ts';
import { fitLoudest } from '../../src/lib/audio/loudest.ts';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { plainKernels } from '../../src/lib/kernels/plain.ts';
import { loadNetwork } from '../../src/lib/model/load.ts';
import { classifyClip, type Network } from '../../src/lib/model/network.ts';
import { createRandom } from '../../src/lib/random.ts';
import { type Tensor, tensor } from '../../src/lib/tensor.ts';
import { pictureOf } from '../../src/workers/lab/normalisation-calls.ts';
import { layerOf, ownWay, type Way } from '../../src/workers/lab/normalisation-ways.ts';
import { treat } from '../../src/workers/lab/treatment.ts';
import { tone, untilReady, wav } from './reader.ts';
import { bring, openSite, type Site } from './site.ts';

const chapter = '/chapters/06-normalisation/';
const figures = [1, 2, 3, 4, 5, 6, 7].map((n) => `figure-6-${n}`);
const exercises = [1, 2, 3, 4].map((n) => `exercise-6-${n}`);

let site: Site;
let network: Network;
let second: Float32Array;
let picture: Tensor;
beforeAll(async () => {
  site = await openSite();
  network = await loadNetwork(async (file) => new Uint8Array(await readFile(`dist/models/keywords/${file}`)));
  const { clips } = JSON.parse(await readFile('dist/audio/index.json', 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const file = clips.find(({ name }) => name === 'yes')?.file;
  const clip = mixToMono(readWav(new Uint8Array(await readFile(`dist/audio/${file}`))).recording);
  second = fitLoudest(clip, 16000).samples;
  picture = pictureOf(network, second);
});
afterAll(() => site?.close());

/** Brings a figure into view and waits until its pictures are painted. */
async function painted(page: Page, id: string): Promise<void> {
  await bring(page, id);
  await page.waitForFunction(
    (name) =>
      document.querySelectorAll(`#${name} :is(canvas, .line-chart)`).length > 0 &&
      !document.querySelector(`#${name} .still`),
    id,
  );
}

async function choose(page: Page, name: string, samples: Float32Array, sampleRate: number): Promise<void> {
  const file = { name: `${name}.wav`, mimeType: 'audio/wav', buffer: wav(samples, sampleRate) };
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await untilReady(page, `${name}.wav`);
}

/** The number of the first element that holds one. */
const shownValue = async (page: Page, selector: string) =>
  Number(await page.locator(selector).first().getAttribute('data-value'));

/** Presses on a cell of a picture. */
async function press(page: Page, selector: string, t: number, f: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on the page.`);
  await page.mouse.click(box.x + ((t + 0.5) / 32) * box.width, box.y + (1 - (f + 0.5) / 32) * box.height);
}

describe('the arithmetic of a cell', () => {
  const random = createRandom(6);
  const cells = Array.from({ length: 4 }, () => [random.integer(32), random.integer(30) + 2] as const);

  it.each(['z-score', 'min-max'] as const)('by %s is the engine’s, for random cells', async (method) => {
    const layer = layerOf({ ...ownWay, method });
    const symbols = method === 'z-score' ? { m: 'mean', v: 'variance', e: 'epsilon' } : { a: 'min', b: 'max' };
    await site.visit(`${chapter}?figure=6.2&method=${method}#figure-6-2`, {}, async (page) => {
      await painted(page, 'figure-6-2');
      for (const [t, f] of cells) {
        await press(page, '#figure-6-2 .n-pic', t, f);
        await page.waitForSelector(`#figure-6-2 .n-sum[data-cell="${t},${f},0"]`);
        const { terms, constants, result } = layer?.explain([t, f, 0], picture) ?? { terms: [], result: Number.NaN };
        const shown = (symbol: string) => shownValue(page, `#figure-6-2 [data-term="${symbol}"]`);
        expect(await shown('x')).toBeCloseTo(terms[0].value, 5);
        expect(await shown('y')).toBeCloseTo(result, 4);
        for (const [symbol, name] of Object.entries(symbols)) {
          expect(await shown(symbol), name).toBeCloseTo(constants?.[name] ?? Number.NaN, 6);
        }
      }
    });
  });

  it('by three sets of statistics is the engine’s, through a wall', async () => {
    const walled = pictureOf(network, treat(second, { gain: -12, cutoff: 800 }).samples);
    await site.visit(`${chapter}?figure=6.3&gain=-12&cutoff=800#figure-6-3`, {}, async (page) => {
      await painted(page, 'figure-6-3');
      const [t, f] = cells[0];
      await press(page, '#figure-6-3 .n-pic', t, f);
      for (const statistics of ['fitted', 'per-clip', 'per-bin'] as const) {
        const expected = layerOf({ ...ownWay, statistics })?.explain([t, f, 0], walled).result ?? Number.NaN;
        await page.waitForFunction(
          ([way, wanted]) => {
            const shown = document.querySelector<HTMLElement>(`#figure-6-3 [data-way="${way}"]`)?.dataset.value;
            return Math.abs(Number(shown) - Number(wanted)) < 1e-3;
          },
          [statistics, expected] as const,
        );
      }
    });
  });

  it('follows the arrow keys, and lights up with its symbol', async () => {
    await site.visit(chapter, {}, async (page) => {
      await painted(page, 'figure-6-2');
      const sum = page.locator('#figure-6-2 .n-sum');
      expect(await sum.getAttribute('data-cell')).toBe('14,3,0');
      await page.locator('#figure-6-2 [aria-label="Time of the cell"]').press('ArrowRight');
      await page.locator('#figure-6-2 [aria-label="Frequency of the cell"]').press('PageUp');
      expect(await sum.getAttribute('data-cell')).toBe('15,13,0');
      await page.locator('[data-formula="6.1"] [data-symbol="m"]').focus();
      await page.waitForSelector('#figure-6-2 [data-term="m"].lit');
    });
  });
});

describe('the answers', () => {
  it('are the network’s, at the gain of the address', async () => {
    const expected = classifyClip(network, tensor([16000], treat(second, { gain: -60 }).samples), plainKernels);
    await site.visit(`${chapter}?figure=6.5&gain=-60#figure-6-5`, {}, async (page) => {
      await painted(page, 'figure-6-5');
      await page.waitForSelector('#figure-6-5 .bars .win');
      const shown = await page.locator('#figure-6-5 .bars li span:last-child').allTextContents();
      for (const [k, text] of shown.entries()) expect(Math.abs(Number(text) - 100 * expected[k])).toBeLessThan(0.11);
    });
  });

  it('of a faint click are a word with 1e-7, and silence with 1e-3', async () => {
    const winner = async (query: string) => {
      let word = '';
      await site.visit(`${chapter}?figure=6.4&source=click&gain=-60${query}#figure-6-4`, {}, async (page) => {
        await painted(page, 'figure-6-4');
        await page.waitForSelector('#figure-6-4 .bars .win');
        word = (await page.locator('#figure-6-4 .bars .win span').first().textContent()) ?? '';
      });
      return word;
    };
    expect(await winner('')).not.toBe('silence');
    expect(await winner('&epsilon=1e-3')).toBe('silence');
  });

  it('to 0 divided by 0 are a sentence', async () => {
    await site.visit(`${chapter}?figure=6.4&source=silence&epsilon=0#figure-6-4`, {}, async (page) => {
      await bring(page, 'figure-6-4');
      await page.locator('#figure-6-4 .n-undefined').waitFor();
      expect(await page.locator('#figure-6-4 .n-none').textContent()).toContain('not a number');
    });
  });
});

describe('the settings', () => {
  it('stand in the address, and an impossible one says why and keeps the picture', async () => {
    await site.visit(`${chapter}?figure=6.1&gain=20#figure-6-1`, {}, async (page) => {
      await painted(page, 'figure-6-1');
      await page.getByText('of its samples were cut off').first().waitFor();
      const field = page.locator('#figure-6-1 .numf input');
      expect(await field.inputValue()).toBe('20');
      const before = await page.locator('#figure-6-1 .n-title').allTextContents();
      await field.fill('500');
      await page.locator('#figure-6-1 [role="alert"]').waitFor();
      expect(await page.locator('#figure-6-1 [role="alert"]').textContent()).toContain('from -60 to 30 dB');
      expect(await page.locator('#figure-6-1 .n-title').allTextContents()).toEqual(before);
      await page.locator('#figure-6-1').getByRole('button', { name: 'Reset' }).click();
      await page.getByText('Nothing is cut off').first().waitFor();
    });
  });
});

describe('hostile clips', () => {
  const clips: readonly (readonly [string, Float32Array, number])[] = [
    ['silent', new Float32Array(16000), 16000],
    ['short', Float32Array.of(0.1, -0.2, 0.3, 0.1, -0.1, 0.2, -0.3, 0.1), 16000],
    ['long', tone(300, 44100, 10), 44100],
  ];
  it.each(clips)('%s: every figure still shows something, and no number is missing', async (name, samples, rate) => {
    await site.visit(chapter, { reducedMotion: 'reduce' }, async (page) => {
      await choose(page, name, samples, rate);
      for (const id of figures) await painted(page, id);
      for (const id of exercises) await bring(page, id);
      await page.waitForFunction(() => document.querySelectorAll('.exercise button[disabled]').length === 0);
      const words = await page.locator('main figure, main .given').allTextContents();
      for (const text of words) expect(text).not.toMatch(/NaN|not a number|undefined|∞/);
      const labels = await page.locator('main figure [aria-label]').evaluateAll((all) => all.map((e) => e.ariaLabel));
      for (const label of labels) expect(label).not.toMatch(/NaN|not a number|undefined|∞/);
    });
  });
});

describe('the exercises', () => {
  it('accept the right answer and explain a wrong one', async () => {
    const of = numbersOf(picture);
    const faint = numbersOf(pictureOf(network, treat(second, { gain: -20 }).samples));
    const cases = [
      [zScoreQuestion(of).answer.toFixed(2), of.max - of.mean, 'How many deviations is that?'],
      [minMaxQuestion(of).answer.toFixed(2), 0.5, 'The middle between least and greatest'],
      [faint.mean.toFixed(4), of.mean / 10, 'roots'],
      [epsilonQuestion(of).answer.toFixed(1), -epsilonQuestion(of).answer, 'the gain is negative'],
    ] as const;
    await site.visit(chapter, {}, async (page) => {
      for (const [index, [right, wrong, words]] of cases.entries()) {
        const id = exercises[index];
        await bring(page, id);
        const check = page.locator(`#${id} button[type="submit"]:not([disabled])`);
        await check.waitFor();
        await page.locator(`#${id} input`).fill(String(wrong).replace('-', '−'));
        await check.click();
        const feedback = page.locator(`#${id} .feedback`);
        expect(await feedback.textContent()).toContain('Not quite.');
        expect(await feedback.textContent()).toContain(words);
        await page.locator(`#${id} input`).fill(right);
        await check.click();
        expect(await feedback.textContent()).toContain('Right.');
      }
    });
  });
});

/** The chapter says so of the training set’s statistics. */
it('the training set’s mean and variance are those of the command', async () => {
  const way: Way = { ...ownWay, statistics: 'fitted' };
  const measured = JSON.parse(await readFile('content/measured/normalisation.json', 'utf8'));
  const { constants } = layerOf(way)?.explain([0, 0, 0], picture) ?? {};
  expect(constants?.mean).toBeCloseTo(measured.fitted.mean, 6);
  expect(constants?.variance).toBeCloseTo(measured.fitted.variance, 6);
});
