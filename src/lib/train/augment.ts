/**
 * Variations of an example that leave its class alone: other places in the second, loudness, rooms, speeds. Each is a
 * pure function of its input, a strength, and a source of random numbers. Bands are masked as in SpecAugment (Park et
 * al., 2019), pairs mixed as in mixup (Zhang et al., 2018), frequencies stretched as in vocal tract length
 * perturbation (Jaitly and Hinton, 2013), here linearly.
 */
import { type Random, shuffle } from '../random.ts';
import type { Tensor } from '../tensor.ts';
import { limitBand } from './band.ts';
import { cropNoise, type NoiseBank, rms } from './noise.ts';
import type { AugmentRecipe, Range } from './recipe.ts';

/** A number drawn evenly from a range. */
function evenly({ min, max }: Range, random: Random): number {
  return min + (max - min) * random.uniform();
}

/** A number drawn evenly on a logarithmic scale; both ends must be above zero. */
function logarithmically({ min, max }: Range, random: Random): number {
  return min * (max / min) ** random.uniform();
}

/**
 * The clip moved and played at another speed: output sample i is read at (i − c)·speed + c + shift, where c is the
 * middle, between two samples linearly. Zeros come from outside the clip.
 * @param speed 1 leaves the length; above 1 is faster, and higher
 * @param shift samples; positive moves the sound earlier
 */
export function moveAndStretch(samples: Float32Array, speed: number, shift: number): Float32Array {
  const n = samples.length;
  const out = new Float32Array(n);
  const middle = (n - 1) / 2;
  const begin = middle + shift - middle * speed;
  for (let i = 0; i < n; i++) {
    const position = begin + i * speed;
    const left = Math.floor(position);
    if (left < -1 || left >= n) continue;
    const share = position - left;
    const a = left >= 0 ? samples[left] : 0;
    const b = left + 1 < n ? samples[left + 1] : 0;
    out[i] = a + share * (b - a);
  }
  return out;
}

/** A clip moved in a circle, `shift` samples later, 0 to its length. */
export function roll(samples: Float32Array, shift: number): Float32Array {
  const out = new Float32Array(samples.length);
  out.set(samples.subarray(0, samples.length - shift), shift);
  out.set(samples.subarray(samples.length - shift));
  return out;
}

/** A clip as training hears it once: moved, stretched, limited to a band, with noise, louder or fainter. */
export function augmentWord(
  samples: Float32Array,
  sampleRate: number,
  recipe: AugmentRecipe,
  bank: NoiseBank,
  random: Random,
): Float32Array {
  let rolled = samples;
  if (recipe.roll) {
    const far = recipe.roll * (2 * random.uniform() - 1);
    rolled = roll(samples, Math.floor((far < 0 ? 1 + far : far) * samples.length));
  }
  const speed = 1 + recipe.speed * (2 * random.uniform() - 1);
  const shift = Math.round(recipe.shift * sampleRate * (2 * random.uniform() - 1));
  const out = moveAndStretch(rolled, speed, shift);
  if (recipe.band) limitBand(out, sampleRate, recipe.band, random);
  if (random.uniform() < recipe.noise.probability) {
    const snr = evenly(recipe.noise.snr, random);
    addScaled(out, cropNoise(bank, out.length, random), rms(out) * 10 ** (-snr / 20));
  }
  const gain = logarithmically(recipe.gain, random);
  for (let i = 0; i < out.length; i++) out[i] *= gain;
  if (recipe.fill && random.uniform() < recipe.fill.probability) {
    fillStill(out, sampleRate, logarithmically(recipe.fill.level, random), random);
  }
  if (random.uniform() < recipe.floor.probability) {
    addScaled(out, cropNoise(bank, out.length, random), logarithmically(recipe.floor.level, random));
  }
  return out;
}

/** Runs of equal samples from this long on count as still, in seconds. */
const STILL = 0.01;

