/**
 * From a slider to pixels: one heavy figure of each of the chapters 3 to 8 of the built site in Chromium, its slider
 * moved along the track, on the built-in word and on ten seconds at 44.1 kHz that a reader has opened as a file.
 */
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { serve } from '../scripts/serve.mjs';
import { writeWav } from '../src/lib/audio/wav.ts';
import { launch } from '../tests/browser/browser.ts';

/** Milliseconds. */
export interface Spread {
  readonly median: number;
  /** The 95th percentile. */
  readonly p95: number;
}

/** A figure, and how it is measured. */
interface Case {
  readonly chapter: string;
  readonly figure: string;
  /** What is moved: a slider, or a field of digits where the figure has no slider. */
  readonly moved: string;
  readonly input: string;
  /** So many canvases are drawn anew at each move; without it, the element whose content changes. */
  readonly shows: number | string;
}

export interface SliderResult extends Pick<Case, 'figure' | 'moved'> {
  readonly clip: string;
  /** From the input event until the figure has the new picture: computing and drawing. */
  readonly drawn: Spread;
  /** Until the frame after that has been made. */
  readonly pixels: Spread;
  /** Of a drag that moves the slider in every frame: its frames, those that were missed, and the pictures shown. */
  readonly frames: number;
  readonly missed: number;
  readonly pictures: number;
  /** From the drag's last move to the last picture: until then, a figure may have shown a draft. */
  readonly settled: number;
  /** The longest task of the main thread, where one took more than 50 ms; else 0. */
  readonly longest: number;
}

const cases: readonly Case[] = [
  {
    chapter: '03-spectrogram',
    figure: '3.2',
    moved: 'window length',
    input: '#figure-3-2-winLength',
    shows: 1,
  },
  { chapter: '04-mel', figure: '4.3', moved: 'mel bands', input: '#figure-4-3-nMels', shows: 1 },
  { chapter: '05-resize', figure: '5.7', moved: 'cells', input: '#figure-5-7-cells', shows: '[data-asked] .bars' },
  { chapter: '06-normalisation', figure: '6.7', moved: 'offset', input: '#figure-6-7-offset', shows: 3 },
  {
    chapter: '07-convolution',
    figure: '7.3',
    moved: 'a weight, typed',
    input: '#figure-7-3 .kernel-fields input',
    shows: 1,
  },
  { chapter: '08-dense', figure: '8.7', moved: 'passes', input: '#figure-8-7-passes', shows: '.d-strips' },
];

const long = { name: 'ten-seconds.wav', seconds: 10, sampleRate: 44100 };

/** How long a figure is left alone with a new clip before it is measured, ms. */
const rest = 2500;

/**
 * Throws where there is no Chromium, or the site is not built.
 * @param figures the numbers of those to measure; all where it is empty
 */
export async function benchSlider(figures: readonly string[] = [], root = 'dist'): Promise<SliderResult[]> {
  if (!existsSync(`${root}/chapters/${cases[0].chapter}/index.html`))
    throw new Error('Build the site first: npm run build.');
  const browser = await launch();
  // Only a page that is isolated from others gets a clock finer than 0.1 ms.
  const { server, url } = await serve({ root, isolated: true });
  const buffer = Buffer.from(writeWav({ channels: [sweep()], sampleRate: long.sampleRate }, 'float32'));
  try {
    const results: SliderResult[] = [];
    for (const one of cases) {
      if (figures.length > 0 && !figures.includes(one.figure)) continue;
      results.push(...(await benchFigure(browser, url, one, buffer)));
    }
    return results;
  } finally {
    await browser.close();
    server.close();
  }
}

async function benchFigure(browser: Browser, url: string, one: Case, buffer: Buffer): Promise<SliderResult[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const { figure, moved, chapter } = one;
  await page.goto(`${url}/chapters/${chapter}/`);
  await page.locator(one.input).first().scrollIntoViewIfNeeded();
  const shown = `#figure-${figure.replace('.', '-')} ${typeof one.shows === 'string' ? one.shows : 'canvas'}`;
  await page.locator(shown).first().waitFor({ timeout: 60_000 });
  await clipIs(page, 'yes');
  const short = await page.evaluate(slide, one);
  await page.setInputFiles('.clipbar input[type=file]', { name: long.name, mimeType: 'audio/wav', buffer });
  await clipIs(page, long.name);
  const longer = await page.evaluate(slide, one);
  await page.close();
  return [
    { figure, moved, clip: '1 s, 16 kHz', ...short },
    { figure, moved, clip: '10 s, 44.1 kHz', ...longer },
  ];
}

