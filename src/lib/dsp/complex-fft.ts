/**
 * The fast Fourier transform of complex numbers, of any length: Z[k] = Σ z[t]·exp(−2πi·kt/n). Powers of two go by
 * steps of four, and one of eight (J. W. Cooley and J. W. Tukey, Math. Comp. 19, 1965), every other length by
 * Bluestein's convolution with a chirp (L. I. Bluestein, IEEE Trans. Audio Electroacoust. 18(4), 1970). Complex numbers
 * lie in one array in double precision, each real part followed by its imaginary part.
 */
export interface ComplexFft {
  /** Transforms n complex numbers of `from` (2n entries) into `to`, another array. */
  transform(from: Float64Array, to: Float64Array): void;
}

/** Tables and buffers for one length, made once; `transform` allocates nothing. size: a whole number >= 1. */
export function createComplexFft(size: number): ComplexFft {
  return Number.isInteger(Math.log2(size)) ? powerOfTwo(size) : bluestein(size);
}

/**
 * Decimation in time. Inputs are read in bit-reversed order by a first step that transforms eight or four at a time;
 * then blocks are joined four by four. Bit reversal leaves the four parts of a block in the order 0, 2, 1, 3.
 */
function powerOfTwo(size: number): ComplexFft {
  if (size === 1) return { transform: copyOne };
  if (size === 2) return { transform: transformTwo };
  const order = bitReversed(size);
  const first = Math.log2(size) % 2 === 1 ? 8 : 4;
  const firstStep = first === 8 ? eights : fours;
  const steps: { length: number; twiddles: Float64Array }[] = [];
  for (let length = first; length < size; length *= 4) steps.push({ length, twiddles: radix4Twiddles(length) });
  return {
    transform(from, to) {
      firstStep(order, from, to);
      for (let s = 0; s < steps.length; s++) joinFours(steps[s].length, steps[s].twiddles, to, size);
    },
  };
}

function copyOne(from: Float64Array, to: Float64Array): void {
  to[0] = from[0];
  to[1] = from[1];
}

function transformTwo(from: Float64Array, to: Float64Array): void {
  to[0] = from[0] + from[2];
  to[1] = from[1] + from[3];
  to[2] = from[0] - from[2];
  to[3] = from[1] - from[3];
}

/** The places in the array of the numbers in bit-reversed order: twice their indices. */
function bitReversed(size: number): Int32Array {
  const order = new Int32Array(size);
  for (let i = 1; i < size; i++) order[i] = (order[i >> 1] >> 1) | (i & 1 ? size : 0);
  return order;
}

/** exp(−2πi·j/4L) to the powers 1, 2, 3, for j from 0 to L − 1: six entries each. */
function radix4Twiddles(length: number): Float64Array {
  const twiddles = new Float64Array(6 * length);
  for (let j = 0; j < length; j++) {
    for (let power = 1; power <= 3; power++) {
      const angle = (-2 * Math.PI * j * power) / (4 * length);
      twiddles[6 * j + 2 * power - 2] = Math.cos(angle);
      twiddles[6 * j + 2 * power - 1] = Math.sin(angle);
    }
  }
  return twiddles;
}

function fours(order: Int32Array, from: Float64Array, to: Float64Array): void {
  const size = order.length;
  for (let i = 0; i < size; i += 4) {
    const t0 = order[i];
    const t2 = order[i + 1];
    const t1 = order[i + 2];
    const t3 = order[i + 3];
    const x0Re = from[t0];
    const x0Im = from[t0 + 1];
    const x1Re = from[t1];
    const x1Im = from[t1 + 1];
    const x2Re = from[t2];
    const x2Im = from[t2 + 1];
    const x3Re = from[t3];
    const x3Im = from[t3 + 1];
    const sumRe = x0Re + x2Re;
    const sumIm = x0Im + x2Im;
    const differenceRe = x0Re - x2Re;
    const differenceIm = x0Im - x2Im;
    const oddSumRe = x1Re + x3Re;
    const oddSumIm = x1Im + x3Im;
    const oddDifferenceRe = x1Re - x3Re;
    const oddDifferenceIm = x1Im - x3Im;
    const o = 2 * i;
    to[o] = sumRe + oddSumRe;
    to[o + 1] = sumIm + oddSumIm;
    to[o + 2] = differenceRe + oddDifferenceIm;
    to[o + 3] = differenceIm - oddDifferenceRe;
    to[o + 4] = sumRe - oddSumRe;
    to[o + 5] = sumIm - oddSumIm;
    to[o + 6] = differenceRe - oddDifferenceIm;
    to[o + 7] = differenceIm + oddDifferenceRe;
  }
}

