/**
 * Many channels to one. The mean is taken, not the sum, so that the result stays in [-1, 1] and a mono recording stored
 * twice comes out unchanged. Every channel counts alike: what a microphone pair hears is wanted, not the loudness of a
 * living room, for which the downmix of ITU-R BS.775 would turn surround channels down. Two channels of opposite phase
 * cancel; that is a property of any mix.
 */
import type { Clip, Recording } from './clip.ts';
import type { Block } from './stream.ts';

/** The mean of all channels. A single channel is returned as it is, sharing its data. */
export function mixToMono(recording: Recording): Clip {
  return { samples: mixBlock(recording.channels), sampleRate: recording.sampleRate };
}

/** The mean of equally long pieces of all channels; a single one is returned as it is. */
export function mixBlock(channels: Block): Float32Array {
  if (channels.length === 1) return channels[0];
  const { length } = channels[0];
  const mono = new Float32Array(length);
  const share = 1 / channels.length;
  for (let n = 0; n < length; n++) {
    let sum = 0;
    for (const channel of channels) sum += channel[n];
    mono[n] = sum * share;
  }
  return mono;
}
