import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { soundOfCell } from '../../src/lib/insight/field-to-sound.ts';
import { plainKernels } from '../../src/lib/kernels/plain.ts';
import { loadNetwork } from '../../src/lib/model/load.ts';
import { inputOf, type Network, stageIndex, type Trace, traceClip } from '../../src/lib/model/network.ts';
import { createRandom } from '../../src/lib/random.ts';
import { at, type Cell } from '../../src/lib/tensor.ts';
import { modelClip } from '../../src/workers/lab/model-clip.ts';
import { wav } from './reader.ts';
import { bring, openSite, type Site } from './site.ts';

const chapter = '/chapters/07-convolution/';
const figures = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `figure-7-${number}`);
const random = createRandom(7);

let site: Site;
let network: Network;
let trace: Trace;
beforeAll(async () => {
  site = await openSite();
  network = await loadNetwork(async (file) => new Uint8Array(await readFile(`dist/models/keywords/${file}`)));
  const { clips } = JSON.parse(readFileSync('dist/audio/index.json', 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const file = clips.find(({ name }) => name === 'yes')?.file;
  const clip = mixToMono(readWav(new Uint8Array(readFileSync(`dist/audio/${file}`))).recording);
  trace = traceClip(network, modelClip({ ...clip, start: 0 }, network.architecture.input), plainKernels);
});
afterAll(() => site?.close());

const explained = (stage: string, cell: Cell) => {
  const index = stageIndex(network, stage);
  return network.stages[index].layer.explain(cell, inputOf(network, trace, index));
};

/** The numbers that elements carry in full. */
const numbers = (page: Page, selector: string, name: string) =>
  page
    .locator(selector)
    .evaluateAll((elements, key) => elements.map((element) => Number((element as HTMLElement).dataset[key])), name);

/** Waits until every figure is alive and has painted all of its canvases. */
async function allAlive(page: Page): Promise<void> {
  for (const id of figures) {
    await bring(page, id);
    await page.waitForFunction(
      (name) => document.querySelectorAll(`#${name} canvas`).length > 0 || name === 'figure-7-4',
      id,
    );
  }
}

const upload = (page: Page, name: string, samples: Float32Array, sampleRate = 16000) =>
  page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name, mimeType: 'audio/wav', buffer: wav(samples, sampleRate) });