/** Transforms of eight: one of the four even inputs (e), one of the four odd ones (o), and their sums and differences. */
function eights(order: Int32Array, from: Float64Array, to: Float64Array): void {
  const size = order.length;
  for (let i = 0; i < size; i += 8) {
    const t0 = order[i];
    const t4 = order[i + 1];
    const t2 = order[i + 2];
    const t6 = order[i + 3];
    const x0Re = from[t0];
    const x0Im = from[t0 + 1];
    const x4Re = from[t4];
    const x4Im = from[t4 + 1];
    const x2Re = from[t2];
    const x2Im = from[t2 + 1];
    const x6Re = from[t6];
    const x6Im = from[t6 + 1];
    const sum04Re = x0Re + x4Re;
    const sum04Im = x0Im + x4Im;
    const difference04Re = x0Re - x4Re;
    const difference04Im = x0Im - x4Im;
    const sum26Re = x2Re + x6Re;
    const sum26Im = x2Im + x6Im;
    const difference26Re = x2Re - x6Re;
    const difference26Im = x2Im - x6Im;
    const e0Re = sum04Re + sum26Re;
    const e0Im = sum04Im + sum26Im;
    const e1Re = difference04Re + difference26Im;
    const e1Im = difference04Im - difference26Re;
    const e2Re = sum04Re - sum26Re;
    const e2Im = sum04Im - sum26Im;
    const e3Re = difference04Re - difference26Im;
    const e3Im = difference04Im + difference26Re;

    const t1 = order[i + 4];
    const t5 = order[i + 5];
    const t3 = order[i + 6];
    const t7 = order[i + 7];
    const x1Re = from[t1];
    const x1Im = from[t1 + 1];
    const x5Re = from[t5];
    const x5Im = from[t5 + 1];
    const x3Re = from[t3];
    const x3Im = from[t3 + 1];
    const x7Re = from[t7];
    const x7Im = from[t7 + 1];
    const sum15Re = x1Re + x5Re;
    const sum15Im = x1Im + x5Im;
    const difference15Re = x1Re - x5Re;
    const difference15Im = x1Im - x5Im;
    const sum37Re = x3Re + x7Re;
    const sum37Im = x3Im + x7Im;
    const difference37Re = x3Re - x7Re;
    const difference37Im = x3Im - x7Im;
    const o1Re = difference15Re + difference37Im;
    const o1Im = difference15Im - difference37Re;
    const o3Re = difference15Re - difference37Im;
    const o3Im = difference15Im + difference37Re;
    // The odd half is turned by exp(−2πi·k/8) for k = 0, 1, 2, 3.
    const turned0Re = sum15Re + sum37Re;
    const turned0Im = sum15Im + sum37Im;
    const turned1Re = (o1Re + o1Im) * Math.SQRT1_2;
    const turned1Im = (o1Im - o1Re) * Math.SQRT1_2;
    const turned2Re = sum15Im - sum37Im;
    const turned2Im = sum37Re - sum15Re;
    const turned3Re = (o3Im - o3Re) * Math.SQRT1_2;
    const turned3Im = -(o3Re + o3Im) * Math.SQRT1_2;

    const o = 2 * i;
    to[o] = e0Re + turned0Re;
    to[o + 1] = e0Im + turned0Im;
    to[o + 2] = e1Re + turned1Re;
    to[o + 3] = e1Im + turned1Im;
    to[o + 4] = e2Re + turned2Re;
    to[o + 5] = e2Im + turned2Im;
    to[o + 6] = e3Re + turned3Re;
    to[o + 7] = e3Im + turned3Im;
    to[o + 8] = e0Re - turned0Re;
    to[o + 9] = e0Im - turned0Im;
    to[o + 10] = e1Re - turned1Re;
    to[o + 11] = e1Im - turned1Im;
    to[o + 12] = e2Re - turned2Re;
    to[o + 13] = e2Im - turned2Im;
    to[o + 14] = e3Re - turned3Re;
    to[o + 15] = e3Im - turned3Im;
  }
}

