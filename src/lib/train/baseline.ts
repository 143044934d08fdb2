/**
 * What a model is compared with: a classifier without a network, the same for all models. It knows of a clip the mean
 * over time of its log-mel spectrum, 40 numbers. Each is brought to mean 0 and variance 1 over the training clips, and a
 * clip is named after the class whose mean over the training clips is nearest.
 */
import { frameCount } from '../dsp/frames.ts';
import { applyFilterbank, melFilterbank } from '../dsp/mel.ts';
import { momentsOf } from '../dsp/moments.ts';
import { presetOptions } from '../dsp/presets.ts';
import { createStft } from '../dsp/stft.ts';
import { type Answers, indexOfLargest } from './metrics.ts';

const BANDS = 40;
/** Seconds that a window spans at least; its length is the next power of two. */
const WINDOW = 0.025;
/** What is added to a power before the logarithm. */
const OFFSET = 1e-7;

/** The mean over time of a clip's log-mel spectrum, from all its pieces: [40] */
export type MeanSpectrum = (pieces: readonly Float32Array[]) => Float32Array;

/** @param sampleRate of the pieces, Hz */
export function createMeanSpectrum(sampleRate: number): MeanSpectrum {
  const nFft = 2 ** Math.ceil(Math.log2(WINDOW * sampleRate));
  const options = presetOptions('librosa', { winLength: nFft, hopLength: nFft / 2, nFft });
  const plan = createStft(options);
  const bank = melFilterbank({
    ...{ sampleRate, nFft, nMels: BANDS, fMin: 0, fMax: sampleRate / 2 },
    ...{ scale: 'htk', norm: 'none' },
  });
  const real = new Float64Array(plan.bins);
  const imaginary = new Float64Array(plan.bins);
  const power = new Float32Array(plan.bins);
  return (pieces) => {
    const sums = new Float64Array(BANDS);
    let frames = 0;
    for (const piece of pieces) {
      const own = frameCount(options, piece.length);
      for (let i = 0; i < own; i++) {
        plan.frame(piece, i, real, imaginary);
        for (let k = 0; k < power.length; k++) power[k] = real[k] ** 2 + imaginary[k] ** 2;
        for (const [band, value] of applyFilterbank(bank, power).entries()) sums[band] += Math.log(value + OFFSET);
      }
      frames += own;
    }
    return Float32Array.from(sums, (sum) => sum / frames);
  };
}

/** Names a clip by its mean spectrum: the index of a class. */
export type Namer = (spectrum: Float32Array) => number;

/**
 * Fits the classifier. A class without a training clip is never named; of classes equally near, the first is.
 * @param spectra of the training clips, one at least, all of one length
 * @param labels the class of each
 */
export function fitNearestMean(spectra: readonly Float32Array[], labels: readonly number[]): Namer {
  const scales = Array.from(spectra[0], (_, band) => {
    const { mean, variance } = momentsOf(Float32Array.from(spectra, (spectrum) => spectrum[band]));
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  const standard = (spectrum: Float32Array): number[] =>
    scales.map(({ mean, deviation }, band) => (spectrum[band] - mean) / deviation);
  const means = [...new Set(labels)]
    .sort((a, b) => a - b)
    .map((label) => {
      const own = spectra.filter((_, i) => labels[i] === label).map(standard);
      return { label, mean: scales.map((_, band) => own.reduce((sum, each) => sum + each[band], 0) / own.length) };
    });
  return (spectrum) => {
    const place = standard(spectrum);
    const nearness = means.map(({ mean }) => -mean.reduce((sum, value, band) => sum + (value - place[band]) ** 2, 0));
    return means[indexOfLargest(nearness)].label;
  };
}

/** Answers that are sure of one class each. */
export function answersNaming(classes: readonly string[], truth: readonly number[], named: readonly number[]): Answers {
  const probabilities = new Float32Array(truth.length * classes.length);
  for (const [row, label] of named.entries()) probabilities[row * classes.length + label] = 1;
  return { classes, truth, probabilities };
}
