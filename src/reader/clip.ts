/** The reader's clip: the one sound that every figure of every page reads. */
import { signal } from '@preact/signals';

export type ClipSource = 'built-in' | 'microphone' | 'file';

export interface Clip {
  /** Changes whenever the sound changes; figures key their caches by it. */
  readonly id: string;
  /** What the reader sees: the word of a built-in clip, a file's name, "recording 3". */
  readonly name: string;
  readonly source: ClipSource;
  /** Mono, in [-1, 1], at the rate at which it came. */
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  /** Where the second to judge begins, in seconds from the clip's start. */
  readonly start: number;
  /** What had to be mended in reading it, in sentences. */
  readonly notices: readonly string[];
}

/** The clip of this reader; undefined until it has been loaded, or where there is none. */
export const clip = signal<Clip | undefined>(undefined);
