import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loudestFrame, windowed } from '../../src/components/figures/spectrogram/frame.ts';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { dftBin } from '../../src/lib/dsp/dft.ts';
import { presetOptions } from '../../src/lib/dsp/presets.ts';
import { createRandom } from '../../src/lib/random.ts';
import { decibelPicture } from '../../src/workers/lab/spectrogram-calls.ts';
import { tone, wav } from './reader.ts';
import { bring, openSite, type Site } from './site.ts';

const chapter = '/chapters/03-spectrogram/';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** The clip that the book begins with. */
const yes = () => {
  const { clips } = JSON.parse(readFileSync('dist/audio/index.json', 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const file = clips.find(({ name }) => name === 'yes')?.file;
  return mixToMono(readWav(new Uint8Array(readFileSync(`dist/audio/${file}`))).recording);
};

describe('the numbers of chapter 3', () => {
  it('are the engine’s: random terms of the sum that Figure 3.3 steps through', async () => {
    const { samples, sampleRate } = yes();
    const values = windowed(loudestFrame(samples, sampleRate));
    const random = createRandom(3);
    for (let round = 0; round < 4; round++) {
      const bin = random.integer(129);
      const sample = random.integer(256);
      const walk = dftBin(values, bin);
      await site.visit(`${chapter}?figure=3.3&bin=${bin}&sample=${sample}#figure-3-3`, {}, async (page) => {
        await bring(page, 'figure-3-3');
        const shown = page.locator('#figure-3-3 .probe-sum dd');
        await page.waitForFunction(
          (wanted) => document.querySelector('#figure-3-3 .probe-sum dt')?.textContent?.includes(`sample ${wanted},`),
          sample,
        );
        const number = async (index: number, name: string) => Number(await shown.nth(index).getAttribute(name));
        expect(await number(0, 'data-value')).toBeCloseTo(values[sample], 12);
        expect(await number(2, 'data-re')).toBeCloseTo(walk.real[sample], 12);
        expect(await number(2, 'data-im')).toBeCloseTo(walk.imaginary[sample], 12);
        expect(await number(3, 'data-re')).toBeCloseTo(walk.totalReal[sample], 12);
        expect(await number(3, 'data-im')).toBeCloseTo(walk.totalImaginary[sample], 12);
      });
    }
  });

  it('give the nine frequencies of 16 points at 22,050 Hz', async () => {
    await site.visit(chapter, {}, async (page) => {
      const cells = await page
        .locator('#figure-3-4 td[data-hertz]')
        .evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset.hertz)));
      expect(cells).toEqual([0, 1378.125, 2756.25, 4134.375, 5512.5, 6890.625, 8268.75, 9646.875, 11025]);
    });
  });
});

describe('the settings of chapter 3', () => {
  it('stand in the address, and an impossible one says why and keeps the picture', async () => {
    await site.visit(`${chapter}?figure=3.2&winLength=512&hopLength=64&nFft=512#figure-3-2`, {}, async (page) => {
      await bring(page, 'figure-3-2');
      const figure = page.locator('#figure-3-2');
      const picture = decibelPicture(yes().samples, 16000, {
        ...presetOptions('tf.signal'),
        winLength: 512,
        hopLength: 64,
        nFft: 512,
      });
      const size = `${picture.frames} frames × ${picture.bins} bins`;
      await figure.getByText(size).waitFor();
      const field = figure.getByRole('textbox', { name: 'hop length, samples' });
      await field.fill('0');
      const why = figure.getByRole('alert');
      expect(await why.textContent()).toContain('hop length is 0');
      expect(await figure.getByText(size).count()).toBe(1);
      await field.fill('128');
      await page.waitForFunction(() => document.querySelector('#figure-3-2 [role="alert"]') === null);
      await figure.getByRole('textbox', { name: 'FFT length, samples' }).fill('256');
      expect(await why.textContent()).toContain('does not fit into an FFT of 256');
      await figure.getByRole('button', { name: 'Reset' }).click();
      await figure.getByText('124 frames × 129 bins').waitFor();
    });
  });

  it('say when the clip is shorter than a frame', async () => {
    await site.visit(chapter, {}, async (page) => {
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles({
          name: 'short.wav',
          mimeType: 'audio/wav',
          buffer: wav(tone(1000, 16000, 0.0125), 16000),
        });
      await bring(page, 'figure-3-2');
      await page.locator('#figure-3-2 [role="alert"]').waitFor();
      expect(await page.locator('#figure-3-2 [role="alert"]').textContent()).toContain('shorter than one frame');
    });
  });
});

describe('the exercises of chapter 3', () => {
  it('take the right answer and explain a wrong one', async () => {
    await site.visit(chapter, {}, async (page) => {
      const answers = [
        ['3-1', '124', '125', 'could start'],
        ['3-2', '16', '17', 'Counting starts at 0'],
        ['3-4', '-26', '26', 'the sign is not'],
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
    });
  });
});

describe('hearing the way back', () => {
  it('guesses the phases, and can be stopped', async () => {
    await site.visit(chapter, {}, async (page) => {
      await bring(page, 'figure-3-13');
      const figure = page.locator('#figure-3-13');
      await figure.getByText('the same clip, to the fifth decimal').waitFor();
      await figure.getByRole('button', { name: 'Guess the phases' }).click();
      await figure.getByText('its magnitudes are').waitFor({ timeout: 60_000 });
    });
  });
});
