/** From a mel picture back to sound: what its filters, and the cosines that were kept, still say of the clip. */
import { griffinLim } from '../../lib/dsp/griffin-lim.ts';
import { istft } from '../../lib/dsp/istft.ts';
import { applyFilterbank, type MelOptions, melFilterbank } from '../../lib/dsp/mel.ts';
import { melToSpectrum } from '../../lib/dsp/mel-inverse.ts';
import { amplitudeToDb, dbToPower, power, powerToDb } from '../../lib/dsp/scale.ts';
import { type ComplexSpectrogram, stft } from '../../lib/dsp/stft.ts';
import type { LabClip } from './bench.ts';
import { throughCosines } from './cosines.ts';
import type { BandSettings } from './mel-calls.ts';

export interface HearSettings {
  /** Powers through mel filters, at the clip's own rate. */
  readonly bands: BandSettings & { readonly power: 2; readonly mel: Omit<MelOptions, 'sampleRate' | 'nFft'> };
  /** How many cosines of each frame are kept; null where the bands are taken as they are. */
  readonly nMfcc: number | null;
  /** The clip's own phases, or those that Griffin and Lim's algorithm finds. */
  readonly phase: 'clip' | 'griffin-lim';
  readonly iterations: number;
}

export interface HeardMel {
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  /** The root mean square difference between the spectrum rebuilt and the clip's own, dB, over cells within 60 dB. */
  readonly distance: number;
}

/** A longer clip is heard for so long, from the second that the models judge. */
const longest = 5;
/** Frames that are corrected between two reports of progress. */
const chunk = 32;

/** @throws ParameterError for settings that exclude each other; ShapeError where no frame fits */
export function hearMel(
  { samples, sampleRate, start }: LabClip,
  { bands, nMfcc, phase, iterations }: HearSettings,
  progress: (share: number) => void,
): HeardMel {
  const first = samples.length > longest * sampleRate ? Math.max(0, Math.round(start * sampleRate)) : 0;
  const clip = samples.subarray(first, first + longest * sampleRate);
  const spectra = stft(clip, bands.stft);
  const bank = melFilterbank({ ...bands.mel, sampleRate, nFft: bands.stft.nFft });
  const mel = applyFilterbank(bank, power(spectra));
  const kept =
    nMfcc === null ? mel : dbToPower(throughCosines(powerToDb(mel, { topDb: null }), bands.mel.nMels, nMfcc).smoothed);
  const byBand = bands.mel.nMels;
  const rebuilt = new Float32Array(spectra.frames * spectra.bins);
  const half = phase === 'clip' ? 1 : 0.3;
  for (let i = 0; i < spectra.frames; i += chunk) {
    const part = melToSpectrum(bank, kept.subarray(i * byBand, (i + chunk) * byBand));
    rebuilt.set(part, i * spectra.bins);
    progress((half * i) / spectra.frames);
  }
  const magnitudes = rebuilt.map(Math.sqrt);
  const distance = distanceOf(power(spectra), rebuilt);
  if (phase === 'clip') {
    const { samples: heard } = istft(withMagnitudes(spectra, magnitudes), bands.stft, { length: clip.length });
    return { samples: heard, sampleRate, distance };
  }
  let heard = new Float32Array(clip.length);
  for (const step of griffinLim(magnitudes, bands.stft, { iterations, length: clip.length })) {
    heard = new Float32Array(step.samples);
    progress(half + ((1 - half) * step.iteration) / iterations);
  }
  return { samples: heard, sampleRate, distance };
}

/** The spectra with other magnitudes and their own phases; where there was nothing, the phase is 0. */
function withMagnitudes(spectra: ComplexSpectrogram, magnitudes: Float32Array): ComplexSpectrogram {
  const real = new Float64Array(magnitudes.length);
  const imaginary = new Float64Array(magnitudes.length);
  for (let j = 0; j < magnitudes.length; j++) {
    const own = Math.hypot(spectra.real[j], spectra.imaginary[j]);
    real[j] = own > 0 ? (magnitudes[j] * spectra.real[j]) / own : magnitudes[j];
    imaginary[j] = own > 0 ? (magnitudes[j] * spectra.imaginary[j]) / own : 0;
  }
  return { ...spectra, real, imaginary };
}

function distanceOf(wanted: Float32Array, had: Float32Array): number {
  const [a, b] = [wanted, had].map((powers) => amplitudeToDb(powers.map(Math.sqrt), { ref: 1, topDb: null }));
  const floor = a.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) - 60;
  let sum = 0;
  let count = 0;
  for (let j = 0; j < a.length; j++) {
    if (a[j] < floor) continue;
    sum += (a[j] - Math.max(b[j], floor)) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}
