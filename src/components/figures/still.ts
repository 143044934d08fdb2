/**
 * Pictures made when the site is built, by the code that draws them in the page, from a built-in clip: what a reader
 * sees before any script has come, or without any.
 */
import { readFile } from 'node:fs/promises';
import { type Palette, readPalette } from '@/components/plots/palette';
import type { Raster } from '@/components/plots/raster';
import { mixToMono } from '@/lib/audio/mix';
import { readWav } from '@/lib/audio/wav';
import tokens from '@/styles/tokens.css?raw';

const audio = 'public/audio';

/** A chapter's still picture. */
export interface Still {
  /** Whether it differs in the dark: signed values do, energies do not. */
  readonly themed: boolean;
  readonly paint: (colours: Palette) => Raster;
}

/** The clip that the book begins with. */
export const firstWord = 'yes';

/** A built-in clip, mono. */
export async function builtInClip(name = firstWord): Promise<{ samples: Float32Array; sampleRate: number }> {
  const { clips } = JSON.parse(await readFile(`${audio}/index.json`, 'utf8')) as {
    clips: readonly { name: string; file: string }[];
  };
  const found = clips.find((clip) => clip.name === name);
  if (!found) throw new Error(`${audio}/index.json has no clip called "${name}".`);
  return mixToMono(readWav(new Uint8Array(await readFile(`${audio}/${found.file}`))).recording);
}

/** The palette of a theme, from the text of the tokens. */
export function paletteOf(theme: 'light' | 'dark'): Palette {
  const dark = tokens.slice(tokens.indexOf(':root[data-theme="dark"]'));
  const blocks = theme === 'dark' ? [dark, tokens] : [tokens];
  return readPalette((name) => {
    const found = blocks.flatMap((block) => new RegExp(`${name}: *([^;]+);`).exec(block)?.[1] ?? [])[0];
    if (!found) throw new Error(`The tokens do not name ${name}.`);
    return found.trim();
  });
}
