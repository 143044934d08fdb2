/** The clips that come with the book: the files of public/audio, as its index.json lists them. */
import { signal } from '@preact/signals';
import { mixToMono } from '../lib/audio/mix.ts';
import { readWav } from '../lib/audio/wav.ts';
import { AudioError } from '../lib/errors.ts';
import type { Clip } from './clip.ts';
import { makeClip } from './make-clip.ts';

export interface BuiltIn {
  /** What the reader sees and what it is asked for by: "yes", "tone 1 kHz". */
  readonly name: string;
  /** Its file in public/audio, a WAV. */
  readonly file: string;
  readonly kind: 'word' | 'words' | 'tone' | 'chirp' | 'noise' | 'click' | 'silence';
  /** The word spoken in it. */
  readonly word?: string;
  /** Who speaks: "British man". */
  readonly voice?: string;
  /** One sentence: what is to be heard. */
  readonly about: string;
  readonly seconds: number;
}

/** The built-in clips; empty until they have been listed. */
export const builtIns = signal<readonly BuiltIn[]>([]);

const folder = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/audio`;

let listing: Promise<readonly BuiltIn[]> | undefined;

/** Lists the built-in clips, once. Throws AudioError if the list cannot be had; the next call tries again. */
export function listBuiltIns(): Promise<readonly BuiltIn[]> {
  listing ??= fetchList().catch((error: unknown) => {
    listing = undefined;
    throw error;
  });
  return listing;
}

/** Reads a built-in clip by its name. Throws AudioError if there is none or it cannot be had. */
export async function readBuiltIn(name: string): Promise<Clip> {
  const found = (await listBuiltIns()).find((one) => one.name === name);
  if (!found) throw new AudioError(`There is no built-in sound "${name}". Choose one from the list.`);
  const response = await request(`${folder}/${found.file}`);
  const { recording, notices } = readWav(new Uint8Array(await response.arrayBuffer()));
  const { word } = found;
  return makeClip({ name, source: 'built-in', ...mixToMono(recording), notices, ...(word ? { word } : {}) });
}

async function fetchList(): Promise<readonly BuiltIn[]> {
  const { clips } = (await (await request(`${folder}/index.json`)).json()) as { clips: readonly BuiltIn[] };
  builtIns.value = clips;
  return clips;
}

async function request(address: string): Promise<Response> {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) {
    throw new AudioError('The built-in sounds cannot be fetched just now. Check the connection, or record your own.');
  }
  return response;
}
