/** The reader's clip: the one sound that every figure of every page reads. */
import { signal } from '@preact/signals';

export type ClipSource = 'built-in' | 'microphone' | 'file';

/** How a recording came about: what the browser granted, which need not be what was asked for. */
export interface Capture {
  /** The device's name; empty where the browser keeps it to itself. */
  readonly device: string;
  /** What the track said of its own rate, Hz; undefined where it said nothing. The clip has the rate that was recorded. */
  readonly trackRate: number | undefined;
  /** Whether the browser changed the sound; undefined where it does not say. */
  readonly echoCancellation: boolean | undefined;
  readonly noiseSuppression: boolean | undefined;
  readonly autoGainControl: boolean | undefined;
  /** Samples that the browser lost on the way, each counted. */
  readonly lost: number;
}

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
  /** The word that is spoken in it, where that is known: in the built-in ones. */
  readonly word?: string;
  /** Of a clip from the microphone. */
  readonly capture?: Capture;
}

/** The clip of this reader; undefined until it has been loaded, or where there is none. */
export const clip = signal<Clip | undefined>(undefined);
