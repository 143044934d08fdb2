/** Chapter 4: mel pictures of the clip, their cosines, and what can be heard of them. */
import { resample } from '../../lib/audio/resample.ts';
import { frameCount, type StftOptions } from '../../lib/dsp/frames.ts';
import { applyFilterbank, type MelOptions, melFilterbank } from '../../lib/dsp/mel.ts';
import { amplitudeToDb, type DecibelOptions, powerToDb } from '../../lib/dsp/scale.ts';
import { createStft } from '../../lib/dsp/stft.ts';
import { handOver } from '../hand-over.ts';
import type { Bench } from './bench.ts';
import { throughCosines } from './cosines.ts';
import { lowest, toDecibels } from './decibels.ts';
import { type HeardMel, type HearSettings, hearMel } from './hear-mel.ts';

/** What a picture is made with: `MelSettings` up to its bands, or evenly spaced bins where `mel` is null. */
export interface BandSettings {
  /** The clip is brought to this rate, Hz. */
  readonly sampleRate: number;
  readonly stft: StftOptions;
  readonly power: 1 | 2;
  readonly mel: Omit<MelOptions, 'sampleRate' | 'nFft'> | null;
}

/** The energies of the bands of every frame. */
export interface Bands {
  readonly settings: BandSettings;
  readonly frames: number;
  readonly bands: number;
  /** [frames, bands] */
  readonly energies: Float32Array;
  /** The filters that hear nothing. */
  readonly empty: readonly number[];
  /** How long the spectra took, and the filters. */
  readonly milliseconds: { readonly spectra: number; readonly filters: number };
}

export interface MelPicture extends Omit<Bands, 'energies'> {
  /** dB below the largest energy, [frames, bands], never below `lowest`, where all of a silent clip lies. */
  readonly decibels: Float32Array;
}

/** What a program hands on: decibels as librosa has them, 10·log10 whatever came in, or natural logarithms. */
export type Logarithm = ({ readonly kind: 'decibels' | 'power-decibels' } & DecibelOptions) | { readonly kind: 'ln' };

export interface MelValues extends Omit<Bands, 'energies'> {
  readonly values: Float32Array;
}

/** The frames of a mel picture, what is left of them in a few cosines, and those cosines. */
export interface CosinePicture {
  /** Decibels, [frames, bands]. */
  readonly logMel: MelValues;
  /** [frames, nMfcc] */
  readonly mfcc: Float32Array;
  /** What these coefficients alone give back, [frames, bands]. */
  readonly smoothed: Float32Array;
}

/** What is added before a natural logarithm, as many programs do. */
const offset = 1e-10;

export function melCalls(bench: Bench) {
  const ofClip = (settings: BandSettings): Bands => {
    const { samples, sampleRate } = bench.clip();
    return bandsOf(samples, sampleRate, settings);
  };
  return {
    melPicture(settings: BandSettings): MelPicture {
      const picture = belowLargest(ofClip(settings));
      return handOver(picture, picture.decibels);
    },
    melValues(settings: BandSettings, logarithm: Logarithm): MelValues {
      const picture = valuesOf(ofClip(settings), logarithm);
      return handOver(picture, picture.values);
    },
    melCosines: (settings: BandSettings, nMfcc: number): CosinePicture =>
      cosinesOf(valuesOf(ofClip(settings), { kind: 'decibels' }), nMfcc),
    hearMel: (settings: HearSettings): HeardMel => hearMel(bench.clip(), settings, bench.progress),
  };
}

/**
 * @throws ParameterError for settings that exclude each other; ShapeError where no frame fits
 */
export function bandsOf(clip: Float32Array, rate: number, settings: BandSettings): Bands {
  const { sampleRate, stft, power, mel } = settings;
  const samples = rate === sampleRate ? clip : resample(clip, rate, sampleRate);
  const bank = mel && melFilterbank({ ...mel, sampleRate, nFft: stft.nFft });
  const plan = createStft(stft);
  const frames = frameCount(stft, samples.length);
  const bands = bank ? bank.first.length : plan.bins;
  const energies = new Float32Array(frames * bands);
  const re = new Float64Array(plan.bins);
  const im = new Float64Array(plan.bins);
  const row = new Float32Array(plan.bins);
  const spent = { spectra: 0, filters: 0 };
  for (let i = 0; i < frames; i++) {
    const before = performance.now();
    plan.frame(samples, i, re, im);
    for (let k = 0; k < row.length; k++) {
      const square = re[k] * re[k] + im[k] * im[k];
      row[k] = power === 2 ? square : Math.sqrt(square);
    }
    const between = performance.now();
    energies.set(bank ? applyFilterbank(bank, row) : row, i * bands);
    spent.spectra += between - before;
    spent.filters += performance.now() - between;
  }
  return {
    settings,
    frames,
    bands,
    energies,
    empty: bank ? bank.empty : [],
    milliseconds: spent,
  };
}

/** Takes the energies over: they become the decibels. */
export function belowLargest({ energies, ...bands }: Bands): MelPicture {
  if (bands.settings.power === 1) for (let cell = 0; cell < energies.length; cell++) energies[cell] *= energies[cell];
  let largest = 0;
  for (let cell = 0; cell < energies.length; cell++) if (energies[cell] > largest) largest = energies[cell];
  if (largest > 0) toDecibels(energies, largest, lowest);
  else energies.fill(lowest);
  return { ...bands, decibels: energies };
}

export function valuesOf({ energies, ...bands }: Bands, logarithm: Logarithm): MelValues {
  if (logarithm.kind === 'ln') return { ...bands, values: energies.map((energy) => Math.log(energy + offset)) };
  const { kind, ...options } = logarithm;
  const asPowers = bands.settings.power === 2 || kind === 'power-decibels';
  return { ...bands, values: (asPowers ? powerToDb : amplitudeToDb)(energies, options) };
}

/** @throws ParameterError for more coefficients than bands */
export function cosinesOf(logMel: MelValues, nMfcc: number): CosinePicture {
  return { logMel, ...throughCosines(logMel.values, logMel.bands, nMfcc) };
}
