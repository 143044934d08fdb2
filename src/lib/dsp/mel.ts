/**
 * The mel filterbank: triangles laid over the bins of a spectrum, evenly spaced on the mel scale, on which steps that
 * sound equally large are equally long. Filter m rises from edge m to edge m + 1, its centre, and falls to edge m + 2:
 *
 *   w[m, k] = max(0, min((f[k] − e[m])/(e[m+1] − e[m]), (e[m+2] − f[k])/(e[m+2] − e[m+1]))),   f[k] = k·sampleRate/nFft
 *
 * as librosa.filters.mel (https://librosa.org/doc/latest/generated/librosa.filters.mel.html) and
 * torchaudio.functional.melscale_fbanks have it. There are two mel scales (librosa's default is Slaney's, torchaudio's is
 * HTK's) and two norms. For an odd nFft torchaudio takes k·sampleRate/(nFft − 1) for the frequency of a bin, which is not
 * where the bin lies; this file and librosa take f[k].
 */
import { ParameterError, ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';

export type MelScale = 'htk' | 'slaney';
export type MelNorm = 'none' | 'slaney';

export interface MelOptions {
  /** In Hz. */
  readonly sampleRate: number;
  readonly nFft: number;
  /** The number of filters. */
  readonly nMels: number;
  /** Where the first filter begins, in Hz. */
  readonly fMin: number;
  /** Where the last filter ends, in Hz: at most half the sample rate. */
  readonly fMax: number;
  readonly scale: MelScale;
  readonly norm: MelNorm;
}

export const melParameters: Parameters<MelOptions> = {
  sampleRate: {
    kind: 'number',
    label: 'sample rate',
    help: 'How many samples of the clip make a second: it says where the bins lie.',
    unit: 'Hz',
    min: 100,
    max: 768000,
    default: 16000,
  },
  nFft: {
    kind: 'integer',
    label: 'FFT length',
    help: 'The length of the Fourier transform that the spectrum comes from.',
    unit: 'samples',
    min: 1,
    max: 65536,
    default: 512,
  },
  nMels: {
    kind: 'integer',
    label: 'mel bands',
    help: 'The number of filters: more keep finer detail, too many leave narrow filters between two bins.',
    min: 1,
    max: 512,
    default: 40,
  },
  fMin: {
    kind: 'number',
    label: 'lowest frequency',
    help: 'Where the first filter begins.',
    unit: 'Hz',
    min: 0,
    max: 384000,
    default: 0,
  },
  fMax: {
    kind: 'number',
    label: 'highest frequency',
    help: 'Where the last filter ends: at most half the sample rate.',
    unit: 'Hz',
    min: 1,
    max: 384000,
    default: 8000,
  },
  scale: {
    kind: 'choice',
    label: 'mel scale',
    help: 'The formula of the scale: htk bends gradually, slaney is straight up to 1000 Hz and a logarithm above.',
    choices: ['htk', 'slaney'],
    default: 'htk',
  },
  norm: {
    kind: 'choice',
    label: 'norm',
    help: 'none: every triangle is 1 high. slaney: every triangle has the same area, so that wide ones are low.',
    choices: ['none', 'slaney'],
    default: 'none',
  },
};

/** The filters as runs of weights; filter m reads `count[m]` bins from `first[m]` on. */
export interface MelFilterbank {
  readonly options: MelOptions;
  /** The number of bins of the spectra that it takes, ⌊nFft/2⌋ + 1. */
  readonly bins: number;
  /** nMels + 2 frequencies in Hz: filter m begins at edges[m], is highest at edges[m + 1] and ends at edges[m + 2]. */
  readonly edges: Float64Array;
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** Where the weights of each filter begin in `weights`. */
  readonly start: Int32Array;
  readonly weights: Float64Array;
  /** The filters that lie between two bins, so that all their weights are 0 and they hear nothing. */
  readonly empty: readonly number[];
}

/** Slaney's scale: 3 mel to 200 Hz up to 1000 Hz, then 27 mel for each factor of 6.4. */
const SLANEY_HZ_PER_MEL = 200 / 3;
const SLANEY_BREAK_HZ = 1000;
const SLANEY_BREAK_MEL = SLANEY_BREAK_HZ / SLANEY_HZ_PER_MEL;
const SLANEY_LOG_STEP = Math.log(6.4) / 27;

/**
 * A frequency on the mel scale. HTK: 2595·log10(1 + hz/700) (S. Young et al., The HTK Book, 5.4); Slaney: that of the
 * Auditory Toolbox for Matlab (M. Slaney, 1998), as in librosa.hz_to_mel.
 */
export function hzToMel(hz: number, scale: MelScale): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hz / 700);
  if (hz < SLANEY_BREAK_HZ) return hz / SLANEY_HZ_PER_MEL;
  return SLANEY_BREAK_MEL + Math.log(hz / SLANEY_BREAK_HZ) / SLANEY_LOG_STEP;
}

/** The frequency in Hz of a place on the mel scale: the inverse of hzToMel. */
export function melToHz(mel: number, scale: MelScale): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  if (mel < SLANEY_BREAK_MEL) return mel * SLANEY_HZ_PER_MEL;
  return SLANEY_BREAK_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_BREAK_MEL));
}

