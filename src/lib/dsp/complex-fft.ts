/**
 * The fast Fourier transform of complex numbers, of any length: Z[k] = Σ z[t]·exp(−2πi·kt/n). Powers of two go by
 * radix-4 steps (J. W. Cooley and J. W. Tukey, Math. Comp. 19, 1965), every other length by Bluestein's convolution with
 * a chirp (L. I. Bluestein, IEEE Trans. Audio Electroacoust. 18(4), 1970). Real and imaginary parts lie in arrays of
 * their own, in double precision.
 */
export interface ComplexFft {
  readonly size: number;
  /**
   * Transforms `size` numbers of the first pair of arrays into the second pair, which must not be the first. For the
   * inverse, times `size`, swap real and imaginary in both pairs.
   */
  transform(re: Float64Array, im: Float64Array, outRe: Float64Array, outIm: Float64Array): void;
}

/** Tables and buffers for one length, made once; `transform` allocates nothing. size: a whole number >= 1. */
export function createComplexFft(size: number): ComplexFft {
  return Number.isInteger(Math.log2(size)) ? powerOfTwo(size) : bluestein(size);
}

/**
 * Decimation in time. Inputs are read in bit-reversed order; then blocks of transforms are joined four at a time, after
 * one step that joins two where log2(n) is odd. Bit reversal leaves the four parts of a block in the order 0, 2, 1, 3.
 */
function powerOfTwo(size: number): ComplexFft {
  const order = bitReversed(size);
  const pairsFirst = Math.log2(size) % 2 === 1;
  const steps: { length: number; twiddles: Float64Array }[] = [];
  for (let length = pairsFirst ? 2 : 4; length < size; length *= 4) {
    steps.push({ length, twiddles: radix4Twiddles(length) });
  }
  return {
    size,
    transform(re, im, outRe, outIm) {
      if (size === 1) {
        outRe[0] = re[0];
        outIm[0] = im[0];
      } else if (pairsFirst) {
        firstPairs(order, re, im, outRe, outIm);
      } else {
        firstFours(order, re, im, outRe, outIm);
      }
      for (const { length, twiddles } of steps) joinFours(length, twiddles, outRe, outIm, size);
    },
  };
}

