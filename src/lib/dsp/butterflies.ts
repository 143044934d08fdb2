/**
 * The fast Fourier transform laid open, for a figure: decimation in time by twos (J. W. Cooley and J. W. Tukey, Math.
 * Comp. 19, 1965). The samples are taken in bit-reversed order; then, stage by stage, two transforms of half the length
 * are joined into one: E[k] + w·O[k] and E[k] − w·O[k], with w = exp(−2πi·k/span). Such a pair of sums is a butterfly.
 * `complex-fft.ts` gives the same numbers, by longer and faster steps.
 */
import { ParameterError } from '../errors.ts';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export interface Butterfly {
  /** The lines that it reads and writes, the upper one first. */
  readonly lines: readonly [number, number];
  /** exp(−2πi·k/span): what the lower input is multiplied by. */
  readonly twiddle: Complex;
  /** The k of the twiddle factor. */
  readonly k: number;
  readonly inputs: readonly [Complex, Complex];
  /** twiddle · the lower input */
  readonly product: Complex;
  /** upper + product, upper − product */
  readonly outputs: readonly [Complex, Complex];
}

export interface Stage {
  /** The length of the transforms that it makes: 2, 4, … n. */
  readonly span: number;
  /** n/2 of them, from the top. */
  readonly butterflies: readonly Butterfly[];
}

export interface OpenFft {
  /** Line i starts with sample order[i]. */
  readonly order: readonly number[];
  readonly stages: readonly Stage[];
  /** X[0] … X[n − 1], line by line. */
  readonly output: readonly Complex[];
}

/**
 * @param samples a power of two of them
 * @throws ParameterError for another number of samples
 */
export function openFft(samples: ArrayLike<number>): OpenFft {
  const n = samples.length;
  checkPowerOfTwo(n);
  const order = bitReversed(n);
  let lines: readonly Complex[] = order.map((from) => ({ re: samples[from], im: 0 }));
  const stages: Stage[] = [];
  for (let span = 2; span <= n; span *= 2) {
    const stage = { span, butterflies: butterfliesOf(lines, span) };
    const next = [...lines];
    for (const { lines: pair, outputs } of stage.butterflies) {
      next[pair[0]] = outputs[0];
      next[pair[1]] = outputs[1];
    }
    lines = next;
    stages.push(stage);
  }
  return { order, stages, output: lines };
}

/**
 * How many complex multiplications the transform of n numbers takes: n² by its definition, n/2 in each of log2 n stages
 * by butterflies. Those by 1 are counted too, in both.
 * @throws ParameterError where n is no power of two
 */
export function multiplications(n: number): { readonly naive: number; readonly fft: number } {
  checkPowerOfTwo(n);
  return { naive: n * n, fft: (n / 2) * Math.log2(n) };
}

function butterfliesOf(lines: readonly Complex[], span: number): Butterfly[] {
  const half = span / 2;
  const found: Butterfly[] = [];
  for (let start = 0; start < lines.length; start += span) {
    for (let k = 0; k < half; k++) {
      const upper = lines[start + k];
      const lower = lines[start + half + k];
      const twiddle = twiddleFactor(k, span);
      const product = {
        re: twiddle.re * lower.re - twiddle.im * lower.im,
        im: twiddle.re * lower.im + twiddle.im * lower.re,
      };
      found.push({
        lines: [start + k, start + half + k],
        twiddle,
        k,
        inputs: [upper, lower],
        product,
        outputs: [
          { re: upper.re + product.re, im: upper.im + product.im },
          { re: upper.re - product.re, im: upper.im - product.im },
        ],
      });
    }
  }
  return found;
}

/** exp(−2πi·k/span) for k < span/2; a quarter turn is exactly −i. */
function twiddleFactor(k: number, span: number): Complex {
  if (k === 0) return { re: 1, im: 0 };
  if (4 * k === span) return { re: 0, im: -1 };
  const angle = (2 * Math.PI * k) / span;
  return { re: Math.cos(angle), im: -Math.sin(angle) };
}

/** The numbers 0 … n − 1, each read with its binary digits from behind. */
function bitReversed(n: number): number[] {
  const order = [0];
  for (let half = n / 2; half >= 1; half /= 2) order.push(...order.map((index) => index + half));
  return order;
}

function checkPowerOfTwo(n: number): void {
  if (!Number.isInteger(Math.log2(n)) || n < 1) {
    throw new ParameterError('n', `An FFT by twos cannot have ${n} points. Choose a power of two: 2, 4, 8, 16, …`);
  }
}
