/** The one frame of the clip that the chapter looks into sample by sample: the loudest. */
import { createWindow } from '@/lib/dsp/window';

/** Its length, which is that of its transform. */
export const frameLength = 256;

export interface Frame {
  readonly samples: readonly number[];
  /** Where it begins in the clip, seconds. */
  readonly start: number;
  /** Hz. */
  readonly sampleRate: number;
}

/** The loudest 256 samples of a clip, as they are; a shorter clip is filled up with zeros. */
export function loudestFrame(samples: Float32Array, sampleRate: number): Frame {
  let best = 0;
  let most = -1;
  for (let start = 0; start + frameLength <= samples.length; start += frameLength / 2) {
    let energy = 0;
    for (let t = start; t < start + frameLength; t++) energy += samples[t] * samples[t];
    if (energy > most) {
      most = energy;
      best = start;
    }
  }
  const frame = Array.from({ length: frameLength }, (_, t) => samples[best + t] ?? 0);
  return { samples: frame, start: best / sampleRate, sampleRate };
}

const hann = createWindow('hann', frameLength, true);

/** A frame faded in and out by the Hann window. */
export function windowed({ samples }: Frame): Float64Array {
  return hann.map((weight, t) => weight * samples[t]);
}