function bitReversed(size: number): Int32Array {
  const order = new Int32Array(size);
  for (let i = 1; i < size; i++) order[i] = (order[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0);
  return order;
}

/** exp(−2πi·j/4L) to the powers 1, 2, 3, for j from 0 to L − 1: six numbers each. */
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

function firstPairs(
  order: Int32Array,
  re: Float64Array,
  im: Float64Array,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  for (let i = 0; i < order.length; i += 2) {
    const a = order[i];
    const b = order[i + 1];
    outRe[i] = re[a] + re[b];
    outIm[i] = im[a] + im[b];
    outRe[i + 1] = re[a] - re[b];
    outIm[i + 1] = im[a] - im[b];
  }
}

function firstFours(
  order: Int32Array,
  re: Float64Array,
  im: Float64Array,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  for (let i = 0; i < order.length; i += 4) {
    const a = order[i];
    const c = order[i + 1];
    const b = order[i + 2];
    const d = order[i + 3];
    const sumRe = re[a] + re[c];
    const sumIm = im[a] + im[c];
    const differenceRe = re[a] - re[c];
    const differenceIm = im[a] - im[c];
    const oddSumRe = re[b] + re[d];
    const oddSumIm = im[b] + im[d];
    const oddDifferenceRe = re[b] - re[d];
    const oddDifferenceIm = im[b] - im[d];
    outRe[i] = sumRe + oddSumRe;
    outIm[i] = sumIm + oddSumIm;
    outRe[i + 1] = differenceRe + oddDifferenceIm;
    outIm[i + 1] = differenceIm - oddDifferenceRe;
    outRe[i + 2] = sumRe - oddSumRe;
    outIm[i + 2] = sumIm - oddSumIm;
    outRe[i + 3] = differenceRe - oddDifferenceIm;
    outIm[i + 3] = differenceIm + oddDifferenceRe;
  }
}

/** Joins every four neighbouring transforms of `length` numbers into one of 4·length, in place. */
function joinFours(length: number, twiddles: Float64Array, re: Float64Array, im: Float64Array, size: number): void {
  const block = 4 * length;
  for (let start = 0; start < size; start += block) {
    for (let j = 0, w = 0; j < length; j++, w += 6) {
      const i0 = start + j;
      const i2 = i0 + length;
      const i1 = i2 + length;
      const i3 = i1 + length;
      const aRe = re[i0];
      const aIm = im[i0];
      const bRe = re[i1] * twiddles[w] - im[i1] * twiddles[w + 1];
      const bIm = re[i1] * twiddles[w + 1] + im[i1] * twiddles[w];
      const cRe = re[i2] * twiddles[w + 2] - im[i2] * twiddles[w + 3];
      const cIm = re[i2] * twiddles[w + 3] + im[i2] * twiddles[w + 2];
      const dRe = re[i3] * twiddles[w + 4] - im[i3] * twiddles[w + 5];
      const dIm = re[i3] * twiddles[w + 5] + im[i3] * twiddles[w + 4];
      const sumRe = aRe + cRe;
      const sumIm = aIm + cIm;
      const differenceRe = aRe - cRe;
      const differenceIm = aIm - cIm;
      const oddSumRe = bRe + dRe;
      const oddSumIm = bIm + dIm;
      const oddDifferenceRe = bRe - dRe;
      const oddDifferenceIm = bIm - dIm;
      re[i0] = sumRe + oddSumRe;
      im[i0] = sumIm + oddSumIm;
      re[i2] = differenceRe + oddDifferenceIm;
      im[i2] = differenceIm - oddDifferenceRe;
      re[i1] = sumRe - oddSumRe;
      im[i1] = sumIm - oddSumIm;
      re[i3] = differenceRe - oddDifferenceIm;
      im[i3] = differenceIm + oddDifferenceRe;
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
  const chirpRe = new Float64Array(size);
  const chirpIm = new Float64Array(size);
  for (let t = 0; t < size; t++) {
    const angle = (-Math.PI * ((t * t) % (2 * size))) / size;
    chirpRe[t] = Math.cos(angle);
    chirpIm[t] = Math.sin(angle);
  }
  const aRe = new Float64Array(length);
  const aIm = new Float64Array(length);
  const bRe = new Float64Array(length);
  const bIm = new Float64Array(length);
  for (let t = 0; t < size; t++) {
    const mirrored = (length - t) % length;
    aRe[t] = aRe[mirrored] = chirpRe[t] / length;
    aIm[t] = aIm[mirrored] = -chirpIm[t] / length;
  }
  const filterRe = new Float64Array(length);
  const filterIm = new Float64Array(length);
  inner.transform(aRe, aIm, filterRe, filterIm);
  return {
    size,
    transform(re, im, outRe, outIm) {
      aRe.fill(0, size);
      aIm.fill(0, size);
      for (let t = 0; t < size; t++) {
        aRe[t] = re[t] * chirpRe[t] - im[t] * chirpIm[t];
        aIm[t] = re[t] * chirpIm[t] + im[t] * chirpRe[t];
      }
      inner.transform(aRe, aIm, bRe, bIm);
      for (let k = 0; k < length; k++) {
        const productRe = bRe[k] * filterRe[k] - bIm[k] * filterIm[k];
        bIm[k] = bRe[k] * filterIm[k] + bIm[k] * filterRe[k];
        bRe[k] = productRe;
      }
      inner.transform(bIm, bRe, aIm, aRe);
      for (let k = 0; k < size; k++) {
        outRe[k] = aRe[k] * chirpRe[k] - aIm[k] * chirpIm[k];
        outIm[k] = aRe[k] * chirpIm[k] + aIm[k] * chirpRe[k];
      }
    },
  };
}
