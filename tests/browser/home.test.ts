import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitLoudest } from '../../src/lib/audio/loudest.ts';
import { mixToMono } from '../../src/lib/audio/mix.ts';
import { readWav } from '../../src/lib/audio/wav.ts';
import { plainKernels } from '../../src/lib/kernels/plain.ts';
import { loadNetwork } from '../../src/lib/model/load.ts';
import { classifyClip, type Network } from '../../src/lib/model/network.ts';
import { tensor } from '../../src/lib/tensor.ts';
import { tone, wav } from './reader.ts';
import { expectAccessible, expectNoOverflow, openSite, type Site } from './site.ts';

const model = 'dist/models/keywords';
const words = ['yes', 'no', 'up', 'down', 'left', 'right', 'go', 'stop'];
const pictures = ['waveform', 'spectrogram', 'resized', 'normalised', 'conv1', 'conv2', 'pooled', 'dense'];

let site: Site;
let network: Network;
beforeAll(async () => {
  site = await openSite();
  network = await loadNetwork(async (file) => new Uint8Array(await readFile(`${model}/${file}`)));
});
afterAll(() => site?.close());

/** Waits until the page is alive, and gives it the sign of a hand that the network is fetched at. */
async function hand(page: Page): Promise<void> {
  await page.waitForSelector('astro-island:not([ssr]) .net');
  await page.mouse.move(2, 2);
  await page.mouse.move(1, 1);
}

/** Waits until the network has run on the clip and the thread is drawn. */
async function traced(page: Page): Promise<void> {
  await hand(page);
  await page.waitForSelector('.net[data-state="traced"]');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Takes another sound by `act`, and waits until its thread is drawn. */
async function another(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await page.locator('.cap').allTextContents();
  await act();
  await page.waitForFunction(
    (text) => [...document.querySelectorAll('.cap')].map((cap) => cap.textContent).join() !== text,
    before.join(),
  );
  await traced(page);
}

/** A picture's pixels as the page drew them, packed; empty where it drew none. */
const pixelsOf = (page: Page, panel: string) =>
  page.evaluate((name) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`[data-panel="${name}"] canvas`);
    // Read from a copy, lest the canvas itself be moved out of the graphics card's memory.
    const copy =
      canvas && new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    if (!canvas || !copy) return { width: 0, height: 0, pixels: [] };
    const { width, height } = canvas;
    copy.drawImage(canvas, 0, 0);
    return { width, height, pixels: [...new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer)] };
  }, panel);

/** How many different colours a picture has. */
const colours = async (page: Page, panel: string) => new Set((await pixelsOf(page, panel)).pixels).size;

/** Red, green and blue together. */
const lightOf = (pixel: number) => (pixel & 255) + ((pixel >> 8) & 255) + ((pixel >> 16) & 255);

const handle = (page: Page, title: string) => page.locator(`.handle[aria-label^="${title}"]`);

