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
