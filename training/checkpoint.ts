/**
 * What a run leaves so that it can go on bit for bit: one file with a line of JSON in front (its length first), then the
 * arrays of the memory. It is written whole under another name and then renamed, so that a crash leaves the one before.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { KuuloError } from '../src/lib/errors.ts';
import type { Progress } from '../src/lib/train/fit.ts';
import { decidingPart, type Recipe } from '../src/lib/train/recipe.ts';
import type { Memory } from '../src/lib/train/step.ts';
import type { RunClips } from './clips.ts';

interface Head {
  readonly format: 'kuulo-checkpoint-1';
  /** The hash of all that decides the run: see `hashOfRun`. */
  readonly run: string;
  /** What may be given on the command line, so that `--resume` needs no repetition. */
  readonly given: { readonly epochs: number; readonly seed: number };
  readonly progress: Progress;
  /** Of the arrays' bytes. */
  readonly content: string;
}

const ARRAYS = ['weights', 'average', 'first', 'second', 'best', 'statistics', 'bestStatistics'] as const;

/** The hash of all that decides the weights: the recipe without its words for people, and the recordings. */
export function hashOfRun(recipe: Recipe, { training, judged }: Pick<RunClips, 'training' | 'judged'>): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([decidingPart(recipe), training.byClass, judged.labels]));
  for (const { buffer, byteOffset, byteLength } of [training.pcm, judged.pcm, ...training.bank]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

export function writeCheckpoint(file: string, run: string, recipe: Recipe, progress: Progress, memory: Memory): void {
  const arrays = Buffer.concat(ARRAYS.map((name) => bytesOf(memory[name])));
  const head: Head = {
    format: 'kuulo-checkpoint-1',
    run,
    given: { epochs: recipe.epochs, seed: recipe.seed },
    progress,
    content: createHash('sha256').update(arrays).digest('hex'),
  };
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  writeAtomically(file, Buffer.concat([length, text, arrays]));
}

/** What of a run can be read before its recipe is known. Throws KuuloError if there is no readable checkpoint. */
export function readCheckpoint(file: string): { head: Head; arrays: Buffer } {
  if (!existsSync(file)) {
    throw new KuuloError(`There is no checkpoint ${file} to resume from. Start the run without --resume.`);
  }
  const damaged = new KuuloError(`The checkpoint ${file} is damaged. Delete it and start the run without --resume.`);
  const bytes = readFileSync(file);
  let head: Head;
  let arrays: Buffer;
  try {
    const length = bytes.readUInt32LE(0);
    head = JSON.parse(bytes.subarray(4, 4 + length).toString());
    arrays = bytes.subarray(4 + length);
  } catch {
    throw damaged;
  }
  const content = createHash('sha256').update(arrays).digest('hex');
  if (head?.format !== 'kuulo-checkpoint-1' || head.content !== content) throw damaged;
  return { head, arrays };
}

/** Puts a checkpoint's arrays into the memory. Throws KuuloError if it is of another recipe or other recordings. */
export function restore(
  file: string,
  checkpoint: { head: Head; arrays: Buffer },
  run: string,
  memory: Memory,
): Progress {
  const { head, arrays } = checkpoint;
  if (head.run !== run) {
    throw new KuuloError(
      `The checkpoint ${file} belongs to another recipe or other recordings than those given now, so the run cannot go on from it. Give what it was started with, or start anew without --resume.`,
    );
  }
  let start = 0;
  for (const name of ARRAYS) {
    const target = bytesOf(memory[name]);
    target.set(arrays.subarray(start, start + target.length));
    start += target.length;
  }
  return head.progress;
}

/** Writes a file so that either the old or the whole new one is there. */
export function writeAtomically(file: string, content: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

function bytesOf(array: Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
