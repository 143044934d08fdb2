/** New clips: where the second to judge begins, and the sentences that go with a sound. */
import { loudestStart } from '../lib/audio/loudest.ts';
import type { Capture, Clip, ClipSource } from './clip.ts';

/** How much of a clip a model judges, seconds. */
export const judgedSeconds = 1;
/** The longest clip that is kept whole, seconds. */
export const longestClip = 60;

export interface NewSound {
  readonly name: string;
  readonly source: ClipSource;
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  readonly notices?: readonly string[];
  readonly word?: string;
  readonly capture?: Capture;
}

/** A clip of this sound. Its loudest second is judged until the reader chooses another. */
export function makeClip({ notices = [], ...sound }: NewSound): Clip {
  const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
  return { ...sound, id, start: loudestSecond(sound.samples, sound.sampleRate), notices };
}

/** Where the second to judge may begin: of a shorter clip, only so that it stands in the middle. */
export function startBounds(samples: number, sampleRate: number): readonly [number, number] {
  const length = Math.round(judgedSeconds * sampleRate);
  if (samples > length) return [0, (samples - length) / sampleRate];
  const centred = -Math.floor((length - samples) / 2) / sampleRate;
  return [centred, centred];
}

function loudestSecond(samples: Float32Array, sampleRate: number): number {
  const length = Math.round(judgedSeconds * sampleRate);
  if (samples.length <= length) return startBounds(samples.length, sampleRate)[0];
  return loudestStart(samples, length) / sampleRate;
}
