/**
 * The inverse short-time Fourier transform: from spectra back to a clip. Each spectrum gives its frame of samples, y[i],
 * which the window has weighted once; weighted once more, overlapping frames are added and divided by what the weights
 * amount to: x[n] = Σ w[n − s]·y[i, n − s] / Σ w[n − s]², over the frames i that start at a sample s and reach n. Spectra
 * of a clip give the clip. Spectra that belong to no clip, since somebody changed them, give the clip whose spectra come
 * nearest in the squared distance (D. W. Griffin and J. S. Lim, "Signal estimation from modified short-time Fourier
 * transform", IEEE Trans. ASSP 32(2), 1984). As in torch.istft, padding at the edges is cut off, not folded back.
 */
import { ShapeError } from '../errors.ts';
import { createFft } from './fft.ts';
import { type StftOptions, samplesOfFrames, windowOffset, windowStart } from './frames.ts';
import { type ComplexSpectrogram, createStft } from './stft.ts';

/** Samples from `start` up to, not including, `end`. */
export interface SampleRange {
  readonly start: number;
  readonly end: number;
}

export interface Resynthesis {
  readonly samples: Float32Array;
  /**
   * The stretches that no window reaches, or only with weights of next to nothing: nothing is known of them, and they are
   * silent. There are such where the hop is longer than the window, where windows meet at their zeros, at the first
   * sample of frames that are not centred, and behind the last frame.
   */
  readonly uncovered: readonly SampleRange[];
}

export interface IstftSettings {
  /** The number of samples of the clip; without it, as many as the frames reach. */
  readonly length?: number;
  /**
   * A sample counts as uncovered where Σ w² is at most this share of the largest weight's square. A sample that only
   * small weights reach has its errors magnified by them: changed spectra may need more than the default, 1e-10.
   */
  readonly leastCoverage?: number;
}

/** Tables and buffers for one set of options, number of frames and length, made once for many spectrograms. */
export interface Istft {
  readonly length: number;
  inverse(spectrogram: ComplexSpectrogram): Resynthesis;
}

/**
 * The clip of a spectrogram that was made with these options. Where windows leave gaps the clip is silent, and `uncovered`
 * says where.
 * @throws ParameterError for settings that exclude each other; ShapeError for spectra that do not fit to the options
 */
export function istft(
  spectrogram: ComplexSpectrogram,
  options: StftOptions,
  settings: IstftSettings = {},
): Resynthesis {
  return createIstft(options, spectrogram.frames, settings).inverse(spectrogram);
}

/** @throws ParameterError for settings that exclude each other; ShapeError for a negative or broken length */
export function createIstft(options: StftOptions, frames: number, settings: IstftSettings = {}): Istft {
  const { weights, bins } = createStft(options);
  const { length = samplesOfFrames(options, frames), leastCoverage = 1e-10 } = settings;
  if (!Number.isInteger(length) || length < 0) {
    throw new ShapeError(`A clip cannot have ${length} samples. Choose a whole number of 0 or more.`);
  }
  const fft = createFft(options.nFft);
  const offset = windowOffset(options);
  const frame = new Float64Array(options.nFft);
  const sum = new Float64Array(length);

  const coverage = windowCoverage(options, weights, frames, length);
  const largest = Math.max(
    ZERO,
    weights.reduce((most, w) => Math.max(most, w * w), 0),
  );
  const uncovered = rangesUpTo(coverage, leastCoverage * largest);

  return {
    length,
    inverse({ frames: given, bins: givenBins, real, imaginary }) {
      if (given !== frames || givenBins !== bins) {
        throw new ShapeError(
          `The spectrogram has ${given} frames of ${givenBins} bins, but ${frames} of ${bins} are asked for. Take the options that it was made with.`,
        );
      }
      sum.fill(0);
      for (let i = 0; i < frames; i++) {
        fft.inverse(real.subarray(i * bins, (i + 1) * bins), imaginary.subarray(i * bins, (i + 1) * bins), frame);
        addProducts(weights, frame, offset, sum, windowStart(options, i));
      }
      const samples = new Float32Array(length);
      for (let n = 0; n < length; n++) samples[n] = sum[n] / coverage[n];
      for (const { start, end } of uncovered) samples.fill(0, start, end);
      return { samples, uncovered };
    },
  };
}

/** Σ w[n − s]² at each sample n of a clip of this length: what the weights of the frames that reach it amount to. */
export function windowCoverage(
  options: StftOptions,
  weights: Float64Array,
  frames: number,
  length: number,
): Float64Array {
  const coverage = new Float64Array(length);
  for (let i = 0; i < frames; i++) addProducts(weights, weights, 0, coverage, windowStart(options, i));
  return coverage;
}

/** A window of zeros keeps squares below this by rounding; other windows, scaled ones too, lie far above. */
const ZERO = 1e-20;

/** to[start + t] += weights[t]·values[offset + t], as far as that lies within `to`. */
function addProducts(weights: Float64Array, values: Float64Array, offset: number, to: Float64Array, start: number) {
  const end = Math.min(weights.length, to.length - start);
  for (let t = Math.max(0, -start); t < end; t++) to[start + t] += weights[t] * values[offset + t];
}

/** Where the values are at most so large. */
function rangesUpTo(values: Float64Array, limit: number): SampleRange[] {
  const ranges: SampleRange[] = [];
  for (let n = 0; n < values.length; n++) {
    if (values[n] > limit) continue;
    const start = n;
    while (n < values.length && values[n] <= limit) n++;
    ranges.push({ start, end: n });
  }
  return ranges;
}
