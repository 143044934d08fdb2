/**
 * How high a recording reaches. A headset that sends 8,000 samples a second leaves nothing above 4 kHz, whatever rate
 * the file claims; the network then misses what tells an s from an f.
 */
import type { Clip } from '../audio/clip.ts';
import { createFft } from '../dsp/fft.ts';
import { createWindow } from '../dsp/window.ts';

export interface SpectralCeiling {
  /** The highest frequency within 60 dB of the strongest band, Hz; 0 for silence. */
  readonly hertz: number;
  /** Whether the sound ends there as if cut, rather than fading: 20 dB less, a few hundred hertz on. */
  readonly cut: boolean;
}

/** Bands of this width are compared, Hz: wide enough to hold a voice's harmonics, narrow enough to show an edge. */
const bandWidth = 250;
const reach = 60;
const cutDrop = 20;
/** Bands from the ceiling up within which a cut must have happened. */
const cutBands = 2;

/** The ceiling of a clip, from the mean power spectrum of its frames of about 20 ms. */
export function spectralCeiling(clip: Clip): SpectralCeiling {
  const bands = bandLevels(clip);
  const strongest = Math.max(...bands);
  if (strongest === Number.NEGATIVE_INFINITY) return { hertz: 0, cut: false };
  let top = bands.length - 1;
  while (bands[top] < strongest - reach) top--;
  const hertz = Math.min((top + 1) * bandWidth, clip.sampleRate / 2);
  // The band before the top one is whole, the top one may be half empty.
  const below = bands[Math.max(top - 1, 0)];
  const above = bands[top + cutBands];
  return { hertz, cut: above !== undefined && below - above >= cutDrop };
}

/** The mean power of each band of `bandWidth` from 0 Hz up to half the sample rate, dB. */
function bandLevels({ samples, sampleRate }: Clip): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(0.02 * sampleRate));
  const fft = createFft(size);
  const window = createWindow('blackman', size, true);
  const frame = new Float64Array(size);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const power = new Float64Array(Math.ceil(sampleRate / 2 / bandWidth));
  const bins = new Float64Array(power.length);
  for (let start = 0; start === 0 || start + size <= samples.length; start += size / 2) {
    for (let t = 0; t < size; t++) frame[t] = window[t] * (samples[start + t] ?? 0);
    fft.forward(frame, re, im);
    for (let k = 0; k < fft.bins; k++) {
      const band = Math.min(Math.floor((k * sampleRate) / size / bandWidth), power.length - 1);
      power[band] += re[k] * re[k] + im[k] * im[k];
      bins[band]++;
    }
  }
  return power.map((sum, band) => 10 * Math.log10(sum / Math.max(1, bins[band])));
}
