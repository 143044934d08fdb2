import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  colourOf,
  colourTable,
  inkOn,
  luminance,
  parseHex,
  pixelOf,
  type Rgb,
  signedScale,
} from '../../../src/components/plots/colour.ts';
import { type Palette, readPalette } from '../../../src/components/plots/palette.ts';

/** The tokens of one theme, read from the stylesheet. */
function paletteOf(theme: 'light' | 'dark'): { palette: Palette; token: (name: string) => string } {
  const css = readFileSync('src/styles/tokens.css', 'utf8');
  const light = css.slice(0, css.indexOf('@media'));
  const dark = css.slice(css.indexOf(':root[data-theme="dark"]'), css.indexOf('@media (max-width'));
  const find = (text: string, name: string) => new RegExp(`${name}: ([^;]+);`).exec(text)?.[1];
  const token = (name: string) => (theme === 'dark' ? find(dark, name) : undefined) ?? find(light, name) ?? '';
  return { palette: readPalette(token), token };
}

const contrast = (a: Rgb, b: Rgb) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe('a colour table', () => {
  it('has the stops at even distances and is linear between them', () => {
    const scale = {
      table: colourTable([
        [0, 0, 0],
        [100, 200, 50],
        [200, 0, 50],
      ]),
      low: 0,
      high: 4,
    };
    expect(colourOf(0, scale)).toEqual([0, 0, 0]);
    expect(colourOf(1, scale)).toEqual([50, 100, 25]);
    expect(colourOf(2, scale)).toEqual([100, 200, 50]);
    expect(colourOf(4, scale)).toEqual([200, 0, 50]);
  });

  it('holds the last colour beyond the ends, and leaves what is not a number transparent', () => {
    const scale = {
      table: colourTable([
        [1, 2, 3],
        [7, 8, 9],
      ]),
      low: -1,
      high: 1,
    };
    expect(colourOf(-5, scale)).toEqual([1, 2, 3]);
    expect(colourOf(Number.POSITIVE_INFINITY, scale)).toEqual([7, 8, 9]);
    expect(pixelOf(Number.NaN, scale)).toBe(0);
  });

  it('refuses what is not a hex colour', () => {
    expect(parseHex('#1d2b3c')).toEqual([0x1d, 0x2b, 0x3c]);
    expect(parseHex(' #fa0 ')).toEqual([0xff, 0xaa, 0x00]);
    expect(() => parseHex('red')).toThrow('"red" is not a colour');
  });
});

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  const { palette, token } = paletteOf(theme);

  it('paints zero as the paper, whatever the limit', () => {
    const paper = parseHex(token('--paper'));
    for (const limit of [0, 1e-6, 0.3, 1, 4000]) {
      expect(colourOf(0, signedScale(palette.diverging, limit))).toEqual(paper);
    }
  });

  it('tells plus from minus at the same magnitude', () => {
    const scale = signedScale(palette.diverging, 1);
    const [plusRed, , plusBlue] = colourOf(0.6, scale);
    const [minusRed, , minusBlue] = colourOf(-0.6, scale);
    expect(plusRed).toBeGreaterThan(plusBlue);
    expect(minusBlue).toBeGreaterThan(minusRed);
  });

  it('grows lighter all along magma', () => {
    const scale = { table: palette.sequential, low: 0, high: 16 };
    const steps = Array.from({ length: 17 }, (_, stop) => luminance(colourOf(stop, scale)));
    for (let stop = 1; stop < steps.length; stop++) expect(steps[stop]).toBeGreaterThan(steps[stop - 1]);
  });
});

describe('ink on a tinted cell', () => {
  it('is never below 4.5:1, and is the better of black and white', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), (background) => {
        const ink: Rgb = inkOn(background) === '#000' ? [0, 0, 0] : [255, 255, 255];
        const other: Rgb = ink[0] === 0 ? [255, 255, 255] : [0, 0, 0];
        expect(contrast(background, ink)).toBeGreaterThanOrEqual(4.5);
        // At the change itself the two differ by less than the 0.179 is rounded.
        expect(contrast(background, ink)).toBeGreaterThan(contrast(background, other) - 0.02);
      }),
    );
  });
});
