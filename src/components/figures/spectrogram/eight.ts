/** The eight samples on which the FFT is laid open. */
import type { Frame } from './frame.ts';

export interface Eight {
  readonly samples: readonly number[];
  /** One sample of the clip in so many. */
  readonly step: number;
  /** Where the first lies in the clip, seconds. */
  readonly start: number;
  /** Samples a second with this step, Hz. Nothing is filtered: what lies above half of it folds back. */
  readonly sampleRate: number;
}

/** With about so many samples a second, eight of them reach over 2 ms, and their five bins over the pitches of vowels. */
const wantedRate = 4000;

/** Eight samples from the loudest of a frame on, spaced so that their rate is about 4 kHz; earlier at the frame's end. */
export function eightOf({ samples, start, sampleRate }: Frame): Eight {
  const widest = Math.floor((samples.length - 1) / 7);
  const step = Math.min(widest, Math.max(1, Math.round(sampleRate / wantedRate)));
  let loudest = 0;
  for (let t = 1; t < samples.length; t++) if (Math.abs(samples[t]) > Math.abs(samples[loudest])) loudest = t;
  const first = Math.min(loudest, samples.length - 1 - 7 * step);
  return {
    samples: Array.from({ length: 8 }, (_, i) => samples[first + i * step]),
    step,
    start: start + first / sampleRate,
    sampleRate: sampleRate / step,
  };
}