describe('the network at a glance', () => {
  it('draws every stage of the built-in word, and says what the engine says', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      for (const panel of pictures) expect(await colours(page, panel), panel).toBeGreaterThan(1);
      for (const word of ['yes', 'stop']) {
        if (word !== 'yes') await another(page, () => page.getByRole('button', { name: word, exact: true }).click());
        const probabilities = expectedProbabilities(word);
        const winner = probabilities.indexOf(Math.max(...probabilities));
        const answer = network.architecture.classes[winner];
        expect(await page.locator('.heard-word').textContent()).toBe(answer);
        expect(await page.locator('.bars .win span').first().textContent()).toBe(answer);
        expect(await page.locator('.heard-p').textContent()).toContain('% sure');
        const shown = await page.locator('.bars li span:last-child').allTextContents();
        for (const [index, text] of shown.entries()) {
          expect(Math.abs(Number(text) - 100 * probabilities[index])).toBeLessThan(0.06);
        }
        const truth = page.locator('.heard-truth');
        if (answer === word) expect(await truth.count()).toBe(0);
        else expect(await truth.textContent()).toBe(`It was ${word}; the network says ${answer}.`);
      }
    });
  });

  function expectedProbabilities(word: string): number[] {
    const { clips } = JSON.parse(readFileSync('dist/audio/index.json', 'utf8')) as {
      clips: { name: string; file: string }[];
    };
    const file = clips.find(({ name }) => name === word)?.file;
    const clip = mixToMono(readWav(new Uint8Array(readFileSync(`dist/audio/${file}`))).recording);
    const { samples } = network.architecture.input;
    const heard = fitLoudest(clip, samples);
    return [...classifyClip(network, tensor([samples], heard.samples), plainKernels)];
  }

  it('leads from a stage to the chapter that explains it', async () => {
    await site.visit('/', {}, async (page) => {
      const links = await page
        .locator('.to-chapter')
        .evaluateAll((all) => all.map((a) => `${a.closest('.st')?.className} ${a.getAttribute('href')}`));
      expect(links).toEqual([
        'st st-spectrogram /chapters/03-spectrogram/',
        'st st-resized /chapters/05-resize/',
        'st st-normalised /chapters/06-normalisation/',
        'st st-conv1 /chapters/07-convolution/',
        'st st-conv2 /chapters/07-convolution/',
        'st st-pooled /chapters/07-convolution/',
        'st st-dense /chapters/08-dense/',
        'st st-answers /chapters/08-dense/',
      ]);
    });
  });

  it('offers the eight words, and marks the one that is taken', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      const picks = page.locator('.picks button');
      expect(await picks.allTextContents()).toEqual(words);
      await another(page, () => picks.nth(4).click());
      expect(await page.locator('.picks [aria-pressed="true"]').allTextContents()).toEqual(['left']);
    });
  });

  it('leads from every stage to its place on Classify', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      const links = await page
        .locator('.cap a:not(.to-chapter)')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      const names = new Set(['waveform', ...network.architecture.stages.map(({ name }) => name)]);
      expect(links).toHaveLength(9);
      for (const link of links) {
        expect(link).toMatch(/^\/classify\/#stage=/);
        expect(names).toContain(link.slice('/classify/#stage='.length));
      }
    });
  });

  it('puts a tone of 1 kHz at the height of 1 kHz, in the pixels', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      const file = { name: 'tone.wav', mimeType: 'audio/wav', buffer: wav(tone(1000, 16000, 1), 16000) };
      await another(page, () => page.locator('.others input[type="file"]').setInputFiles(file));
      const { width, height, pixels } = await pixelsOf(page, 'spectrogram');
      const light = Array.from({ length: height }, (_, y) => lightOf(pixels[y * width + (width >> 1)]));
      const most = Math.max(...light);
      const rows = [...light.keys()].filter((y) => light[y] === most);
      // Bin 16 of 129: its row is centred on 1000 Hz, half a bin of 62.5 Hz to either side.
      const label = (1 - (1000 / 62.5 + 0.5) / 129) * height;
      expect(Math.min(...rows)).toBeLessThanOrEqual(label);
      expect(Math.max(...rows) + 1).toBeGreaterThanOrEqual(label);
      expect(rows.length).toBeLessThanOrEqual(Math.ceil(height / 129) + 1);
    });
  });
});

