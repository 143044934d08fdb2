/**
 * How loud a clip is, and signs that something went wrong on the way to it. Decibels are relative to full scale, an
 * amplitude of 1: a sine of amplitude 1 has a peak of 0 dBFS and an RMS of −3.01 dBFS. Digital silence is −Infinity dBFS.
 */
import type { Clip } from './clip.ts';

export interface Level {
  /** The largest magnitude of a sample. */
  readonly peak: number;
  readonly peakDbfs: number;
  /** Root of the mean of squares. */
  readonly rms: number;
  readonly rmsDbfs: number;
  /** The mean of all samples: far from zero, the device adds a constant. */
  readonly mean: number;
  /** Samples in runs of three or more at full scale: sound that was cut off at the top. */
  readonly clippedSamples: number;
  readonly clippedRuns: number;
  /** Samples that are exactly zero, and the longest run of them: microphones give noise, so zeros mean that none spoke. */
  readonly zeros: number;
  readonly longestZeroRun: number;
  /** The RMS that a tenth of all 20 ms frames stays below, dBFS: the noise that remains when nobody speaks. */
  readonly noiseFloorDbfs: number;
}

/** A sample counts as at full scale from here on: 16-bit recordings reach 32767 / 32768 at most. */
const fullScale = 0.999;
const shortestClipping = 3;
const frameSeconds = 0.02;
const quietShare = 0.1;

/**
 * Measures a clip. Clipping and zeros are to be looked for at the rate of the recording: resampling blurs both.
 * An empty clip has level zero.
 */
export function measureLevel({ samples, sampleRate }: Clip): Level {
  const count = Math.max(1, samples.length);
  let peak = 0;
  let sum = 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    sum += sample;
  }
  const rms = rootMeanSquare(samples, 0, samples.length);
  const clipped = runs(samples, (sample) => Math.abs(sample) >= fullScale, shortestClipping);
  const zeros = runs(samples, (sample) => sample === 0, 1);
  return {
    peak,
    peakDbfs: toDecibels(peak),
    rms,
    rmsDbfs: toDecibels(rms),
    mean: sum / count,
    clippedSamples: clipped.samples,
    clippedRuns: clipped.runs,
    zeros: zeros.samples,
    longestZeroRun: zeros.longest,
    noiseFloorDbfs: toDecibels(quietRms(samples, Math.max(1, Math.round(frameSeconds * sampleRate)))),
  };
}

/** An amplitude in decibels relative to an amplitude of 1: 20 log10(a); zero gives −Infinity. */
export function toDecibels(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

function rootMeanSquare(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += samples[n] * samples[n];
  return Math.sqrt(sum / Math.max(1, to - from));
}

/** The 10th percentile of the RMS of whole frames (nearest rank); of a clip shorter than a frame, its own RMS. */
function quietRms(samples: Float32Array, frameLength: number): number {
  const frames = Math.floor(samples.length / frameLength);
  if (frames === 0) return rootMeanSquare(samples, 0, samples.length);
  const levels = Float64Array.from({ length: frames }, (_, frame) =>
    rootMeanSquare(samples, frame * frameLength, (frame + 1) * frameLength),
  ).sort();
  return levels[Math.ceil(quietShare * frames) - 1];
}

/** Runs of samples for which something holds, at least so long: how many, their samples altogether, and the longest. */
function runs(
  samples: Float32Array,
  holds: (sample: number) => boolean,
  shortest: number,
): { runs: number; samples: number; longest: number } {
  const found = { runs: 0, samples: 0, longest: 0 };
  let run = 0;
  for (let n = 0; n <= samples.length; n++) {
    if (n < samples.length && holds(samples[n])) {
      run++;
      continue;
    }
    if (run >= shortest) {
      found.runs++;
      found.samples += run;
      found.longest = Math.max(found.longest, run);
    }
    run = 0;
  }
  return found;
}