/** Adds white noise wherever the samples stand still, in place. @param level RMS of the noise */
export function fillStill(samples: Float32Array, sampleRate: number, level: number, random: Random): void {
  const shortest = Math.ceil(STILL * sampleRate);
  for (let start = 0, end = 0; start < samples.length; start = end) {
    const value = samples[start];
    while (end < samples.length && samples[end] === value) end++;
    if (end - start < shortest) continue;
    for (let i = start; i < end; i++) samples[i] += level * random.normal();
  }
}

/** A stretch without a word: background noise at a random level, or exact zeros. */
export function makeSilence(
  samples: number,
  { level, zeros }: NonNullable<AugmentRecipe['silence']>,
  bank: NoiseBank,
  random: Random,
): Float32Array {
  const out = new Float32Array(samples);
  if (random.uniform() < zeros) return out;
  addScaled(out, cropNoise(bank, samples, random), logarithmically(level, random));
  return out;
}

function addScaled(target: Float32Array, noise: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * noise[i];
}

/**
 * A spectrogram with its frequencies stretched: band j is read at band j·factor, between two bands linearly; above the
 * last band its value is repeated.
 * @param spectrogram [time, frequency, 1]
 */
export function warpFrequency(spectrogram: Tensor, factor: number): Tensor {
  const [times, bands] = spectrogram.shape;
  const data = new Float32Array(spectrogram.data.length);
  const positions = Float64Array.from({ length: bands }, (_, j) => Math.min(j * factor, bands - 1));
  for (let t = 0; t < times; t++) {
    const row = spectrogram.data.subarray(t * bands, (t + 1) * bands);
    for (let j = 0; j < bands; j++) {
      const left = Math.floor(positions[j]);
      const share = positions[j] - left;
      data[t * bands + j] = row[left] + share * (row[Math.min(left + 1, bands - 1)] - row[left]);
    }
  }
  return { shape: spectrogram.shape, data };
}

/**
 * Sets random bands of a normalised picture to zero, which is its mean. Changes the picture.
 * @param picture [time, frequency, channels]
 */
export function maskBands(
  picture: Tensor,
  { timeMasks, frequencyMasks }: Pick<AugmentRecipe, 'timeMasks' | 'frequencyMasks'>,
  random: Random,
): void {
  const [height, width, channels] = picture.shape;
  for (let i = 0; i < timeMasks.count; i++) {
    const { start, end } = drawBand(height, timeMasks.width, random);
    picture.data.fill(0, start * width * channels, end * width * channels);
  }
  for (let i = 0; i < frequencyMasks.count; i++) {
    const { start, end } = drawBand(width, frequencyMasks.width, random);
    for (let t = 0; t < height; t++) {
      picture.data.fill(0, (t * width + start) * channels, (t * width + end) * channels);
    }
  }
}

function drawBand(length: number, widest: number, random: Random): { start: number; end: number } {
  const width = random.integer(Math.min(widest, length) + 1);
  const start = random.integer(length - width + 1);
  return { start, end: start + width };
}

/**
 * Mixes the examples of a batch in pairs, pictures and targets with the same shares: x[i] ← λ·x[i] + (1 − λ)·x[p(i)],
 * with λ of Beta(α, α), taken from the larger half, and p a random order. Changes both tensors.
 */
export function mixPairs(pictures: Tensor, targets: Tensor, alpha: number, random: Random): void {
  const n = pictures.shape[0];
  const order = Array.from({ length: n }, (_, index) => index);
  shuffle(order, random);
  const shares = order.map(() => drawBeta(alpha, random)).map((share) => Math.max(share, 1 - share));
  for (const { data } of [pictures, targets]) {
    const size = data.length / n;
    const before = data.slice();
    for (let i = 0; i < n; i++) {
      const from = order[i] * size;
      for (let k = 0; k < size; k++) {
        data[i * size + k] = shares[i] * before[i * size + k] + (1 - shares[i]) * before[from + k];
      }
    }
  }
}

/** A number of the distribution Beta(α, α), by Jöhnk's method (1964): meant for α up to about 2. */
function drawBeta(alpha: number, random: Random): number {
  for (;;) {
    const a = random.uniform() ** (1 / alpha);
    const b = random.uniform() ** (1 / alpha);
    if (a + b > 0 && a + b <= 1) return a / (a + b);
  }
}
