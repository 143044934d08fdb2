// What batch normalisation does to data [places, channels], channel by channel. `channels` is a multiple of 4: four of
// them are taken at a time, down a block of places that stays in the first cache, so that what belongs to them stays in
// registers.
import { madd } from './rows';

/** Places in a block. Sums of single precision are that long at most; blocks are added up in double precision. */
const BLOCK: i32 = 64;

// @ts-ignore: decorator
@inline
function bytes(numbers: i32): usize {
  return <usize>numbers << 2;
}

// @ts-ignore: decorator
@inline
function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
}

/** sum + value², of double precision. */
// @ts-ignore: decorator
@inline
function addSquare(sum: v128, value: v128): v128 {
  if (isDefined(RELAXED)) return f64x2.relaxed_madd(value, value, sum);
  return f64x2.add(sum, f64x2.mul(value, value));
}

/** The four sums at `to`, of double precision, += low and high. */
// @ts-ignore: decorator
@inline
function add(to: usize, lower: v128, upper: v128): void {
  v128.store(to, f64x2.add(v128.load(to), lower));
  v128.store(to, f64x2.add(v128.load(to, 16), upper), 16);
}

/**
 * sums[c] += Σ (x − origin), squares[c] += Σ (x − origin)². Where the origin is an outlier, little is left of these sums
 * in the variance: they are of double precision throughout.
 */
export function addMoments(x: usize, places: i32, channels: i32, origins: usize, sums: usize, squares: usize): void {
  const row = bytes(channels);
  for (let place = 0; place < places; place += BLOCK, x += bytes(BLOCK * channels)) {
    const size = bytes(min(BLOCK, places - place) * channels);
    for (let column: usize = 0; column < row; column += 16) {
      const origin = v128.load(origins + column);
      let sumLow = f64x2.splat(0), sumHigh = sumLow, squareLow = sumLow, squareHigh = sumLow;
      const end = x + column + size;
      for (let at = x + column; at < end; at += row) {
        const difference = f32x4.sub(v128.load(at), origin);
        const left = low(difference);
        const right = high(difference);
        sumLow = f64x2.add(sumLow, left);
        sumHigh = f64x2.add(sumHigh, right);
        squareLow = addSquare(squareLow, left);
        squareHigh = addSquare(squareHigh, right);
      }
      add(sums + 2 * column, sumLow, sumHigh);
      add(squares + 2 * column, squareLow, squareHigh);
    }
  }
}

/** x = slope · (x − centre) + shift, in place. */
export function mapChannels(
  x: usize, places: i32, channels: i32,
  centres: usize, slopes: usize, shifts: usize,
): void {
  const row = bytes(channels);
  for (let place = 0; place < places; place += BLOCK, x += bytes(BLOCK * channels)) {
    const size = bytes(min(BLOCK, places - place) * channels);
    for (let column: usize = 0; column < row; column += 16) {
      const centre = v128.load(centres + column);
      const slope = v128.load(slopes + column);
      const shift = v128.load(shifts + column);
      const end = x + column + size;
      for (let at = x + column; at < end; at += row) {
        v128.store(at, madd(slope, f32x4.sub(v128.load(at), centre), shift));
      }
    }
  }
}

/** sums[c] += Σ dy, products[c] += Σ dy · (x − centre). */
export function addGradients(
  dy: usize, x: usize, places: i32, channels: i32,
  centres: usize, sums: usize, products: usize,
): void {
  const row = bytes(channels);
  const toX = x - dy;
  for (let place = 0; place < places; place += BLOCK, dy += bytes(BLOCK * channels)) {
    const size = bytes(min(BLOCK, places - place) * channels);
    for (let column: usize = 0; column < row; column += 16) {
      const centre = v128.load(centres + column);
      let sum = f32x4.splat(0), product = sum;
      const end = dy + column + size;
      for (let at = dy + column; at < end; at += row) {
        const gradient = v128.load(at);
        sum = f32x4.add(sum, gradient);
        product = madd(gradient, f32x4.sub(v128.load(at + toX), centre), product);
      }
      add(sums + 2 * column, low(sum), high(sum));
      add(products + 2 * column, low(product), high(product));
    }
  }
}

/** dy = slope · dy + share · (x − centre) + shift, in place. */
export function mapGradients(
  dy: usize, x: usize, places: i32, channels: i32,
  centres: usize, slopes: usize, shares: usize, shifts: usize,
): void {
  const row = bytes(channels);
  const toX = x - dy;
  for (let place = 0; place < places; place += BLOCK, dy += bytes(BLOCK * channels)) {
    const size = bytes(min(BLOCK, places - place) * channels);
    for (let column: usize = 0; column < row; column += 16) {
      const centre = v128.load(centres + column);
      const slope = v128.load(slopes + column);
      const share = v128.load(shares + column);
      const shift = v128.load(shifts + column);
      const end = dy + column + size;
      for (let at = dy + column; at < end; at += row) {
        const moved = madd(share, f32x4.sub(v128.load(at + toX), centre), shift);
        v128.store(at, madd(slope, v128.load(at), moved));
      }
    }
  }
}
