/**
 * Colours of data. A colour map is a table of 257 packed RGBA pixels, linear in sRGB between its stops; a colour scale
 * says which values it stretches over. Two maps: magma for energy (dB or magnitude), and blue–paper–orange for signed
 * values, whose middle entry is the paper itself, so that zero leaves no ink. The stops are the tokens of
 * `styles/tokens.css`, read by `palette.ts`.
 */

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** 257 pixels as ImageData stores them (R, G, B, A bytes), lowest value first; entry 128 is the middle. */
export type ColourTable = Uint32Array;

export interface ColourScale {
  readonly table: ColourTable;
  /** The value that gets the first colour; lower ones get it too. */
  readonly low: number;
  /** The value that gets the last colour; higher ones get it too. */
  readonly high: number;
}

const last = 256;

/** Reads "#1d2b3c" or "#123". Throws Error for anything else: tokens are written in hex. */
export function parseHex(hex: string): Rgb {
  const digits = hex.trim().replace(/^#/, '');
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  if (!/^[0-9a-f]{6}$/i.test(full)) throw new Error(`"${hex}" is not a colour of the form #rrggbb.`);
  const value = Number.parseInt(full, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The table through evenly spaced stops. */
export function colourTable(stops: readonly Rgb[]): ColourTable {
  const bytes = new Uint8ClampedArray(4 * (last + 1));
  for (let entry = 0; entry <= last; entry++) {
    const place = (entry / last) * (stops.length - 1);
    const left = Math.min(Math.floor(place), stops.length - 2);
    const share = place - left;
    for (let channel = 0; channel < 3; channel++) {
      const from = stops[left][channel];
      bytes[4 * entry + channel] = Math.round(from + share * (stops[left + 1][channel] - from));
    }
    bytes[4 * entry + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

/** Zero in the middle, full colour at −limit and +limit. A limit of 0 leaves every cell at the paper. */
export function signedScale(table: ColourTable, limit: number): ColourScale {
  const reach = limit > 0 ? limit : 1;
  return { table, low: -reach, high: reach };
}

/** The packed pixel of a value; transparent where the value is not a number. */
export function pixelOf(value: number, { table, low, high }: ColourScale): number {
  const share = (value - low) / (high - low);
  return table[Math.round(last * Math.max(0, Math.min(1, share)))] ?? 0;
}

/** The colour of a value. */
export function colourOf(value: number, scale: ColourScale): Rgb {
  const [red, green, blue] = new Uint8Array(Uint32Array.of(pixelOf(value, scale)).buffer);
  return [red, green, blue];
}

/** A colour as ImageData stores it. */
export function packPixel([red, green, blue]: Rgb): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0];
}

export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Relative luminance, 0 to 1, as WCAG 2.2 defines it. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * Black or white, whichever is better read on this colour. They change at the luminance L where both have the same
 * contrast, (L + 0.05)² = 0.05 · 1.05, L = 0.179, so that the contrast is never below 4.5:1.
 */
export function inkOn(background: Rgb): '#000' | '#fff' {
  return luminance(background) > 0.179 ? '#000' : '#fff';
}
