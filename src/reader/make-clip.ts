/** New clips: where the second to judge begins, and the sentences that go with a sound. */
import { loudestStart } from '../lib/audio/loudest.ts';
import { removeOffset } from '../lib/audio/offset.ts';
import { resample } from '../lib/audio/resample.ts';
import type { Capture, Clip, ClipSource } from './clip.ts';

/** How much of a clip a model judges, seconds. */
export const judgedSeconds = 1;
/** The rate at which it is judged, Hz. */
const judgedRate = 16000;
const judgedLength = judgedSeconds * judgedRate;
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
  const spare = Math.ceil((samples * judgedRate) / sampleRate) - judgedLength;
  if (spare > 0) return [0, spare / judgedRate];
  const centred = -Math.floor(-spare / 2) / judgedRate;
  return [centred, centred];
}

/** The loudest second as the models hear it: page and commands judge the very same one. */
function loudestSecond(samples: Float32Array, sampleRate: number): number {
  if (samples.length <= judgedSeconds * sampleRate) return startBounds(samples.length, sampleRate)[0];
  return loudestStart(removeOffset(resample(samples, sampleRate, judgedRate)), judgedLength) / judgedRate;
}
