/**
 * From a recording of any length to what a model takes. A model either hears one stretch of a longer recording, its
 * loudest, or all of it: tiles of its input's length, whose probabilities are averaged. Page, trainer and commands cut by
 * this one rule.
 */
import type { Clip } from './clip.ts';
import { fitLoudest } from './loudest.ts';
import { removeOffset } from './offset.ts';

/** What a model takes: `samples` at a time and, where it hears longer recordings in tiles, `hop` samples from one to the next. */
export interface InputLength {
  readonly samples: number;
  readonly hop?: number;
}

/**
 * The first samples of the tiles of a recording: every `hop` samples as long as a whole tile fits, and one more that
 * ends where the recording ends if something is left over. A recording that is no longer than a tile has one.
 */
export function tileStarts(length: number, samples: number, hop: number): number[] {
  const last = Math.max(0, length - samples);
  const starts: number[] = [];
  for (let start = 0; start <= last; start += hop) starts.push(start);
  if (starts[starts.length - 1] < last) starts.push(last);
  return starts;
}

/** A recording as a model hears it, its offset removed: one piece or more, each of the input's length. */
export function fitInputs(clip: Clip, { samples, hop }: InputLength): Float32Array[] {
  if (hop === undefined || clip.samples.length <= samples) return [fitLoudest(clip, samples).samples];
  const own = removeOffset(clip.samples);
  return tileStarts(own.length, samples, hop).map((start) => own.slice(start, start + samples));
}
