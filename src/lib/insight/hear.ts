/**
 * Hearing a field: the clip with everything outside a box of time and frequency silenced. The band is cut out of the
 * Fourier transform of the whole clip, then the seconds out of the samples. Both cuts are raised cosines centred on the
 * edge, where they are one half, so that nothing clicks or rings long and two fields that touch add up to what both
 * cover. An edge that is the edge of the clip, 0 Hz or half the sample rate is not cut: the whole field is the clip.
 */
import type { Clip } from '../audio/clip.ts';
import { createFft } from '../dsp/fft.ts';
import type { SoundBox } from './field-to-sound.ts';

/** The width of the cut in frequency, Hz, and in time, s. */
const transition = { hertz: 60, seconds: 0.004 };
/** A faint field is made as loud as the clip, but not by more than this, dB. */
const greatestGain = 24;

export interface Heard {
  /** As long as the clip. */
  readonly samples: Float32Array;
  /** By how much the field was made louder, so that its loudest sample equals the clip's, dB. */
  readonly gain: number;
}

/** The sound of a field alone. */
export function hearField(clip: Clip, { seconds, hertz }: SoundBox): Heard {
  const { samples, sampleRate } = clip;
  const band = cutBand(clip, hertz);
  const end = samples.length / sampleRate;
  const field = Float32Array.from(band, (value, n) => {
    const time = (n + 0.5) / sampleRate;
    return value * share(time, seconds, [0, end], transition.seconds);
  });
  const loudest = peak(field);
  const gain = loudest > 0 ? Math.min(20 * Math.log10(peak(samples) / loudest), greatestGain) : 0;
  const factor = 10 ** (gain / 20);
  return { samples: field.map((value) => value * factor), gain };
}

function cutBand({ samples, sampleRate }: Clip, hertz: readonly [number, number]): Float64Array {
  // Zeros after the clip keep what rings past its end from coming back in at its start.
  const size = 2 ** Math.ceil(Math.log2(samples.length + sampleRate / transition.hertz));
  const fft = createFft(size);
  const x = new Float64Array(size);
  x.set(samples);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(x, re, im);
  for (let k = 0; k < fft.bins; k++) {
    const kept = share((k * sampleRate) / size, hertz, [0, sampleRate / 2], transition.hertz);
    re[k] *= kept;
    im[k] *= kept;
  }
  fft.inverse(re, im, x);
  return x.subarray(0, samples.length);
}

/** How much of what lies at `place` is kept, 0 to 1, by a box from `low` to `high` in a space from `first` to `last`. */
function share(
  place: number,
  [low, high]: readonly [number, number],
  [first, last]: readonly [number, number],
  width: number,
): number {
  const rise = low <= first ? 1 : slope((place - low) / width);
  const fall = high >= last ? 0 : slope((place - high) / width);
  return rise - fall;
}

/** A raised cosine from 0 at −½ to 1 at ½. */
function slope(distance: number): number {
  return 0.5 + 0.5 * Math.sin(Math.PI * Math.min(Math.max(distance, -0.5), 0.5));
}

function peak(samples: Float32Array): number {
  let loudest = 0;
  for (const value of samples) loudest = Math.max(loudest, Math.abs(value));
  return loudest;
}
