/**
 * From a slider to pixels: Figure 3.2 of the built site in Chromium, its window length moved along the track, on the
 * built-in word and on ten seconds at 44.1 kHz that a reader has opened as a file.
 */
import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { serve } from '../scripts/serve.mjs';
import { writeWav } from '../src/lib/audio/wav.ts';
import { launch } from '../tests/browser/browser.ts';

/** Milliseconds. */
export interface Spread {
  readonly median: number;
  /** The 95th percentile. */
  readonly p95: number;
}

export interface SliderResult {
  readonly clip: string;
  /** From the input event until the canvas has the new picture: computing and drawing. */
  readonly drawn: Spread;
  /** Until the frame after that has been made. */
  readonly pixels: Spread;
  /** Of a drag that moves the slider in every frame: its frames, those that were missed, and the pictures shown. */
  readonly frames: number;
  readonly missed: number;
  readonly pictures: number;
  /** The longest task of the main thread, where one took more than 50 ms; else 0. */
  readonly longest: number;
}

const long = { name: 'ten-seconds.wav', seconds: 10, sampleRate: 44100 };

/** Throws where there is no Chromium, or the site is not built. */
export async function benchSlider(root = 'dist'): Promise<SliderResult[]> {
  if (!existsSync(`${root}/chapters/03-spectrogram/index.html`))
    throw new Error('Build the site first: npm run build.');
  const browser = await launch();
  // Only a page that is isolated from others gets a clock finer than 0.1 ms.
  const { server, url } = await serve({ root, isolated: true });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${url}/chapters/03-spectrogram/`);
    await page.locator('#figure-3-2').scrollIntoViewIfNeeded();
    await pictureOf(page, 'yes');
    const short = await page.evaluate(slide);
    const buffer = Buffer.from(writeWav({ channels: [sweep()], sampleRate: long.sampleRate }, 'float32'));
    await page.setInputFiles('.clipbar input[type=file]', { name: long.name, mimeType: 'audio/wav', buffer });
    await pictureOf(page, long.name);
    return [
      { clip: 'one second at 16 kHz', ...short },
      { clip: 'ten seconds at 44.1 kHz', ...(await page.evaluate(slide)) },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

/** Waits until the figure shows the clip of this name, and nothing else is being computed. */
async function pictureOf(page: Page, name: string): Promise<void> {
  await page.waitForSelector(`#figure-3-2 canvas[aria-label^="Spectrogram of ${name} "]`, { timeout: 60_000 });
  await page.waitForTimeout(3000);
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
async function slide(): Promise<Omit<SliderResult, 'clip'>> {
  const figure = document.querySelector('#figure-3-2');
  const slider = figure?.querySelector<HTMLInputElement>('input[type=range]');
  if (!figure || !slider) throw new Error('Figure 3.2 has no slider.');

  let pictures = 0;
  let painted = (_at: number) => {};
  const prototype = CanvasRenderingContext2D.prototype;
  const put: (image: ImageData, x: number, y: number) => void = prototype.putImageData;
  prototype.putImageData = function (this: CanvasRenderingContext2D, image: ImageData, x: number, y: number) {
    put.call(this, image, x, y);
    if (!figure.contains(this.canvas)) return;
    pictures++;
    painted(performance.now());
  } as typeof prototype.putImageData;
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
  const move = (position: number) => {
    slider.value = String(position);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  // To and fro over the track, whose ends are 0 and 1000, without staying anywhere.
  const place = (step: number) => 100 + Math.abs(((step * 37) % 1600) - 800);
  const spread = (values: number[]) => {
    values.sort((a, b) => a - b);
    return { median: values[values.length >> 1], p95: values[Math.floor(0.95 * values.length)] };
  };

  const drawn: number[] = [];
  const pixels: number[] = [];
  for (let step = 0; step < 80; step++) {
    await frame();
    await task();
    const picture = new Promise<number>((resolve) => {
      painted = resolve;
    });
    const start = performance.now();
    move(place(step));
    drawn.push((await picture) - start);
    await frame();
    await task();
    pixels.push(performance.now() - start);
  }

  const frames = 180;
  let missed = 0;
  pictures = 0;
  let last = await frame();
  for (let step = 0; step < frames; step++) {
    move(place(step) + 3);
    const now = await frame();
    missed += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
    last = now;
  }
  const shown = pictures;
  await new Promise((resolve) => setTimeout(resolve, 2000));
  observer.disconnect();
  prototype.putImageData = put as typeof prototype.putImageData;
  return { drawn: spread(drawn), pixels: spread(pixels), frames, missed, pictures: shown, longest };
}
