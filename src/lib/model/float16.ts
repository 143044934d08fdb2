/**
 * Half precision (IEEE 754 binary16): one sign bit, five exponent bits, ten of fraction. Weights are stored so where the
 * network's answers stay the same: half the bytes to wait for. Rounding is to nearest, ties to even.
 */
const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** The binary16 nearest to a number, as 16 bits. Above 65,504 it becomes infinite; below 2^−25 zero. */
export function toFloat16(value: number): number {
  scratch[0] = value;
  const x = bits[0];
  const sign = (x >>> 16) & 0x8000;
  const exponent = (x >>> 23) & 0xff;
  const fraction = x & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0);
  const e = exponent - 112;
  if (e >= 31) return sign | 0x7c00;
  if (e <= 0) {
    if (e < -10) return sign;
    return sign | roundShift(fraction | 0x800000, 14 - e);
  }
  return sign + roundShift((e << 23) | fraction, 13);
}

/** Shifts right, rounding to nearest, ties to even. A carry runs on into the exponent, as it should. */
function roundShift(x: number, by: number): number {
  const half = 1 << (by - 1);
  const rest = x & ((1 << by) - 1);
  const kept = x >>> by;
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept;
}

/** The number that 16 bits of binary16 stand for. */
export function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
