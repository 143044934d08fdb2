/** Sound as it goes through the engine: a recording as a file holds it, and the mono clip that everything else works on. */

/** One mono recording: samples nominally in [-1, 1], where 1 is full scale, at `sampleRate` samples a second (Hz). */
export interface Clip {
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/** A recording as its file holds it: one array a channel, all of the same length. */
export interface Recording {
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
}

/** The length of a clip in seconds. */
export function durationOf(clip: Clip): number {
  return clip.samples.length / clip.sampleRate;
}
