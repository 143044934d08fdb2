/**
 * Noise mixed into a clip, and how much of it turns the answer. The signal-to-noise ratio compares mean powers over the
 * whole clip, pauses included: SNR = 10·log10(mean(clip²)/mean(noise²)), in dB.
 */
import { createFft } from '../dsp/fft.ts';
import { AudioError, ParameterError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { classifyClip, type Network } from '../model/network.ts';
import { createRandom } from '../random.ts';
import { tensor } from '../tensor.ts';
import { rms } from '../train/noise.ts';
import type { Progress } from './progress.ts';

export type NoiseColour = 'white' | 'pink';

/**
 * Gaussian noise of RMS 1, the same for the same seed. White: equal power in every hertz. Pink: equal power in every
 * octave, power falling as 1/f (3 dB an octave), made by dividing white noise's spectrum by √f; Timmer and König, "On
 * generating power law noise" (1995). Pink noise has no constant part.
 * @param length samples, >= 1
 */
export function makeNoise(colour: NoiseColour, length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const white = Float64Array.from({ length: 2 ** Math.ceil(Math.log2(Math.max(length, 2))) }, () => random.normal());
  if (colour === 'pink') shapePink(white);
  const noise = Float32Array.from(white.subarray(0, length));
  const level = rms(noise);
  return noise.map((value) => value / level);
}

function shapePink(samples: Float64Array): void {
  const fft = createFft(samples.length);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(samples, re, im);
  re[0] = 0;
  im[0] = 0;
  for (let k = 1; k < fft.bins; k++) {
    re[k] /= Math.sqrt(k);
    im[k] /= Math.sqrt(k);
  }
  fft.inverse(re, im, samples);
}

/**
 * clip + noise, with the noise at the level that gives this ratio; noise that is too short is repeated. The sum may
 * exceed full scale: it is what a network hears, and is to be turned down before it is played.
 * @param snr dB; 0: equally strong, below: the noise is stronger
 * @throws AudioError where the clip or the noise is silent, so that there is no ratio
 */
export function mixNoise(clip: Float32Array, noise: Float32Array, snr: number): Float32Array {
  const factor = noiseFactor(clip, noise) * 10 ** (-snr / 20);
  return clip.map((value, n) => value + factor * noise[n % noise.length]);
}

/** What the noise is multiplied by for 0 dB. */
function noiseFactor(clip: Float32Array, noise: Float32Array): number {
  const level = rms(clip);
  const noiseLevel = rms(clip.map((_, n) => noise[n % noise.length]));
  if (!(level > 0)) {
    throw new AudioError('The clip is silent, so noise has no ratio to it. Choose a clip with sound in it.');
  }
  if (!(noiseLevel > 0)) throw new AudioError('The noise is silent, so it cannot be mixed in. Choose another noise.');
  return level / noiseLevel;
}

export interface FlipRange {
  /** Where the search begins, with little noise, and ends, with much; dB, from > to. */
  readonly from: number;
  readonly to: number;
  /** The steps of the scan, dB, > 0. */
  readonly step: number;
  /** How close the flip is to be known, dB, > 0. */
  readonly tolerance: number;
}

export const defaultFlipRange: FlipRange = { from: 40, to: -20, step: 2, tolerance: 0.1 };

/** One answer of the network on the way. */
export interface NoisyAnswer {
  /** dB; Infinity for the clip itself. */
  readonly snr: number;
  readonly probabilities: Float32Array;
  /** The index of the most probable class. */
  readonly winner: number;
}

export interface Flip {
  /** The answer for the clip without noise. */
  readonly clean: NoisyAnswer;
  /** The answer with the least noise, to within the tolerance, at which another class wins; undefined: none in range. */
  readonly flipped: NoisyAnswer | undefined;
  /** The one with the most noise before it at which the clean answer still stands. */
  readonly held: NoisyAnswer;
}

/**
 * Looks for the ratio at which the answer flips: scans from little noise to much until another class wins, then halves
 * the step between. With more noise still the answer may flip back; this is the first flip, as far as the scan's step
 * sees. Yields each answer.
 * @param clip [samples], as the network takes it
 * @throws AudioError where the clip or the noise is silent, ParameterError for a range without extent
 */
export function* findFlip(
  network: Network,
  clip: Float32Array,
  noise: Float32Array,
  kernels: Kernels,
  range: FlipRange = defaultFlipRange,
): Generator<Progress & { readonly answer: NoisyAnswer }, Flip> {
  const { from, to, step, tolerance } = range;
  if (!(from > to && step > 0 && tolerance > 0)) {
    throw new ParameterError(
      'range',
      `The noise is to grow from ${from} dB to ${to} dB in steps of ${step} dB, to within ${tolerance} dB. The first ratio must be the higher one, and steps and tolerance above 0.`,
    );
  }
  noiseFactor(clip, noise);
  const scanned = Math.floor((from - to) / step) + 1;
  const total = 1 + scanned + Math.max(0, Math.ceil(Math.log2(step / tolerance)));
  let done = 0;
  const ask = (snr: number): NoisyAnswer => {
    const samples = snr === Number.POSITIVE_INFINITY ? clip : mixNoise(clip, noise, snr);
    const probabilities = classifyClip(network, tensor([samples.length], samples), kernels);
    done++;
    return { snr, probabilities, winner: probabilities.indexOf(Math.max(...probabilities)) };
  };

  const clean = ask(Number.POSITIVE_INFINITY);
  yield { done, total, answer: clean };
  let held = clean;
  let flipped: NoisyAnswer | undefined;
  for (let k = 0; k < scanned && !flipped; k++) {
    const answer = ask(from - k * step);
    yield { done, total, answer };
    if (answer.winner === clean.winner) held = answer;
    else flipped = answer;
  }
  while (flipped && held.snr < Number.POSITIVE_INFINITY && held.snr - flipped.snr > tolerance) {
    const answer = ask((held.snr + flipped.snr) / 2);
    yield { done, total, answer };
    if (answer.winner === clean.winner) held = answer;
    else flipped = answer;
  }
  return { clean, flipped, held };
}
