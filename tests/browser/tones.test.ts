/** A tone of 1 kHz lies on the label of 1 kHz on every axis of frequency, as both are drawn, at three sampling rates. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage } from './desk.ts';
import { tone, untilReady, wav } from './reader.ts';
import { bring, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/**
 * What is drawn on an axis of frequency, by its rows or points along it. Where a steady tone leaves nothing to see, as
 * in a picture whose every row is standardised by itself, 1 kHz must lie at a share of the height, known by arithmetic.
 */
type Drawing = number | { readonly share: number };

/** The network's bins are 62.5 Hz apart, and a row is centred on its bin; 129 of them become 32. */
const inBins = 1000 / 62.5 + 0.5;
const inCells = (inBins * 32) / 129;
const share = {
  spectrogram: { share: inBins / 129 },
  resized: { share: inCells / 32 },
  /** Each 3 × 3 convolution takes a row off below and above. */
  conv2: { share: (inCells - 2) / 28 },
};

interface Place {
  readonly drawings: readonly Drawing[];
  /** Numbers that the reader sets first, by their labels, and a button that is pressed. */
  readonly set?: Readonly<Record<string, number>>;
  readonly press?: string;
}

/** Learned maps are of kernels that answer to a steady tone in its own row the most, those at its edges less. */
const pages: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  '/chapters/03-spectrogram/?figure=3.10&as=2-D': {
    '3-1': { drawings: [129, 129] },
    '3-2': { drawings: [129] },
    '3-9': { drawings: [129] },
    '3-10': { drawings: [129] },
    '3-11': { drawings: [33, 513] },
  },
  '/chapters/04-mel/': {
    '4-1': { drawings: [257, 64] },
    '4-3': { drawings: [24, 257] },
    '4-5': { drawings: [256] },
    '4-6': { drawings: [40] },
    '4-7': { drawings: [40, 40] },
    '4-8': { drawings: [40, 40] },
  },
  '/chapters/05-resize/?figure=5.5&sound=your+clip': {
    '5-1': { drawings: [129, 32] },
    '5-2': { drawings: [129, 32] },
    '5-4': { drawings: [32, 32, 32, 32] },
    '5-5': { drawings: [129, 32, 32] },
    '5-6': { drawings: [129, 32, 32] },
  },
  '/chapters/06-normalisation/': {
    '6-1': { drawings: [32, 32, 32] },
    '6-2': { drawings: [32, 32] },
    '6-3': { drawings: [32, 32, share.resized, 32, 32, 32] },
    '6-4': { drawings: [32] },
    '6-7': { drawings: [32, 32, 32], set: { offset: 0 } },
  },
  '/chapters/07-convolution/': {
    '7-1': { drawings: [32, 30], set: { kernel: 7 } },
    '7-2': { drawings: [32] },
    '7-3': { drawings: [257, 253], press: 'harmonic' },
    '7-5': { drawings: [28], set: { 'map o': 37 } },
    '7-6': { drawings: [share.conv2, share.conv2, 14], set: { 'map o': 12 } },
    '7-8': { drawings: [share.conv2, 129] },
  },
  '/chapters/08-dense/?figure=8.4&view=votes&unit=52': {
    '8-3': { drawings: [129] },
    '8-4': { drawings: [14] },
    '8-8': { drawings: [129, share.spectrogram] },
    '8-9': { drawings: [129, share.spectrogram] },
  },
};

/** The stages of /classify: the picture of each, and beside it the spectrogram. Its convolutions show what ReLU left. */
const stages: Readonly<Record<string, Drawing>> = {
  spectrogram: 129,
  resized: 32,
  normalised: 32,
  'conv1&cell=14,3,9': 30,
  conv2: share.conv2,
  'pool&cell=7,1,12': 14,
};

interface Drawn {
  readonly label: string;
  /** Where the tone is, and where the axis has 1 kHz: CSS pixels from the lower or left end of the drawing. */
  readonly tone: number;
  readonly kilohertz: number;
  readonly length: number;
}

