import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framesOf } from '../../src/components/figures/mel/settings.ts';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { hzToMel, melFilterbank } from '../../src/lib/dsp/mel.ts';
import type { MelSettings } from '../../src/lib/dsp/mel-settings.ts';
import { plainKernels } from '../../src/lib/kernels/plain.ts';
import { layerKinds } from '../../src/lib/layers/index.ts';
import { melStages } from '../../src/lib/layers/mel-stages.ts';
import { createRandom } from '../../src/lib/random.ts';
import { at, example, type Tensor, tensor } from '../../src/lib/tensor.ts';
import { untilReady, wav } from './reader.ts';
import { bring, openSite, type Site } from './site.ts';

const chapter = '/chapters/04-mel/';
const figures = ['4-1', '4-2', '4-3', '4-4', '4-5', '4-6', '4-7', '4-8'];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** The clip that the book begins with. */
function yes() {
  const { clips } = JSON.parse(readFileSync('dist/audio/index.json', 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const file = clips.find(({ name }) => name === 'yes')?.file;
  return mixToMono(readWav(new Uint8Array(readFileSync(`dist/audio/${file}`))).recording);
}

/** Waits until every picture of a figure is painted. */
async function painted(page: Page, figure: string): Promise<void> {
  await bring(page, `figure-${figure}`);
  await page.waitForFunction((id) => {
    const pictures = document.querySelectorAll(`#${id} .plot > .pic:not(:has(> svg))`);
    return [...pictures].every((picture) => picture.querySelector('canvas'));
  }, `figure-${figure}`);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Gives the reader another sound, by a name that has not been used. */
async function open(page: Page, name: string, samples: Float32Array, rate: number): Promise<void> {
  const file = { name: `${name}.wav`, mimeType: 'audio/wav', buffer: wav(samples, rate) };
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await untilReady(page, file.name);
}

describe('the numbers of chapter 4', () => {
  const settings: MelSettings = {
    sampleRate: 16000,
    stft: framesOf(512),
    power: 2,
    mel: { nMels: 24, fMin: 0, fMax: 8000, scale: 'htk', norm: 'none' },
    decibels: { ref: 1, amin: 1e-10, topDb: 80 },
    mfcc: null,
  };
  const pass = { training: false, random: createRandom(0), kernels: plainKernels };
  const layersOf = (of: MelSettings) => melStages(of).map(({ type, config }) => layerKinds[type].create(config));
  const close = (found: number, wanted: number) =>
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted) + 1e-12);

  it('are the engine’s: the sums of random cells of Figure 4.3', async () => {
    const { samples } = yes();
    const [spectrogram, mel] = layersOf(settings);
    const spectra: Tensor = example(spectrogram.forward(tensor([1, samples.length], samples), pass), 0);
    const random = createRandom(43);
    await site.visit(chapter, {}, async (page) => {
      await painted(page, '4-3');
      const figure = page.locator('#figure-4-3');
      const canvas = figure.locator('canvas');
      const { width, height } = (await canvas.boundingBox()) ?? { width: 0, height: 0 };
      for (let round = 0; round < 5; round++) {
        await canvas.click({ position: { x: random.uniform() * width, y: random.uniform() * height } });
        const numbers = await figure.evaluate((element) => {
          const data = (node: Element | null) => Object.entries((node as HTMLElement | null)?.dataset ?? {});
          const values = (node: Element | null) => Object.fromEntries(data(node).map(([k, v]) => [k, Number(v)]));
          return {
            cell: values(element.querySelector('[data-frame]')),
            terms: [...element.querySelectorAll('tr[data-bin]')].map(values),
            rest: values(element.querySelector('tr[data-rest]')),
            result: values(element.querySelector('tr[data-result]')),
          };
        });
        const explanation = mel.explain([numbers.cell.frame, numbers.cell.filter, 0], spectra);
        close(numbers.result.result, explanation.result);
        for (const { bin, weight, value } of numbers.terms) {
          const term = explanation.terms.find(({ from }) => from[1] === bin);
          close(weight, term?.weight ?? Number.NaN);
          close(value, term?.value ?? Number.NaN);
        }
        const shown = numbers.terms.reduce((sum, { weight, value }) => sum + weight * value, numbers.rest.rest ?? 0);
        expect(shown / explanation.result).toBeCloseTo(1, 5);
        expect(numbers.terms).toHaveLength(Math.min(12, explanation.terms.length));
      }
    });
  });

  it('are the engine’s: the coefficients of Figure 4.6, and what is left when one is taken out', async () => {
    const { samples } = yes();
    const all: MelSettings = {
      ...settings,
      mel: { ...settings.mel, nMels: 40 },
      mfcc: { nMfcc: 40, norm: 'ortho' },
    };
    let x = tensor([1, samples.length], samples);
    for (const layer of layersOf(all)) x = layer.forward(x, pass);
    const mfcc = example(x, 0);
    await site.visit(chapter, {}, async (page) => {
      await painted(page, '4-6');
      const figure = page.locator('#figure-4-6');
      const grip = figure.getByRole('slider', { name: 'Moment' });
      await grip.press('PageDown');
      const frame = Number(await grip.getAttribute('aria-valuenow'));
      const shown = await figure
        .locator('[data-k]')
        .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.value)));
      expect(shown).toHaveLength(40);
      for (const [k, value] of shown.entries()) {
        expect(Math.abs(value - at(mfcc, [frame, k, 0]))).toBeLessThan(1e-3);
      }
      const missed = () => figure.locator('[data-missed]').getAttribute('data-missed').then(Number);
      const squares = (ks: readonly number[]) => Math.sqrt(ks.reduce((sum, k) => sum + shown[k] ** 2, 0) / 40);
      const later = Array.from({ length: 27 }, (_, k) => 13 + k);
      // Unit vectors at right angles: what is missing is the length of the coefficients left out.
      expect(await missed()).toBeCloseTo(squares(later), 4);
      await figure.locator('[data-k="2"]').click();
      expect(await missed()).toBeCloseTo(squares([2, ...later]), 4);
      await figure.getByRole('button', { name: 'Put all back' }).click();
      expect(await missed()).toBeCloseTo(squares(later), 4);
    });
  });

  it('are the engine’s: the weights of Figure 4.4, and the pairs of Figure 4.2', async () => {
    const { first, count, start, weights } = melFilterbank({
      ...settings.mel,
      sampleRate: 8000,
      nFft: 16,
      nMels: 4,
      fMax: 4000,
    });
    await site.visit(chapter, {}, async (page) => {
      const shown = await page
        .locator('#figure-4-4 tr[data-bin]')
        .evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset.weight)));
      const expected = new Array(9).fill(0);
      for (let j = 0; j < count[2]; j++) expected[first[2] + j] = weights[start[2] + j];
      expect(shown).toEqual(expected);
      const pairs = await page
        .locator('#figure-4-2 li[data-pair]')
        .evaluateAll((all) => all.map((row) => ({ ...(row as HTMLElement).dataset })));
      for (const { from, to, mel } of pairs) {
        expect(Number(mel)).toBeCloseTo(hzToMel(Number(to), 'htk') - hzToMel(Number(from), 'htk'), 8);
      }
      expect(Number(pairs[2].mel)).toBeCloseTo(Number(pairs[0].mel), 8);
      expect(Number(pairs[1].to) - Number(pairs[1].from)).toBe(100);
    });
  });
});