/** The narrowest band, in Hz, that filters are laid over. */
const LEAST_BAND = 1;

/** @throws ParameterError for settings that exclude each other or cannot be */
function checkMelOptions({ sampleRate, nFft, nMels, fMin, fMax }: MelOptions): void {
  if (!(sampleRate > 0)) {
    throw new ParameterError('sampleRate', `The sample rate is ${sampleRate} Hz, but must be above 0.`);
  }
  if (!Number.isInteger(nFft) || nFft < 1) {
    throw new ParameterError('nFft', `The FFT length is ${nFft} samples, but must be a whole number of 1 or more.`);
  }
  if (!Number.isInteger(nMels) || nMels < 1) {
    throw new ParameterError('nMels', `There cannot be ${nMels} mel bands. Choose a whole number of 1 or more.`);
  }
  if (!(fMin >= 0)) {
    throw new ParameterError('fMin', `The lowest frequency is ${fMin} Hz, but must be 0 or more.`);
  }
  if (!(fMax <= sampleRate / 2)) {
    throw new ParameterError(
      'fMax',
      `The highest frequency is ${fMax} Hz, but sound sampled at ${sampleRate} Hz holds nothing above ${sampleRate / 2} Hz. Lower it to that.`,
    );
  }
  if (!(fMax >= fMin + LEAST_BAND)) {
    throw new ParameterError(
      'fMax',
      `The mel bands would have to lie between ${fMin} and ${fMax} Hz. Choose a highest frequency that is at least ${LEAST_BAND} Hz above the lowest.`,
    );
  }
}

/** What is below this share of a triangle's height is a rounding error at its foot, and counts as 0. */
const LEAST_WEIGHT = 1e-9;

/**
 * The filters for these settings.
 * @throws ParameterError for settings that exclude each other
 */
export function melFilterbank(options: MelOptions): MelFilterbank {
  checkMelOptions(options);
  const { sampleRate, nFft, nMels, norm } = options;
  const bins = Math.floor(nFft / 2) + 1;
  const edges = melEdges(options);
  const first = new Int32Array(nMels);
  const count = new Int32Array(nMels);
  const start = new Int32Array(nMels);
  const weights: number[] = [];
  const empty: number[] = [];
  for (let m = 0; m < nMels; m++) {
    const [low, centre, high] = edges.subarray(m, m + 3);
    // With the norm, every triangle has the area 1 in Hz.
    const height = norm === 'slaney' ? 2 / (high - low) : 1;
    start[m] = weights.length;
    const end = Math.min(bins, Math.ceil((high * nFft) / sampleRate) + 1);
    for (let k = Math.max(0, Math.floor((low * nFft) / sampleRate)); k < end; k++) {
      const hz = (k * sampleRate) / nFft;
      const share = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
      if (share < LEAST_WEIGHT) continue;
      if (count[m] === 0) first[m] = k;
      count[m]++;
      weights.push(share * height);
    }
    if (count[m] === 0) empty.push(m);
  }
  return { options, bins, edges, first, count, start, weights: Float64Array.from(weights), empty };
}

/** nMels + 2 frequencies in Hz from fMin to fMax, evenly spaced on the mel scale. */
function melEdges({ nMels, fMin, fMax, scale }: MelOptions): Float64Array {
  const lowest = hzToMel(fMin, scale);
  const step = (hzToMel(fMax, scale) - lowest) / (nMels + 1);
  const edges = Float64Array.from({ length: nMels + 2 }, (_, i) => melToHz(lowest + i * step, scale));
  edges[0] = fMin;
  edges[nMels + 1] = fMax;
  return edges;
}

/** All weights as a matrix of [nMels, bins], row by row, as librosa.filters.mel gives it. */
export function denseWeights({ bins, first, count, start, weights }: MelFilterbank): Float64Array {
  const dense = new Float64Array(first.length * bins);
  for (let m = 0; m < first.length; m++) {
    dense.set(weights.subarray(start[m], start[m] + count[m]), m * bins + first[m]);
  }
  return dense;
}

/**
 * Applies the filters to every frame: mel[i, m] = Σ w[m, k]·spectrum[i, k].
 * @param spectra [frames, bins], row by row: powers or magnitudes
 * @returns [frames, nMels]
 * @throws ShapeError where the numbers make no whole frames
 */
export function applyFilterbank(bank: MelFilterbank, spectra: Float32Array): Float32Array {
  const { bins, first, count, start, weights } = bank;
  if (spectra.length % bins !== 0) {
    throw new ShapeError(
      `The mel filters take frames of ${bins} bins, but ${spectra.length} numbers are no whole frames.`,
    );
  }
  const frames = spectra.length / bins;
  const nMels = first.length;
  const mel = new Float32Array(frames * nMels);
  for (let i = 0; i < frames; i++) {
    for (let m = 0; m < nMels; m++) {
      const bin = i * bins + first[m];
      const weight = start[m];
      let sum = 0;
      for (let j = 0; j < count[m]; j++) sum += weights[weight + j] * spectra[bin + j];
      mel[i * nMels + m] = sum;
    }
  }
  return mel;
}