/** Waits until the page has the clip of this name and its figures have been drawn. */
async function clipIs(page: Page, name: string): Promise<void> {
  await page.locator('.clipbar .cb-name', { hasText: name }).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(rest);
}

/** A tone that rises from 100 Hz to 10 kHz. */
function sweep(): Float32Array {
  const { seconds, sampleRate } = long;
  let phase = 0;
  return Float32Array.from({ length: seconds * sampleRate }, (_, n) => {
    phase += (2 * Math.PI * 100 * 100 ** (n / (seconds * sampleRate))) / sampleRate;
    return 0.5 * Math.sin(phase);
  });
}

/** Runs in the page, so it stands alone. */
async function slide({
  figure: number,
  input,
  shows,
}: Pick<Case, 'figure' | 'input' | 'shows'>): Promise<Omit<SliderResult, 'clip' | 'figure' | 'moved'>> {
  const figure = document.querySelector(`#figure-${number.replace('.', '-')}`);
  const slider = document.querySelector<HTMLInputElement>(input);
  if (!figure || !slider) throw new Error(`Figure ${number} has no ${input}.`);

  let pictures = 0;
  let lastPicture = 0;
  let wanted = 0;
  let painted = (_at: number) => {};
  const picture = () => {
    pictures++;
    lastPicture = performance.now();
    wanted--;
    if (wanted <= 0) painted(lastPicture);
  };
  const prototype = CanvasRenderingContext2D.prototype;
  const put: (image: ImageData, x: number, y: number) => void = prototype.putImageData;
  prototype.putImageData = function (this: CanvasRenderingContext2D, image: ImageData, x: number, y: number) {
    put.call(this, image, x, y);
    if (typeof shows === 'number' && figure.contains(this.canvas)) picture();
  } as typeof prototype.putImageData;
  const changes = new MutationObserver(picture);
  if (typeof shows === 'string') {
    const part = figure.querySelector(shows);
    if (!part) throw new Error(`Figure ${number} has no ${shows}.`);
    changes.observe(part, { attributes: true, childList: true, characterData: true, subtree: true });
  }
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });

  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const task = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(0);
    });
  /** Moves it to a share of its track; whether that changed anything. */
  const move = (share: number) => {
    const before = slider.value;
    const { min, max } = slider.type === 'range' ? slider : { min: '-2', max: '2' };
    const value = Number(min) + share * (Number(max) - Number(min));
    slider.value = slider.type === 'range' ? String(value) : value.toFixed(3);
    if (slider.value === before) return false;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  };
  // To and fro over the track, without staying anywhere.
  const place = (step: number) => 0.1 + Math.abs(((step * 0.037) % 1.6) - 0.8);
  const spread = (values: number[]) => {
    values.sort((a, b) => a - b);
    return { median: values[values.length >> 1], p95: values[Math.floor(0.95 * values.length)] };
  };

  const drawn: number[] = [];
  const pixels: number[] = [];
  for (let step = 0; step < 60; step++) {
    await frame();
    await task();
    const shown = new Promise<number>((resolve, reject) => {
      painted = resolve;
      setTimeout(() => reject(new Error(`Figure ${number} shows no new picture.`)), 10_000);
    });
    wanted = typeof shows === 'number' ? shows : 1;
    const start = performance.now();
    if (!move(place(step))) {
      painted(start);
      continue;
    }
    drawn.push((await shown) - start);
    await frame();
    await task();
    pixels.push(performance.now() - start);
  }

  const frames = 180;
  let missed = 0;
  pictures = 0;
  let last = await frame();
  let moved = 0;
  for (let step = 0; step < frames; step++) {
    if (move(place(step) + 0.003)) moved = performance.now();
    const now = await frame();
    missed += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
    last = now;
  }
  const shown = pictures / (typeof shows === 'number' ? shows : 1);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  observer.disconnect();
  changes.disconnect();
  prototype.putImageData = put as typeof prototype.putImageData;
  return {
    drawn: spread(drawn),
    pixels: spread(pixels),
    frames,
    missed,
    pictures: Math.round(shown),
    settled: Math.max(0, lastPicture - moved),
    longest,
  };
}