describe('the settings of chapter 4', () => {
  it('stand in the address; torchaudio’s default is warned of; an impossible one says why and keeps the picture', async () => {
    await site.visit(`${chapter}?figure=4.3&nMels=60&nFft=256#figure-4-3`, {}, async (page) => {
      await painted(page, '4-3');
      const figure = page.locator('#figure-4-3');
      await figure.getByText('of 60, centred on').waitFor();
      await figure.getByRole('button', { name: 'torchaudio’s filters' }).click();
      await figure.getByText('4 filters: 1, 4, 7 and 14 lie between two bins').waitFor();
      await figure.getByRole('textbox', { name: 'highest frequency, Hz' }).fill('3000');
      await figure.getByRole('textbox', { name: 'lowest frequency, Hz' }).fill('7000');
      await figure.getByRole('alert').waitFor();
      expect(await figure.getByRole('alert').textContent()).toContain('between 7000 and 3000 Hz');
      expect(await figure.locator('canvas').count()).toBe(1);
      expect(await figure.getByText('of 128, centred on').count()).toBe(1);
      await figure.getByRole('button', { name: 'Reset' }).click();
      await figure.getByText('of 24, centred on').waitFor();
      await figure.getByRole('button', { name: 'As Python' }).click();
      await figure.getByRole('button', { name: 'torchaudio', exact: true }).click();
      expect(await figure.locator('pre').textContent()).toContain('n_mels=24');
    });
  });

  it('are those of the five projects, with what they cost', async () => {
    await site.visit(chapter, {}, async (page) => {
      await painted(page, '4-5');
      const figure = page.locator('#figure-4-5');
      const cost = (name: string) => figure.locator(`tr[data-cost="${name}"]`).getAttribute('data-value').then(Number);
      expect([await cost('frames'), await cost('rows'), await cost('bins')]).toEqual([144, 256, 8193]);
      await figure.getByRole('combobox').selectOption('keywords');
      await figure.getByText('the bins themselves').waitFor();
      expect([await cost('frames'), await cost('rows')]).toEqual([124, 129]);
      await figure.getByRole('combobox').selectOption('speech');
      await figure.getByText('names no sizes, so there is nothing').waitFor();
    });
  });

  it('bear a silent clip, and one of a few samples', async () => {
    await site.visit(chapter, {}, async (page) => {
      for (const [name, samples] of [
        ['silent', new Float32Array(8000)],
        ['short', Float32Array.of(0.1, -0.3, 0.2, 0.1, 0)],
      ] as const) {
        await open(page, name, samples, 16000);
        for (const figure of figures) {
          await painted(page, figure);
          expect(await page.locator(`#figure-${figure}`).textContent(), figure).not.toMatch(
            /NaN|not a number|Infinity/,
          );
        }
      }
    });
  });
});

