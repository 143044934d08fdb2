/** A reader without script has every figure of the chapters, with its pictures and numbers on the built-in clip. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoOverflow, openSite, readThrough, type Site } from './site.ts';

const chapters = readdirSync('content/chapters').map((file) => `/chapters/${file.replace('.mdx', '')}/`);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** What is wrong with the figures that can be seen, in words. */
function faults(): string[] {
  const seen = (selector: string, within: ParentNode) =>
    [...within.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const isPicture = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return false;
    if (element instanceof HTMLImageElement) return element.naturalWidth > 0;
    return [...element.querySelectorAll<SVGGraphicsElement>('path, line, rect, circle')].some((mark) => {
      const box = mark.getBBox();
      return box.width > 0 || box.height > 0;
    });
  };
  const figures = seen('figure.figure', document);
  return figures.flatMap((figure) => {
    const plate = figure.querySelector('.plate') ?? figure;
    const pictures = seen('img, svg', plate).filter(isPicture);
    const numbers = seen('td, b, button', plate).filter(({ textContent }) => /\d/.test(textContent ?? ''));
    // Figure 3.8 measures the reader's own machine.
    const empty = (figure.id === 'figure-3-8' ? [] : seen('.pic', plate)).filter(
      (place) => !seen('img, svg', place).some(isPicture) && place.textContent === '',
    );
    return [
      ...(pictures.length === 0 && numbers.length < 6 ? ['has no picture and no table'] : []),
      ...empty.map(() => 'has an empty frame'),
      ...seen('canvas', plate).map(() => 'has a canvas'),
      ...(figures.filter(({ id }) => id === figure.id).length > 1 ? ['stands there twice'] : []),
    ].map((fault) => `${figure.id} ${fault}`);
  });
}

describe.each(chapters)('%s', (path) => {
  it.each([1280, 390])('has its figures without script, at %i px', async (width) => {
    await site.visit(path, { width, javaScriptEnabled: false }, async (page) => {
      await expect.poll(() => page.evaluate(faults), { timeout: 10_000 }).toEqual([]);
      const all = await page.locator('figure.figure').evaluateAll((figures) => figures.map(({ id }) => id));
      expect(await page.locator('figure.figure:visible').count()).toBe(new Set(all).size);
      expect(await page.locator('figcaption:visible').count()).toBe(new Set(all).size);
      await expectNoOverflow(page);
    });
  });

  it('does not move when its figures come alive', async () => {
    await site.visit(path, {}, async (page) => {
      await readThrough(page);
      const moved = await page.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            new PerformanceObserver((list) => {
              const shifts = list.getEntries() as (PerformanceEntry & {
                value: number;
                sources: { node: Node | null }[];
              })[];
              resolve(
                shifts
                  .filter(({ value }) => value > 0.005)
                  .map(({ value, sources }) => `${value}: ${sources.map(({ node }) => (node as Element)?.className)}`),
              );
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve([]), 2000);
          }),
      );
      expect(moved).toEqual([]);
    });
  });
});
