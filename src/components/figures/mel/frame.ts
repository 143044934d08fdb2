/** One frame of a clip, its bins and the sum that makes one of its bands. */

import { type MelSettings, melOptions } from '@/lib/dsp/mel-settings';
import { createStft } from '@/lib/dsp/stft';
import type { Explanation } from '@/lib/layers/explanation';
import { melKind } from '@/lib/layers/mel';
import { tensor } from '@/lib/tensor';

/** The powers of the bins of frame i, as the layer `spectrogram` gives them. */
export function powersOf(samples: Float32Array, { stft }: MelSettings, i: number): Float32Array {
  const plan = createStft(stft);
  const re = new Float64Array(plan.bins);
  const im = new Float64Array(plan.bins);
  plan.frame(samples, i, re, im);
  return Float32Array.from(re, (value, k) => value * value + im[k] * im[k]);
}

/** How band m of a frame comes about: the engine's own terms. */
export function explainBand(settings: MelSettings, powers: Float32Array, m: number): Explanation {
  return melKind.create(melOptions(settings)).explain([0, m, 0], tensor([1, powers.length, 1], powers));
}
