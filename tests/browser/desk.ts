/** The stage browser of /classify, as the tests read it. */
import type { Page } from 'playwright-core';

/** Waits until the desk shows a stage, with the arithmetic of its cell. */
export async function untilTold(page: Page, stage: string): Promise<void> {
  await page.waitForSelector(`.desk[data-stage="${stage}"][data-state=told]`, { timeout: 30_000 });
}

/** Opens a stage by its address: its name, with a cell where that is not the first one, "conv1&cell=9,7,4". */
export async function openStage(page: Page, stage: string): Promise<void> {
  await page.evaluate((name) => {
    location.hash = `#stage=${name}`;
  }, stage);
  await untilTold(page, stage.split('&')[0]);
}

/** The numbers that elements carry in full, in order. */
export function numbers(page: Page, selector: string, name: string): Promise<number[]> {
  return page
    .locator(selector)
    .evaluateAll((elements, key) => elements.map((element) => Number((element as HTMLElement).dataset[key])), name);
}

/** The numbers that elements show, in order. */
export async function printed(page: Page, selector: string): Promise<number[]> {
  const texts = await page.locator(selector).allTextContents();
  return texts.map((text) => Number(text.replace('−', '-').replaceAll(',', '')));
}

/** The lines of the sum beside the terms, by their labels. */
export function sums(page: Page): Promise<Record<string, number>> {
  return page
    .locator('.res > div')
    .evaluateAll((lines) =>
      Object.fromEntries(
        lines.map((line) => [
          line.querySelector('dt')?.textContent ?? '',
          Number(line.querySelector('dd')?.dataset.value ?? line.querySelector('dd')?.dataset.result),
        ]),
      ),
    );
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
