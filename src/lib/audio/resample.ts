/**
 * Changing the sample rate, with one filter for page, trainer and commands: a sinc windowed by a Kaiser window, evaluated
 * as a polyphase filter (Crochiere and Rabiner, Multirate Digital Signal Processing, 1983; the formulas for the Kaiser
 * window are those of Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.6).
 *
 * With F the lower of the two Nyquist frequencies (half the lower rate):
 * - passband: 0 to 0.9 F, flat within 0.001 dB;
 * - stopband: from F on, at least 84 dB down, aliases and images alike;
 * - no delay: output sample m stands at the time m / to, exactly where it stood in the input;
 * - length: ceil(n · to / from) samples from n, like scipy.signal.resample_poly;
 * - outside the recording there is silence, so the first and last 3 to 4 ms (at 16 kHz) fade against zeros.
 *
 *     y[m] = Σ_k x[k] · h(m · from / to − k)
 *     h(d) = c · sinc(c · d) · I0(β √(1 − (d/H)²)) / I0(β)   for |d| <= H, d in input samples
 *
 * with c the cutoff as a share of the input's Nyquist frequency. The taps of a phase are scaled to sum to 1, so that a
 * constant stays that constant.
 */
import { ParameterError } from '../errors.ts';
import type { Clip } from './clip.ts';

/** Attenuation of the stopband that the Kaiser window is designed for, dB. */
const attenuation = 86;
/** Where the passband ends and where the stopband begins, as shares of the lower Nyquist frequency. */
const passbandEdge = 0.9;
const stopbandEdge = 1;
/** Kaiser's formula for β when the attenuation exceeds 50 dB. */
const beta = 0.1102 * (attenuation - 8.7);
/** Kaiser's formula for the length: how many samples of the lower rate the filter reaches to either side. */
const reach = (attenuation - 7.95) / (2.285 * Math.PI * (stopbandEdge - passbandEdge)) / 2;
/** Ratios with more phases than this share a table of so many phases, and phases between are interpolated linearly. */
const maximumPhases = 1280;

/** The input is worked through in pieces of so many samples, however long the blocks are. */
const samplesAtATime = 8192;

/** The taps of every phase of one ratio. */
interface PolyphaseFilter {
  /** Taps a phase, an even number: inputs from half − 1 before the output's place to half after it. */
  readonly width: number;
  /** How many phases divide the step from one input sample to the next. */
  readonly phases: number;
  /** Row-major, [phases + 1, width]: the row `phase` holds h(phase / phases − j) for j from 1 − width/2 to width/2. */
  readonly taps: Float64Array;
}

/** Turns blocks of input samples into blocks of output samples; the joined output is that of `resample`, bit for bit. */
export interface Resampler {
  readonly from: number;
  readonly to: number;
  /** The output samples that are certain after this block. */
  push(block: Float32Array): Float32Array;
  /** The rest, with silence after the last input. The resampler can then start afresh. */
  flush(): Float32Array;
}

/**
 * A resampler from one whole rate to another, Hz.
 * @throws ParameterError if a rate is not a whole number from 1
 */