describe('the numbers of chapter 7', () => {
  it('are the engine’s: a cell by hand, term by term', async () => {
    for (let round = 0; round < 2; round++) {
      const [kernel, time, frequency] = [random.integer(32), random.integer(30), random.integer(30)];
      const { terms, bias = 0, result } = explained('conv1', [time, frequency, kernel]);
      const address = `${chapter}?figure=7.2&kernel=${kernel}&time=${time}&frequency=${frequency}#figure-7-2`;
      await site.visit(address, {}, async (page) => {
        await bring(page, 'figure-7-2');
        await page.locator(`#figure-7-2 [data-cell="${time},${frequency},${kernel}"]`).waitFor();
        const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
        for (const [grid, wanted] of [
          terms.map(({ value }) => value),
          terms.map(({ weight = 1 }) => weight),
          terms.map(({ value, weight = 1 }) => value * weight),
        ].entries()) {
          const shown = await numbers(page, `#figure-7-2 .m:nth-of-type(${grid + 1}) td`, 'value');
          expect(shown).toHaveLength(9);
          for (const [index, value] of sorted(shown).entries()) expect(value).toBeCloseTo(sorted(wanted)[index], 6);
        }
        expect((await numbers(page, '#figure-7-2 .res dd[data-value]', 'value'))[1]).toBeCloseTo(bias, 7);
        expect((await numbers(page, '#figure-7-2 .res dd[data-result]', 'result'))[0]).toBeCloseTo(result, 5);
        await page.locator('#figure-7-2 .m:last-of-type button').nth(4).focus();
        await page.locator('#figure-7-2 .box-term').waitFor();
        expect(await page.locator('#figure-7-2 .m td.lit').count()).toBe(3);
      });
    }
  });

  it('are the engine’s: the 32 partial sums of a cell, which add up to it, and to less when one is taken out', async () => {
    const [map, time, frequency] = [random.integer(64), random.integer(28), random.integer(28)];
    const { terms, bias = 0, result } = explained('conv2', [time, frequency, map]);
    const parts = Array.from({ length: 32 }, (_, channel) =>
      terms.filter(({ from }) => from[2] === channel).reduce((sum, { value, weight = 1 }) => sum + value * weight, 0),
    );
    await site.visit(
      `${chapter}?figure=7.5&map=${map}&time=${time}&frequency=${frequency}#figure-7-5`,
      {},
      async (page) => {
        await bring(page, 'figure-7-5');
        await page.locator(`#figure-7-5 [data-map="${map}"]`).waitFor();
        const shown = await numbers(page, '#figure-7-5 .part-buttons button', 'value');
        for (const [channel, value] of shown.entries()) expect(value).toBeCloseTo(parts[channel], 5);
        const total = async () => (await numbers(page, '#figure-7-5 .res dd[data-result]', 'result'))[0];
        expect(await total()).toBeCloseTo(result, 4);
        await page.locator('#figure-7-5 .part-buttons button').nth(3).click();
        await page.getByText('31 of the 32, and the bias').waitFor();
        expect(await total()).toBeCloseTo(result - parts[3], 4);
        await page.getByRole('button', { name: 'Take all out' }).click();
        await page.getByText('0 of the 32, and the bias').waitFor();
        expect(await total()).toBeCloseTo(bias, 5);
      },
    );
  });

  it('are the engine’s: the winner of a tile, and the sound that a cell read', async () => {
    const [map, time, frequency] = [31, 5, 3];
    const { terms, result } = explained('pool', [time, frequency, map]);
    await site.visit(chapter, {}, async (page) => {
      await bring(page, 'figure-7-6');
      await page.locator(`#figure-7-6 [data-tile="${time},${frequency},${map}"]`).waitFor();
      const after = await numbers(page, '#figure-7-6 .grids:nth-of-type(2) td', 'value');
      expect(after).toHaveLength(4);
      for (const { value } of terms) expect(Math.min(...after.map((one) => Math.abs(one - value)))).toBeLessThan(1e-5);
      expect((await numbers(page, '#figure-7-6 td.winner', 'value'))[0]).toBeCloseTo(result, 5);

      await bring(page, 'figure-7-8');
      await page.getByRole('button', { name: 'Strongest cell of the map' }).click();
      const maps = trace.outputs[stageIndex(network, 'relu2')];
      const best = Math.max(...Array.from({ length: 784 }, (_, cell) => maps.data[cell * 64 + 31]));
      await page.waitForFunction((wanted) => {
        const shown = document.querySelector<HTMLElement>('#figure-7-8 .tr-words b');
        return shown && Math.abs(Number(shown.dataset.value) - wanted) < 1e-5;
      }, best);
      const place = maps.data.findIndex((value, index) => index % 64 === 31 && value === best);
      const cell = [Math.floor(place / 64 / 28), Math.floor(place / 64) % 28, 31];
      const { seconds, hertz } = soundOfCell(network, stageIndex(network, 'relu2'), cell);
      await page
        .locator(`#figure-7-8 [data-seconds="${seconds.join(',')}"][data-hertz="${hertz.join(',')}"]`)
        .waitFor();
      expect(await page.textContent('#figure-7-8 [data-stage="normalised"]')).toBe('5 × 5 cells');
      expect(at(maps, cell)).toBe(best);
    });
  });
});

describe('the settings of chapter 7', () => {
  it('stand in the address: a kernel of the reader’s own', async () => {
    await site.visit(`${chapter}?figure=7.3&size=5&padding=same&w00=2.5#figure-7-3`, {}, async (page) => {
      await bring(page, 'figure-7-3');
      const figure = page.locator('#figure-7-3');
      await figure.locator('[data-shape="122,257"]').waitFor();
      await figure.getByText('out: your own kernel').waitFor();
      expect(await figure.locator('.kernel-fields input').count()).toBe(25);
      expect(await figure.getByLabel('the weight of time 0, frequency 0').inputValue()).toBe('2.5');
      const field = figure.getByLabel('the weight of time 1, frequency 1');
      await field.fill('-');
      expect(await figure.getByRole('alert').textContent()).toContain('time 1, frequency 1');
      await field.fill('-3');
      await page.waitForFunction(() => document.querySelector('#figure-7-3 [role="alert"]') === null);
      await figure.getByRole('button', { name: 'blur', exact: true }).click();
      await figure.getByText('the weights add up to 1').waitFor();
      await figure.getByRole('button', { name: 'Reset' }).click();
      await figure.locator('[data-shape="120,255"]').waitFor();
    });
  });

  it('that are impossible say why, and the picture stays', async () => {
    await site.visit(`${chapter}?figure=7.4&cells=6&kernel=4&stride=1#figure-7-4`, {}, async (page) => {
      await bring(page, 'figure-7-4');
      const figure = page.locator('#figure-7-4');
      await figure.locator('[data-count="3"]').waitFor();
      await figure.getByRole('textbox', { name: 'kernel k' }).fill('7');
      expect(await figure.getByRole('alert').textContent()).toContain('window of 7');
      expect(await figure.locator('[data-count="3"]').count()).toBe(1);
      await figure.getByText('same', { exact: true }).click();
      await figure.locator('[data-count="6"]').waitFor();
      await bring(page, 'figure-7-7');
      await page.locator('#figure-7-7').getByRole('textbox', { name: 'kernel o' }).fill('40');
      expect(await page.locator('#figure-7-7').getByRole('alert').textContent()).toContain('no kernel 40');
    });
  });

  it('hold for a clip that is too short for a frame, and for silence', async () => {
    await site.visit(chapter, {}, async (page) => {
      await upload(page, 'short.wav', new Float32Array(40).fill(0.1));
      await bring(page, 'figure-7-3');
      await page.locator('#figure-7-3 [role="alert"]').waitFor();
      expect(await page.locator('#figure-7-3 [role="alert"]').textContent()).toContain('shorter than one');
      await upload(page, 'still.wav', new Float32Array(16000));
      await page.locator('#figure-7-3 [data-largest="0"]').waitFor();
      await allAlive(page);
      expect(await page.locator('main').textContent()).not.toMatch(/NaN|not a number|undefined/);
    });
  });
});

