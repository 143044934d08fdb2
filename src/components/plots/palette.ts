/**
 * The colours of the page's theme, read from the CSS tokens, as pictures need them. `palette` changes with the theme:
 * whoever reads it in a component or an effect is drawn anew.
 */
import { signal } from '@preact/signals';
import { watchTheme } from '@/reader/theme';
import { type ColourTable, colourTable, packPixel, parseHex } from './colour.ts';

export interface Palette {
  /** Magma: energy in dB or magnitude. */
  readonly sequential: ColourTable;
  /** Blue–paper–orange: signed values; entry 128 is the paper. */
  readonly diverging: ColourTable;
  /** Hairlines, as a packed pixel. */
  readonly rule: number;
  /** Lines on paper and on soot, as CSS colours. */
  readonly ink: string;
  readonly sootInk: string;
}

const sequentialTokens = Array.from({ length: 17 }, (_, stop) => `--seq-${stop}`);
const divergingTokens = ['n4', 'n3', 'n2', 'n1', '0', 'p1', 'p2', 'p3', 'p4'].map((stop) => `--div-${stop}`);

/** The palette from a way to look up a token's value. */
export function readPalette(token: (name: string) => string): Palette {
  const table = (names: readonly string[]) => colourTable(names.map((name) => parseHex(token(name))));
  return {
    sequential: table(sequentialTokens),
    diverging: table(divergingTokens),
    rule: packPixel(parseHex(token('--rule'))),
    ink: token('--ink'),
    sootInk: token('--soot-ink'),
  };
}

/** The stops of a map as a CSS gradient, for a legend that follows the theme by itself. */
export function gradientOf(map: 'sequential' | 'diverging' | 'positive'): string {
  const tokens =
    map === 'sequential' ? sequentialTokens : map === 'diverging' ? divergingTokens : divergingTokens.slice(4);
  return `linear-gradient(90deg, ${tokens.map((name) => `var(${name})`).join(', ')})`;
}

/** The palette of the theme shown now; undefined outside a browser. */
export const palette = signal<Palette | undefined>(undefined);

if (typeof document !== 'undefined') {
  const read = () => {
    const style = getComputedStyle(document.documentElement);
    palette.value = readPalette((name) => style.getPropertyValue(name).trim());
  };
  read();
  watchTheme(read);
}