export function createResampler(from: number, to: number): Resampler {
  checkRate('from', from);
  checkRate('to', to);
  if (from === to) return { from, to, push: (block) => block.slice(), flush: () => new Float32Array(0) };
  const divisor = greatestCommonDivisor(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const filter = polyphaseFilter(up, down);
  const half = filter.width / 2;
  // A stretch of the input, from sample number `first` on; before the recording there is silence.
  const work = new Float64Array(2 * filter.width + Math.ceil(down / up) + samplesAtATime);
  let held = 0;
  let first = 0;
  let received = 0;
  let produced = 0;
  restart();

  function restart(): void {
    work.fill(0);
    held = half - 1;
    first = 1 - half;
    received = 0;
    produced = 0;
  }

  /** Adds a piece to the input and writes all outputs before number `end` that it makes certain. */
  function feed(piece: Float32Array, end: number, output: Float32Array, offset: number): void {
    work.set(piece, held);
    held += piece.length;
    received += piece.length;
    // Output m reads inputs up to floor(m · down / up) + half, so it is certain while that is < received.
    const certain = Math.min(end, Math.ceil(((received - half) * up) / down));
    for (; produced < certain; produced++) {
      const place = produced * down;
      const centre = Math.floor(place / up);
      const start = centre - half + 1 - first;
      const phase = ((place - centre * up) * filter.phases) / up;
      const row = Math.floor(phase);
      const share = phase - row;
      let value = weigh(filter, row, work, start);
      if (share > 0) value += share * (weigh(filter, row + 1, work, start) - value);
      output[produced - offset] = value;
    }
    // What no later output reads is dropped.
    const drop = Math.min(Math.max(0, Math.floor((produced * down) / up) - half + 1 - first), held);
    work.copyWithin(0, drop, held);
    held -= drop;
    first += drop;
  }

  return {
    from,
    to,
    push(block) {
      const offset = produced;
      const end = Math.ceil(((received + block.length - half) * up) / down);
      const output = new Float32Array(Math.max(0, end - offset));
      for (let at = 0; at < block.length; at += samplesAtATime) {
        feed(block.subarray(at, at + samplesAtATime), end, output, offset);
      }
      return output;
    },
    flush() {
      const offset = produced;
      const end = Math.ceil((received * up) / down);
      const output = new Float32Array(end - offset);
      feed(new Float32Array(half), end, output, offset);
      restart();
      return output;
    },
  };
}

/**
 * The samples at another rate: [n] to [ceil(n · to / from)]. Equal rates give a copy.
 * @throws ParameterError if a rate is not a whole number from 1
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  const resampler = createResampler(from, to);
  const head = resampler.push(samples);
  const tail = resampler.flush();
  const output = new Float32Array(head.length + tail.length);
  output.set(head);
  output.set(tail, head.length);
  return output;
}

/** The clip at another rate; the same clip if it has that rate already. */
export function resampleClip(clip: Clip, sampleRate: number): Clip {
  if (clip.sampleRate === sampleRate) return clip;
  return { samples: resample(clip.samples, clip.sampleRate, sampleRate), sampleRate };
}

/** Σ taps[row, i] · input[start + i] over one phase, in two sums so that a processor can overlap them. */
function weigh(filter: PolyphaseFilter, row: number, input: Float64Array, start: number): number {
  const { taps, width } = filter;
  const first = row * width;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < width; i += 2) {
    even += taps[first + i] * input[start + i];
    odd += taps[first + i + 1] * input[start + i + 1];
  }
  return even + odd;
}

const filters = new Map<string, PolyphaseFilter>();
const keptFilters = 16;

/** The filter for up/down in lowest terms, from the cache if it was used lately. */
function polyphaseFilter(up: number, down: number): PolyphaseFilter {
  const key = `${up}/${down}`;
  const known = filters.get(key) ?? designFilter(up, down);
  filters.delete(key);
  filters.set(key, known);
  for (const oldest of filters.keys()) {
    if (filters.size <= keptFilters) break;
    filters.delete(oldest);
  }
  return known;
}

function designFilter(up: number, down: number): PolyphaseFilter {
  // How much wider the filter is than at equal rates, and so how much less finely its phases need to be told apart.
  const widening = Math.max(1, down / up);
  const phases = up <= maximumPhases ? up : Math.ceil(maximumPhases / widening);
  const reachIn = reach * widening;
  const half = Math.ceil(reachIn);
  const width = 2 * half;
  const cutoff = (passbandEdge + stopbandEdge) / 2 / widening;
  const taps = new Float64Array((phases + 1) * width);
  for (let phase = 0; phase <= phases; phase++) {
    const row = taps.subarray(phase * width, (phase + 1) * width);
    let sum = 0;
    for (let i = 0; i < width; i++) {
      const distance = phase / phases - (i - half + 1);
      row[i] = windowedSinc(distance, cutoff, reachIn);
      sum += row[i];
    }
    for (let i = 0; i < width; i++) row[i] /= sum;
  }
  return { width, phases, taps };
}

function windowedSinc(distance: number, cutoff: number, reachIn: number): number {
  const relative = distance / reachIn;
  if (Math.abs(relative) > 1) return 0;
  const angle = Math.PI * cutoff * distance;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  return sinc * besselI0(beta * Math.sqrt(1 - relative * relative));
}

/** The modified Bessel function of the first kind and order 0, by its power series Σ ((x/2)^k / k!)². */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function checkRate(parameter: string, rate: number): void {
  if (!Number.isInteger(rate) || rate < 1) {
    throw new ParameterError(parameter, `${rate} is not a sample rate. Give a whole number of samples a second.`);
  }
}
