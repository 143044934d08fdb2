/** What the readers of folders share: what lies in them, and which class a name stands for. */
import { readdirSync, statSync } from 'node:fs';
import type { Recipe } from '../src/lib/train/recipe.ts';

/** The classes that recordings are sorted into. */
export interface Classes {
  readonly classes: readonly string[];
  readonly silence?: string | undefined;
  readonly unknown?: string | undefined;
  /** Classes of other folders as classes of these; null leaves their recordings out. */
  readonly sounds?: Readonly<Record<string, string | null>> | undefined;
}

export function classesOf({ architecture, silence, unknown, sounds }: Recipe): Classes {
  return { classes: architecture.classes, silence, unknown, sounds };
}

/** The class that a folder's word or class stands for; undefined where its recordings are left out. */
export function classOf(name: string, { classes, unknown, sounds }: Classes): string | undefined {
  if (classes.includes(name)) return name;
  if (sounds && Object.hasOwn(sounds, name)) return sounds[name] ?? undefined;
  return unknown;
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function subfolders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function soundFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(wav|flac|ogg|opus|mp3)$/i.test(name))
    .sort();
}