describe('the exercises of chapter 4', () => {
  it('take the right answer and explain a wrong one', async () => {
    const step = hzToMel(8000, 'htk');
    await site.visit(chapter, {}, async (page) => {
      const answers = [
        ['4-2', String(step / 41), String(step / 40), 'one step more than filters'],
        ['4-4', String(126 * 13), String(126 * 40), 'The MFCC keep 13'],
      ];
      for (const [number, right, wrong, words] of answers) {
        const id = `exercise-${number}`;
        await bring(page, id);
        const form = page.locator(`#${id}`);
        for (const [given, says] of [
          [wrong, words],
          [right, 'Right.'],
        ]) {
          await form.getByRole('textbox').fill(given);
          await form.getByRole('button', { name: 'Check' }).click();
          expect(await form.locator('.feedback').textContent()).toContain(says);
        }
      }
      for (const number of ['4-1', '4-3']) {
        const form = page.locator(`#exercise-${number}`);
        await bring(page, `exercise-${number}`);
        await form.getByRole('textbox').fill('-5000');
        await form.getByRole('button', { name: 'Check' }).click();
        expect(await form.locator('.feedback').textContent()).toContain('Not quite.');
        await form.getByRole('button', { name: 'Show me' }).click();
        const answer = /It is ([\d.,−]+)/.exec((await form.locator('.feedback').textContent()) ?? '')?.[1] ?? '';
        await form.getByRole('textbox').fill(answer);
        await form.getByRole('button', { name: 'Check' }).click();
        expect(await form.locator('.feedback').textContent()).toContain('Right.');
      }
    });
  });
});

describe('hearing what is left', () => {
  it('makes the sound, and stops when asked', async () => {
    await site.visit(`${chapter}?figure=4.7&phase=griffin-lim#figure-4-7`, {}, async (page) => {
      await painted(page, '4-7');
      const figure = page.locator('#figure-4-7');
      const play = figure.getByRole('button', { name: 'Play what is left' });
      expect(await play.isDisabled()).toBe(true);
      await figure.getByRole('button', { name: 'Make the sound' }).click();
      await figure.getByRole('button', { name: 'Stop' }).click();
      await figure.getByRole('button', { name: 'Make the sound' }).waitFor();
      expect(await play.isDisabled()).toBe(true);
      await figure.getByRole('button', { name: 'Make the sound' }).click();
      await figure.getByText('Its spectrogram is').waitFor({ timeout: 60_000 });
      expect(await play.isDisabled()).toBe(false);
    });
  });
});