describe('what moves in chapter 7', () => {
  it('is started by the reader, goes on cell by cell, and stops', async () => {
    await site.visit(chapter, { reducedMotion: 'reduce' }, async (page) => {
      const cell = () => page.locator('#figure-7-1 [data-cell]').getAttribute('data-cell');
      await page.locator('#figure-7-1 [data-cell="9,6"]').waitFor();
      await page.getByRole('button', { name: 'Play', exact: true }).first().click();
      await page.waitForFunction(() =>
        /,2[789]$/.test(document.querySelector<HTMLElement>('#figure-7-1 [data-cell]')?.dataset.cell ?? ''),
      );
      await page.locator('#figure-7-1').getByRole('button', { name: 'Pause' }).click();
      const stopped = await cell();
      await page.waitForTimeout(300);
      expect(await cell()).toBe(stopped);
      await page.locator('#figure-7-1').getByRole('button', { name: 'One on' }).click();
      await page.waitForFunction(
        (before) => document.querySelector<HTMLElement>('#figure-7-1 [data-cell]')?.dataset.cell !== before,
        stopped,
      );
    });
  });

  it('is searched for with progress, can be stopped, and is heard', async () => {
    await site.visit(chapter, {}, async (page) => {
      await bring(page, 'figure-7-7');
      const figure = page.locator('#figure-7-7');
      await figure.locator('.strip canvas').waitFor();
      await figure.getByText('second, 64').click();
      await figure.getByText('kernel 22: 32 slices').waitFor();
      await figure.getByRole('button', { name: 'Find what excites it' }).click();
      await figure.locator('progress').waitFor();
      await figure.getByRole('button', { name: 'Stop' }).click();
      await figure.locator('.excited[data-state="idle"]').waitFor();
      await figure.getByText('first, 32').click();
      await figure.getByRole('button', { name: 'Find what excites it' }).click();
      await figure.locator('.excited[data-state="done"]').waitFor({ timeout: 60_000 });
      const [found] = await numbers(page, '#figure-7-7 .ex-words [data-value]', 'value');
      expect(found).toBeGreaterThan(0.1);
      expect(await figure.getByRole('button', { name: 'Hear it' }).isEnabled()).toBe(true);
      expect(await figure.locator('.ex-plates canvas').count()).toBe(2);
    });
  });
});

describe('the exercises of chapter 7', () => {
  it('take the right answer and explain a wrong one', async () => {
    await site.visit(chapter, {}, async (page) => {
      const answers = [
        ['7-1', '59', '61', '“same”'],
        ['7-3', '18,496', '18432', 'a bias too'],
        ['7-4', '11', '6', 'the first of them'],
      ];
      for (const [number, right, wrong, words] of answers) {
        const id = `exercise-${number}`;
        await bring(page, id);
        const form = page.locator(`#${id}`);
        await form.getByRole('textbox').fill(wrong);
        await form.getByRole('button', { name: 'Check' }).click();
        expect(await form.locator('.feedback').textContent()).toContain('Not quite.');
        expect(await form.locator('.feedback').textContent()).toContain(words);
        await form.getByRole('textbox').fill(right);
        await form.getByRole('button', { name: 'Check' }).click();
        expect(await form.locator('.feedback').textContent()).toContain('Right.');
      }
      await bring(page, 'exercise-7-2');
      const form = page.locator('#exercise-7-2');
      await form.getByText('Nine cells of your picture').waitFor();
      const given = (await form.locator('.given').textContent()) ?? '';
      const cells = [
        ...given
          .split(': ')[1]
          .split('. ')[0]
          .matchAll(/[−\d.]+/g),
      ].map(([text]) => Number(text.replace('−', '-')));
      expect(cells).toHaveLength(9);
      const answer = [0, 1, 2].reduce((sum, row) => sum + cells[3 * row + 2] - cells[3 * row], 0);
      await form.getByRole('textbox').fill(String(-answer));
      await form.getByRole('button', { name: 'Check' }).click();
      expect(await form.locator('.feedback').textContent()).toContain('turned round');
      await form.getByRole('textbox').fill(answer.toFixed(1));
      await form.getByRole('button', { name: 'Check' }).click();
      expect(await form.locator('.feedback').textContent()).toContain('Right.');
    });
  });
});
