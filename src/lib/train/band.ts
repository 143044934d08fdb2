/**
 * Other microphones and lines: a random high-pass and low-pass over a clip, each a second-order Butterworth filter. The
 * coefficients are those of Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients", with Q = 1/√2.
 */
import type { Random } from '../random.ts';

/** Filters a clip in place. @param cutoff Hz, below half the sample rate; at or above it nothing is done */
export function passBand(samples: Float32Array, sampleRate: number, kind: 'low' | 'high', cutoff: number): void {
  if (cutoff <= 0 || cutoff >= sampleRate / 2) return;
  const w = (2 * Math.PI * cutoff) / sampleRate;
  const cos = Math.cos(w);
  const alpha = Math.sin(w) / Math.SQRT2;
  const scale = 1 + alpha;
  const side = (kind === 'low' ? 1 - cos : 1 + cos) / 2 / scale;
  const middle = kind === 'low' ? 2 * side : -2 * side;
  const a1 = (-2 * cos) / scale;
  const a2 = (1 - alpha) / scale;
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i];
    const y = side * x + middle * x1 + side * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    samples[i] = y;
  }
}

/** Which bands a clip is limited to, and how often. The edges are drawn evenly on a logarithmic scale, in Hz. */
export interface BandRecipe {
  readonly probability: number;
  readonly lowest: { readonly min: number; readonly max: number };
  readonly highest: { readonly min: number; readonly max: number };
}

/** Limits a clip to a random band, in place. */
export function limitBand(
  samples: Float32Array,
  sampleRate: number,
  { probability, lowest, highest }: BandRecipe,
  random: Random,
): void {
  if (random.uniform() >= probability) return;
  passBand(samples, sampleRate, 'high', lowest.min * (lowest.max / lowest.min) ** random.uniform());
  passBand(samples, sampleRate, 'low', highest.min * (highest.max / highest.min) ** random.uniform());
}