describe('the thread', () => {
  it('is moved by the keyboard, says where it comes from, and comes back', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      const conv2 = handle(page, 'Convolution 2');
      const text = () => conv2.getAttribute('aria-valuetext');
      const field = () => page.locator('.thread-field').textContent();
      const [start, from] = [await text(), await field()];
      expect(from).toMatch(/^\d\.\d\d to \d\.\d\d\u00a0s, [\d,]+ to [\d,]+\u00a0Hz$/);
      await conv2.focus();
      const [, map, column, row] = /map (\d+), column (\d+), row (\d+)/.exec(start ?? '') ?? [];
      const key = Number(column) > 13 ? 'ArrowLeft' : 'ArrowRight';
      const moved = `map ${map}, column ${Number(column) + (key === 'ArrowLeft' ? -1 : 1)}, row ${row}`;
      await page.keyboard.press(key);
      await page.waitForFunction(
        (wanted) =>
          document
            .querySelector('.handle[aria-label^="Convolution 2"]')
            ?.getAttribute('aria-valuetext')
            ?.startsWith(wanted),
        `${moved}:`,
      );
      expect(await field()).not.toBe(from);
      expect(await conv2.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Escape');
      await page.waitForFunction((wanted) => document.querySelector('.thread-field')?.textContent === wanted, from);
      expect(await text()).toBe(start);
    });
  });

  it('goes to the cell that is touched, and to the answer that is pressed', async () => {
    await site.visit('/', { height: 1100 }, async (page) => {
      await traced(page);
      for (const [panel, share] of [
        ['normalised', [0.3, 0.4]],
        ['conv1', [0.62, 0.3]],
        ['conv2', [0.4, 0.7]],
        ['pooled', [0.9, 0.1]],
        ['dense', [0.7, 0.5]],
      ] as const) {
        const box = await page.locator(`[data-panel="${panel}"]`).boundingBox();
        if (!box) throw new Error(`${panel} is not on the page.`);
        const point = [box.x + share[0] * box.width, box.y + share[1] * box.height] as const;
        await page.mouse.click(...point);
        await page.waitForFunction(
          ([name, x, y]) => {
            const mark = document.querySelector(`[data-box="${name}"] .box`)?.getBoundingClientRect();
            return mark && x >= mark.left - 3 && x <= mark.right + 3 && y >= mark.top - 3 && y <= mark.bottom + 3;
          },
          [panel, ...point] as const,
        );
      }
      const row = page.locator('.bars li').nth(3);
      const word = await row.locator('span').first().textContent();
      await row.click();
      await page.waitForFunction((name) => document.querySelector('.thread-answer')?.textContent === name, word);
    });
  });
});