/** Joins every four neighbouring transforms of `length` numbers into one of 4·length, in place. */
function joinFours(length: number, twiddles: Float64Array, z: Float64Array, size: number): void {
  const part = 2 * length;
  for (let j = 0; j < length; j++) {
    const w1Re = twiddles[6 * j];
    const w1Im = twiddles[6 * j + 1];
    const w2Re = twiddles[6 * j + 2];
    const w2Im = twiddles[6 * j + 3];
    const w3Re = twiddles[6 * j + 4];
    const w3Im = twiddles[6 * j + 5];
    for (let i0 = 2 * j; i0 < 2 * size; i0 += 4 * part) {
      const i2 = i0 + part;
      const i1 = i2 + part;
      const i3 = i1 + part;
      const aRe = z[i0];
      const aIm = z[i0 + 1];
      const x1Re = z[i1];
      const x1Im = z[i1 + 1];
      const x2Re = z[i2];
      const x2Im = z[i2 + 1];
      const x3Re = z[i3];
      const x3Im = z[i3 + 1];
      const bRe = x1Re * w1Re - x1Im * w1Im;
      const bIm = x1Re * w1Im + x1Im * w1Re;
      const cRe = x2Re * w2Re - x2Im * w2Im;
      const cIm = x2Re * w2Im + x2Im * w2Re;
      const dRe = x3Re * w3Re - x3Im * w3Im;
      const dIm = x3Re * w3Im + x3Im * w3Re;
      const sumRe = aRe + cRe;
      const sumIm = aIm + cIm;
      const differenceRe = aRe - cRe;
      const differenceIm = aIm - cIm;
      const oddSumRe = bRe + dRe;
      const oddSumIm = bIm + dIm;
      const oddDifferenceRe = bRe - dRe;
      const oddDifferenceIm = bIm - dIm;
      z[i0] = sumRe + oddSumRe;
      z[i0 + 1] = sumIm + oddSumIm;
      z[i2] = differenceRe + oddDifferenceIm;
      z[i2 + 1] = differenceIm - oddDifferenceRe;
      z[i1] = sumRe - oddSumRe;
      z[i1 + 1] = sumIm - oddSumIm;
      z[i3] = differenceRe - oddDifferenceIm;
      z[i3 + 1] = differenceIm + oddDifferenceRe;
    }
  }
}

/**
 * With kt = (k² + t² − (k − t)²)/2 and the chirp c[t] = exp(−πi·t²/n), Z[k] = c[k] · Σ (z[t]·c[t]) · conj(c[k − t]): a
 * convolution, done by transforms of a power of two that is at least 2n − 1.
 */
function bluestein(size: number): ComplexFft {
  const length = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const inner = powerOfTwo(length);
  const chirp = new Float64Array(2 * size);
  const a = new Float64Array(2 * length);
  const b = new Float64Array(2 * length);
  const filter = new Float64Array(2 * length);
  for (let t = 0; t < size; t++) {
    const angle = (-Math.PI * ((t * t) % (2 * size))) / size;
    chirp[2 * t] = Math.cos(angle);
    chirp[2 * t + 1] = Math.sin(angle);
    const mirrored = (length - t) % length;
    a[2 * t] = a[2 * mirrored] = chirp[2 * t] / length;
    a[2 * t + 1] = a[2 * mirrored + 1] = -chirp[2 * t + 1] / length;
  }
  inner.transform(a, filter);
  return {
    transform(from, to) {
      a.fill(0, 2 * size);
      multiply(from, chirp, a, size);
      inner.transform(a, b);
      multiply(b, filter, b, length);
      // The inverse transform is the conjugate of the transform of the conjugate.
      conjugate(b);
      inner.transform(b, a);
      conjugate(a);
      multiply(a, chirp, to, size);
    },
  };
}

/** The products of two lists of complex numbers, which may overwrite one of them. */
function multiply(a: Float64Array, b: Float64Array, product: Float64Array, count: number): void {
  for (let i = 0; i < 2 * count; i += 2) {
    const real = a[i] * b[i] - a[i + 1] * b[i + 1];
    const imaginary = a[i] * b[i + 1] + a[i + 1] * b[i];
    product[i] = real;
    product[i + 1] = imaginary;
  }
}

function conjugate(z: Float64Array): void {
  for (let i = 1; i < z.length; i += 2) z[i] = -z[i];
}