/** The drawings of an element that stand on axes of frequency, in order. */
function drawnIn(selector: string): Drawn[] {
  const ends = (element: Element, upwards: boolean): readonly [number, number] => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return upwards ? [-bottom, -top] : [left, right];
  };

  /** Where the ticks have 1: at the tick that says so, else between its neighbours. */
  const kilohertzOn = (axis: Element, upwards: boolean): number => {
    const ticks = [...axis.querySelectorAll('i')].map((tick) => {
      const [from, to] = ends(tick, upwards);
      return { value: Number.parseFloat(tick.textContent ?? ''), place: (from + to) / 2 };
    });
    const above = Math.max(
      1,
      ticks.findIndex(({ value }) => value >= 1),
    );
    const [low, high] = ticks.slice(above - 1, above + 1);
    return low.place + ((1 - low.value) * (high.place - low.place)) / (high.value - low.value);
  };

  /** The middle of the rows that differ most from what is usual in the picture's middle column. */
  const toneInPicture = (canvas: HTMLCanvasElement): number => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    copy?.drawImage(canvas, 0, 0);
    const column = copy?.getImageData(Math.floor(width / 2), 0, 1, height).data ?? [];
    const light = Array.from({ length: height }, (_, y) => column[4 * y] + column[4 * y + 1] + column[4 * y + 2]);
    const usual = [...light].sort((a, b) => a - b)[height >> 1];
    const striking = light.map((value) => Math.abs(value - usual));
    const most = Math.max(...striking);
    const [, top] = ends(canvas, true);
    const middle = (striking.indexOf(most) + striking.lastIndexOf(most) + 1) / 2;
    return top - (middle * canvas.getBoundingClientRect().height) / height;
  };

  /** The place along the axis at which a line goes furthest up, or where it runs upwards, furthest to the right. */
  const toneOnLine = (path: SVGPathElement, upwards: boolean): number => {
    const matrix = path.getScreenCTM() ?? undefined;
    const points = [...(path.getAttribute('d') ?? '').matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map(([, x, y]) => {
      const point = new DOMPoint(Number(x), Number(y)).matrixTransform(matrix);
      return upwards ? { place: -point.y, level: point.x } : { place: point.x, level: -point.y };
    });
    return points.reduce((best, point) => (point.level > best.level ? point : best)).place;
  };

  let shared: { axis: Element; upwards: boolean } | undefined;
  return [...document.querySelectorAll(`${selector} .plot`)].flatMap((plot) => {
    const axis = [...plot.querySelectorAll(':scope > .ax')].find(({ textContent }) => /k?Hz/.test(textContent ?? ''));
    if (!axis) return [];
    // A drawing beside another one may go without an axis of its own.
    if (axis.checkVisibility()) shared = { axis, upwards: axis.classList.contains('ax-y') };
    if (!shared) return [];
    const { upwards } = shared;
    const one = kilohertzOn(shared.axis, upwards);
    const drawn = (element: Element, label: string | null | undefined, tone: number): Drawn => {
      const [from, to] = ends(element, upwards);
      return { label: label ?? '', tone: tone - from, kilohertz: one - from, length: to - from };
    };
    const pictures = [...plot.querySelectorAll('canvas')].map((canvas) =>
      drawn(canvas, canvas.ariaLabel, toneInPicture(canvas)),
    );
    const lines = [...plot.querySelectorAll<SVGPathElement>('.line > path:not(.dots)')]
      .filter((path) => (path.getAttribute('d') ?? '').split('L').length > 20)
      .map((path) => {
        const svg = path.closest('svg') ?? path;
        return drawn(svg, svg.ariaLabel, toneOnLine(path, upwards));
      });
    const all = [...pictures, ...lines];
    return all.length > 0 ? all : [...plot.querySelectorAll(':scope > .pic')].map((empty) => drawn(empty, '', -1));
  });
}

/** Pixels are whole, and so are the rows of a picture; texts are not. */
const rounding = 0.5;

/** Fails where a drawing of the element has the tone, or its axis 1 kHz, elsewhere: half a row is the most. */
async function expectOnLabel(page: Page, selector: string, drawings: readonly Drawing[]): Promise<void> {
  const wrong = async () => {
    const found = await page.evaluate(drawnIn, selector);
    if (found.length !== drawings.length || found.some(({ label }) => /\byes\b/.test(label)))
      return `${found.length} drawings: ${found.map(({ label }) => label).join('; ')}`;
    return found.filter(({ tone: drawn, kilohertz, length }, index) => {
      const drawing = drawings[index];
      return typeof drawing === 'number'
        ? Math.abs(drawn - kilohertz) > length / drawing / 2 + rounding
        : Math.abs(kilohertz - drawing.share * length) > rounding;
    });
  };
  await expect.poll(wrong, { message: selector, timeout: 10_000 }).toEqual([]);
}

describe.each([8000, 16000, 44100])('a tone of 1 kHz, sampled at %i Hz', (rate) => {
  const choose = async (page: Page) => {
    const file = { name: 'tone.wav', mimeType: 'audio/wav', buffer: wav(tone(1000, rate, 1), rate) };
    await page.locator('input[type="file"]').first().setInputFiles(file);
    await untilReady(page, file.name);
  };

  it.each(Object.entries(pages))('lies on its label everywhere on %s', async (path, figures) => {
    await site.visit(path, {}, async (page) => {
      await choose(page);
      for (const [figure, { drawings, set = {}, press }] of Object.entries(figures)) {
        const id = `figure-${figure}`;
        await bring(page, id);
        for (const [name, value] of Object.entries(set)) {
          await page.locator(`#${id}`).getByRole('textbox', { name, exact: true }).fill(String(value));
        }
        if (press) await page.locator(`#${id}`).getByRole('button', { name: press }).click();
        await expectOnLabel(page, `#${id}`, drawings);
      }
    });
  });

  it('lies on its label in every stage of /classify', async () => {
    await site.visit('/classify/#stage=spectrogram', {}, async (page) => {
      await choose(page);
      for (const [stage, drawing] of Object.entries(stages)) {
        await openStage(page, stage);
        await expectOnLabel(page, '.desk', [drawing, 129]);
      }
    });
  });
});