describe('the page', () => {
  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ] as const)('is accessible and fits when alive, $width px in $colorScheme', async (options) => {
    await site.visit('/', options, async (page) => {
      await traced(page);
      await expectAccessible(page);
      await expectNoOverflow(page);
    });
  });

  it('shows the maps in eight columns on a phone', async () => {
    await site.visit('/', { width: 390 }, async (page) => {
      await traced(page);
      for (const panel of pictures) expect(await colours(page, panel), panel).toBeGreaterThan(1);
      const ratios = await page.evaluate(() =>
        ['conv1', 'conv2', 'pooled', 'dense'].map((panel) => {
          const { width, height } = document.querySelector(`[data-panel="${panel}"] canvas`) as HTMLCanvasElement;
          return width / height;
        }),
      );
      for (const [index, ratio] of [2, 1, 1, 8].entries()) expect(ratios[index]).toBeCloseTo(ratio, 0);
    });
  });

  it('paints anew in the other theme, with zero as its paper', async () => {
    await site.visit('/', { colorScheme: 'light' }, async (page) => {
      await traced(page);
      // Most cells of the maps are 0, and those have the colour of the paper.
      const commonest = async () => {
        const counts = new Map<number, number>();
        for (const pixel of (await pixelsOf(page, 'conv2')).pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
        const [[pixel]] = [...counts].filter(([packed]) => packed >>> 24 === 255).sort((a, b) => b[1] - a[1]);
        return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
      };
      expect(await commonest()).toEqual([251, 251, 248]);
      await page.getByRole('button', { name: 'theme' }).click();
      expect(await commonest()).toEqual([27, 24, 21]);
    });
  });

  it('does not move under reduced motion', async () => {
    await site.visit('/', { reducedMotion: 'reduce' }, async (page) => {
      await traced(page);
      await another(page, () => page.getByRole('button', { name: 'go', exact: true }).click());
      const moving = await page.evaluate(
        () => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().endTime) > 0).length,
      );
      expect(moving).toBe(0);
    });
  });

  it('does not shift when it comes alive, nor when another word is taken', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      await another(page, () => page.getByRole('button', { name: 'no', exact: true }).click());
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              resolve(list.getEntries().reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0));
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(0), 500);
          }),
      );
      expect(shift).toBeLessThan(0.01);
    });
  });

  it('needs no more than 150 kB of script', async () => {
    await site.visit('/', {}, async (page) => {
      let bytes = 0;
      page.on('response', async (response) => {
        if (response.url().endsWith('.js')) bytes += gzipSync(await response.body()).length;
      });
      await page.reload();
      await traced(page);
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThan(150_000);
    });
  });

  it('says why there is no answer where the model cannot be had', async () => {
    await site.visit('/', { expected: /404/ }, async (page) => {
      await page.route('**/weights.safetensors', (route) => route.fulfill({ status: 404 }));
      await page.reload();
      await hand(page);
      const sentence = page.locator('.failure');
      await sentence.waitFor();
      expect(await sentence.textContent()).toContain('could not be fetched');
      // The picture of the built-in word stays as it was made; of another one there is none.
      expect(await page.locator('.heard-word').count()).toBe(1);
      await page.getByRole('button', { name: 'up', exact: true }).click();
      await page.waitForFunction(() => document.querySelector('.heard-word') === null);
    });
  });

  it('goes back to the picture of the built-in word when the sound is deleted', async () => {
    await site.visit('/', {}, async (page) => {
      await traced(page);
      const file = { name: 'tone.wav', mimeType: 'audio/wav', buffer: wav(tone(440, 16000, 1), 16000) };
      await another(page, () => page.locator('.others input[type="file"]').setInputFiles(file));
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.waitForSelector('.net[data-state="waiting"]');
      expect(await page.locator('.st img.still').count()).toBe(pictures.length - 1);
      expect(await page.locator('.sheet-wave svg').count()).toBe(1);
    });
  });

  it('hears a button that is pressed before the page is alive', async () => {
    await site.visit('/', {}, async (page) => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/*.js', async (route) => {
        await held;
        await route.continue();
      });
      await page.reload({ waitUntil: 'commit' });
      await page.getByRole('button', { name: 'up', exact: true }).click();
      expect(await page.locator('astro-island[ssr] .picks').count()).toBe(1);
      release();
      await page.waitForSelector('.picks [aria-pressed="true"]:text-is("up")');
      await traced(page);
    });
  });

  it('fetches the network at the first sign of a hand, and answers a touch of the still picture', async () => {
    await site.visit('/', {}, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.reload({ waitUntil: 'networkidle' });
      await page.waitForSelector('astro-island:not([ssr]) .net');
      expect(asked.filter((address) => address.includes('/models/'))).toEqual([]);
      expect(await page.locator('.net').getAttribute('data-state')).toBe('waiting');
      const still = page.locator('[data-panel="normalised"]');
      const box = await still.boundingBox();
      if (!box) throw new Error('There is no still picture.');
      const point = [box.x + 0.3 * box.width, box.y + 0.4 * box.height] as const;
      await page.mouse.click(...point);
      await page.waitForFunction(([x, y]) => {
        const mark = document.querySelector('[data-box="normalised"] .box')?.getBoundingClientRect();
        return mark && x >= mark.left - 3 && x <= mark.right + 3 && y >= mark.top - 3 && y <= mark.bottom + 3;
      }, point);
    });
  });

  it('shows what needs no weights while they are on their way', async () => {
    await site.visit('/', {}, async (page) => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/weights.safetensors', async (route) => {
        await held;
        await route.continue();
      });
      await page.reload();
      // The picture of the built-in word stands until another one is taken.
      await page.getByRole('button', { name: 'up', exact: true }).click();
      await page.waitForSelector('[data-panel="spectrogram"] canvas');
      expect(await page.locator('.heard').textContent()).toContain('Fetching the network');
      expect(await page.locator('[data-panel="conv2"] canvas').count()).toBe(0);
      release();
      await traced(page);
      expect(await colours(page, 'conv2')).toBeGreaterThan(1);
    });
  });
});

describe('without script', () => {
  it('has the picture of a built-in word, every stage with words for it', async () => {
    const html = await (await fetch(site.url)).text();
    const images = [...html.matchAll(/<img class="still" src="([^"]+)" alt="([^"]+)"/g)];
    expect(images).toHaveLength(pictures.length - 1);
    const sources = [...html.matchAll(/srcset="([^"]+)"/gi)].map(([, source]) => source);
    for (const address of new Set([...images.map(([, source]) => source), ...sources])) {
      const response = await fetch(site.url + address);
      expect(response.headers.get('content-type'), address).toBe('image/png');
    }
    expect(html).toMatch(/class="heard-word[^"]*">\w+</);
    expect(html).toMatch(/class="thread-field">[^<]+Hz</);
  });
});
