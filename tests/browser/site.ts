/** The built site, served and opened in Chromium, for the tests beside this file. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { launch } from './browser.ts';

export interface VisitOptions
  extends Pick<BrowserContextOptions, 'colorScheme' | 'javaScriptEnabled' | 'permissions' | 'reducedMotion'> {
  /** Width of the window in pixels: 1280, or 390 for a phone. */
  width?: number;
  height?: number;
  /** Console messages and failed answers that belong to what is tested, such as the 404 of a missing page. */
  expected?: RegExp;
}

export interface Site {
  url: string;
  /**
   * Opens `path` in a fresh context, with nothing stored, and waits until its islands are alive. After `look` has
   * run, fails on any console error or warning, any failed answer and any request that left the site. Where the browser
   * stops making frames it begins anew, three times at the most, so `look` may run more than once.
   */
  visit(path: string, options: VisitOptions, look: (page: Page) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Waits until every island that hydrates on load is hydrated, all is laid out and what moves has come to rest. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('astro-island[ssr]:is([client=load],[client=painted])') === null,
    undefined,
    { timeout: 60_000 },
  );
  // The first sign of a hand, from which on a folded chapter is laid out.
  await page.mouse.move(1, 1);
  await page.waitForFunction(
    () => !('folded' in document.documentElement.dataset) || 'unfolded' in document.documentElement.dataset,
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document
      .getAnimations()
      .filter((animation) => animation.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((animation) => animation.finished));
  });
}

/** Thrown where the browser itself has stopped; see `givesFrames`. */
class Stalled extends Error {}

/**
 * Chromium at times stops making frames for a page for good, however idle it is: its scripts, timers and other tabs go
 * on, but no animation frame comes and no screenshot. A page that blocks its own thread is no such case: there the timer
 * does not ring either.
 */
async function givesFrames(page: Page): Promise<boolean> {
  const frame = () =>
    new Promise<boolean>((resolve) => {
      requestAnimationFrame(() => resolve(true));
      setTimeout(() => resolve(false), 10_000);
    });
  return page.evaluate(frame).catch(() => true);
}

/** Looks every few seconds, as long as the page is open, and throws `Stalled` once it gets no frames. */
async function watchFrames(page: Page): Promise<never> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5000));
    if (page.isClosed()) return new Promise(() => {});
    if (!(await givesFrames(page))) throw new Stalled('The browser makes no more frames for this page.');
  }
}

/** Fails where axe finds fault with the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

/** Fails where the page is wider than its window. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
      .concat(`the page is ${document.documentElement.scrollWidth} px wide`);
  });
  expect(wide).toEqual([]);
}

/** Brings a figure or an exercise into view and waits until it is alive. */
export async function bring(page: Page, id: string): Promise<void> {
  await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await page.waitForFunction((name) => !document.getElementById(name)?.closest('astro-island[ssr]'), id);
}

/** Goes through the page from top to bottom, so that every figure comes alive, and back to its top. */
export async function readThrough(page: Page): Promise<void> {
  const step = 600;
  for (let y = 0; y < (await page.evaluate(() => document.documentElement.scrollHeight)); y += step) {
    await page.evaluate((to) => scrollTo(0, to), y);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  await page.waitForFunction(() => document.querySelector('astro-island[ssr]') === null, undefined, {
    timeout: 60_000,
  });
  await page.evaluate(() => scrollTo(0, 0));
}

/** Fails where a canvas of a figure goes on showing one colour alone. */
export async function expectNoBlankCanvas(page: Page): Promise<void> {
  const blank = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('.figure canvas')]
        .filter((canvas) => canvas.checkVisibility() && canvas.width > 0 && canvas.height > 0)
        .filter((canvas) => {
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          copy?.drawImage(canvas, 0, 0);
          const pixels = new Uint32Array(copy?.getImageData(0, 0, canvas.width, canvas.height).data.buffer ?? []);
          return pixels.every((pixel) => pixel === pixels[0]);
        })
        .map((canvas) => `${canvas.closest('.figure')?.id}: ${canvas.ariaLabel}`),
    );
  await expect.poll(blank, { timeout: 15_000 }).toEqual([]);
}

async function visitOnce(
  browser: Browser,
  url: string,
  path: string,
  { width = 1280, height = width < 600 ? 844 : 900, expected, ...options }: VisitOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height }, baseURL: url, ...options });
  const problems: string[] = [];
  const note = (problem: string) => {
    if (!expected?.test(problem)) problems.push(problem);
  };
  try {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') note(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => note(`uncaught: ${error}`));
    page.on('response', (response) => {
      if (response.status() >= 400) note(`${response.status()} ${response.url()}`);
    });
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== url) note(`request to ${request.url()}`);
    });
    // Without script nothing comes alive, and no frame can be asked for.
    const scripted = options.javaScriptEnabled !== false;
    const visited = page
      .goto(path)
      .then(() => (scripted ? settled(page) : undefined))
      .then(() => look(page));
    await Promise.race([visited, ...(scripted ? [watchFrames(page)] : [])]).catch(async (error) => {
      throw !scripted || (await givesFrames(page)) ? error : new Stalled(error.message);
    });
  } finally {
    await context.close();
  }
  expect(problems).toEqual([]);
}

/** Serves dist/ and starts Chromium, with `flags` besides the usual ones. */
export async function openSite(flags: readonly string[] = []): Promise<Site> {
  const { server, url } = await serve();
  const browser = await launch(flags);
  return {
    url,
    async visit(path, options, look) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await visitOnce(browser, url, path, options, look);
        } catch (error) {
          if (!(error instanceof Stalled) || attempt === 3) throw error;
        }
      }
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
