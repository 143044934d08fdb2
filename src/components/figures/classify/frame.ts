/** Which part of the reader's clip a model judges: one stretch, or tiles whose answers are averaged. */
import { signal } from '@preact/signals';
import { loudestStart } from '@/lib/audio/loudest';
import { removeOffset } from '@/lib/audio/offset';
import { tileStarts } from '@/lib/audio/tiles';
import type { Clip } from '@/reader/clip';
import { judgedSeconds } from '@/reader/make-clip';
import { judgeFrom } from '@/reader/store';

/** What a model takes. */
export interface Input {
  /** Hz. */
  readonly sampleRate: number;
  readonly samples: number;
  /** Of a model that hears longer clips in tiles: the samples from one to the next. */
  readonly hop?: number;
}

/** All in seconds from the clip's start. */
export interface Framed {
  /** How much of the clip the model takes at a time. */
  readonly seconds: number;
  /** Where the part that is shown begins; negative where silence is added in front. */
  readonly start: number;
  /** The first and the last place where it may begin. */
  readonly bounds: readonly [number, number];
  /** Where the parts that are judged begin: one, or the tiles. */
  readonly tiles: readonly number[];
}

/** Where the reader moved the frame of a model that does not take one second. */
const moved = signal<{ readonly clip: string; readonly start: number } | undefined>(undefined);

/** Whether the frame is that of the whole book, one second. */
function isUsual({ sampleRate, samples, hop }: Input): boolean {
  return samples === judgedSeconds * sampleRate && hop === undefined;
}

/** The part of a clip that a model judges: where the reader put the frame, or its loudest. */
export function framed(clip: Clip, input: Input): Framed {
  const { sampleRate, samples, hop } = input;
  const seconds = samples / sampleRate;
  const length = Math.ceil((clip.samples.length * sampleRate) / clip.sampleRate);
  if (length <= samples) {
    const start = -Math.floor((samples - length) / 2) / sampleRate;
    return { seconds, start, bounds: [start, start], tiles: [start] };
  }
  const bounds = [0, (length - samples) / sampleRate] as const;
  const placed = moved.value?.clip === clip.id ? moved.value.start : undefined;
  const wanted = isUsual(input) ? clip.start : (placed ?? loudest(clip, seconds));
  const start = Math.min(Math.max(wanted, bounds[0]), bounds[1]);
  if (hop === undefined) return { seconds, start, bounds, tiles: [start] };
  const tiles = tileStarts(length, samples, hop).map((tile) => tile / sampleRate);
  return { seconds, start: nearest(tiles, start), bounds, tiles };
}

/** Moves the frame. */
export function moveFrame(clip: Clip, input: Input, start: number): void {
  if (isUsual(input)) void judgeFrom(start);
  else moved.value = { clip: clip.id, start };
}

/** The tile that begins nearest to a second. */
function nearest(tiles: readonly number[], second: number): number {
  return tiles.reduce((best, tile) => (Math.abs(tile - second) < Math.abs(best - second) ? tile : best));
}

const known = new WeakMap<Float32Array, Map<number, number>>();

function loudest({ samples, sampleRate }: Clip, seconds: number): number {
  const starts = known.get(samples) ?? new Map<number, number>();
  known.set(samples, starts);
  const start =
    starts.get(seconds) ?? loudestStart(removeOffset(samples), Math.round(seconds * sampleRate)) / sampleRate;
  starts.set(seconds, start);
  return start;
}
