/** The samples of one recording as they come in, block by block: lost ones counted, silence noticed, level measured. */

/** What the audio thread posts: samples, and the number of the first since the audio context began. */
export interface RecordedBlock {
  readonly frame: number;
  readonly samples: Float32Array;
}

export interface Recording {
  /** Hz. */
  readonly sampleRate: number;
  /** From here on blocks are kept; before, they are only listened to. */
  begin(): void;
  add(block: RecordedBlock): void;
  /** Whether a sample other than 0 has come: a microphone that is awake always gives noise. */
  readonly live: boolean;
  /** Seconds of sound that have come altogether, kept or not. */
  readonly heard: number;
  /** Seconds kept. */
  readonly seconds: number;
  /** Samples that never came, between others that did; zeros stand in their place. */
  readonly lost: number;
  /** The largest magnitude since it was last asked for. */
  takePeak(): number;
  /** What was kept, at most so many seconds. */
  samples(seconds: number): Float32Array;
}

export function createRecording(sampleRate: number): Recording {
  const blocks: Float32Array[] = [];
  let keeping = false;
  let live = false;
  let heard = 0;
  let kept = 0;
  let lost = 0;
  let peak = 0;
  let nextFrame: number | undefined;

  function keep(samples: Float32Array): void {
    blocks.push(samples);
    kept += samples.length;
  }

  return {
    sampleRate,
    begin() {
      keeping = true;
      nextFrame = undefined;
    },
    add({ frame, samples }) {
      for (const sample of samples) {
        const magnitude = Math.abs(sample);
        if (magnitude > peak) peak = magnitude;
      }
      live ||= samples.some((sample) => sample !== 0);
      heard += samples.length;
      if (!keeping) return;
      const missing = nextFrame === undefined ? 0 : Math.max(0, frame - nextFrame);
      if (missing > 0) {
        lost += missing;
        keep(new Float32Array(missing));
      }
      nextFrame = frame + samples.length;
      keep(samples);
    },
    get live() {
      return live;
    },
    get heard() {
      return heard / sampleRate;
    },
    get seconds() {
      return kept / sampleRate;
    },
    get lost() {
      return lost;
    },
    takePeak() {
      const taken = peak;
      peak = 0;
      return taken;
    },
    samples(seconds) {
      const all = new Float32Array(Math.min(kept, Math.round(seconds * sampleRate)));
      let at = 0;
      for (const block of blocks) {
        if (at >= all.length) break;
        const part = block.subarray(0, all.length - at);
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
  };
}
