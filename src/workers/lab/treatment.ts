/** Chapter 6: what can happen to a second of sound before a network hears it. */
import { removeOffset } from '../../lib/audio/offset.ts';
import { createRandom } from '../../lib/random.ts';

/** The reader's clip, noise such as a microphone's own, one sample at full scale, or digital silence. */
export type Source = 'clip' | 'noise' | 'click' | 'silence';

export interface Treatment {
  /** The reader's clip where it is absent. */
  readonly source?: Source;
  /** dB; 0 where it is absent. */
  readonly gain?: number;
  /** A low-pass that falls by 6 dB an octave from here on, Hz, as a wall does; none where it is absent. */
  readonly cutoff?: number;
  /** Added to every sample. */
  readonly offset?: number;
  /** Whether the mean is taken out at the end, as the page does with every recording. */
  readonly centred?: boolean;
}

export interface Treated {
  /** In [-1, 1]. */
  readonly samples: Float32Array;
  /** How many samples went beyond full scale and were cut off there. */
  readonly clipped: number;
}

/** The RMS of the noise, −60 dBFS. */
const noiseLevel = 1e-3;
const rate = 16000;

/** The second after gain, low-pass and offset, cut off at full scale as a recorder would. */
export function treat(clip: Float32Array, { source, gain = 0, cutoff, offset = 0, centred }: Treatment): Treated {
  const factor = 10 ** (gain / 20);
  let samples: Float32Array = soundOf(clip, source).map((sample) => factor * sample);
  if (cutoff !== undefined) samples = lowPass(samples, cutoff);
  let clipped = 0;
  for (const [n, sample] of samples.entries()) {
    const shifted = sample + offset;
    samples[n] = Math.max(-1, Math.min(1, shifted));
    if (samples[n] !== Math.fround(shifted)) clipped++;
  }
  return { samples: centred ? removeOffset(samples) : samples, clipped };
}

function soundOf(clip: Float32Array, source: Source = 'clip'): Float32Array {
  if (source === 'clip') return clip;
  if (source === 'noise') return noise(clip.length);
  const samples = new Float32Array(clip.length);
  if (source === 'click') samples[samples.length >> 1] = 1;
  return samples;
}

/** White noise, the same at every call. */
function noise(length: number): Float32Array {
  const random = createRandom(6);
  return Float32Array.from({ length }, () => noiseLevel * random.normal());
}

/** One pole: y[n] = y[n−1] + a·(x[n] − y[n−1]) with a = 1 − e^(−2π·cutoff/rate). */
function lowPass(samples: Float32Array, cutoff: number): Float32Array {
  const share = 1 - Math.exp((-2 * Math.PI * cutoff) / rate);
  let level = 0;
  return samples.map((sample) => {
    level += share * (sample - level);
    return level;
  });
}
