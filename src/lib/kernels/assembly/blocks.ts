// Convolution of data that has few zeros, one picture at a time: sums of 4 pixels by 8 outputs at a time stay in the
// registers, and none of their products is left out. x is padded already, so that every window lies within it. A window
// is, for each of its rows, a segment: kernelWidth · channels numbers that lie side by side in x. A convolution with a
// window of one cell is the product of two matrices, and is computed as one.
//
// All lengths and distances are in floats. A distance from one pixel to the next is a `step`, from one row to the next a
// `row`: so y may be every second pixel of a picture.
import { madd } from './rows';

/** Outputs that are computed together. */
const COLUMNS: i32 = 8;
/** Numbers that are read again and again while they are in the first cache: 16 kB. */
const BAND: i32 = 4096;

// @ts-ignore: decorator
@inline
function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/** [rows, columns] → [⌈columns / 8⌉, rows, 8], filled up with zeros. */
export function packBlocks(from: usize, rows: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column += COLUMNS) {
    const width = min(COLUMNS, columns - column);
    let source = from + bytes(column);
    for (let row = 0; row < rows; row++) {
      if (width == COLUMNS) {
        v128.store(to, v128.load(source));
        v128.store(to, v128.load(source, 16), 16);
      } else {
        for (let i = 0; i < COLUMNS; i++) store<f32>(to + bytes(i), i < width ? load<f32>(source + bytes(i)) : 0);
      }
      source += bytes(columns);
      to += bytes(COLUMNS);
    }
  }
}

/** y = conv(x, w) + b, with w and b from `packBlocks`. */
export function blocks(
  x: usize, w: usize, b: usize, y: usize,
  xStep: i32, xDown: i32, xRow: i32, kernelHeight: i32, segment: i32,
  yStep: i32, yRow: i32, out: i32, outHeight: i32, outWidth: i32,
): void {
  const fours = bytes(segment & ~3), rest = bytes(segment);
  const next = bytes(xRow - segment);
  const step = bytes(xStep), yNext = bytes(yStep);
  // As many pixels as stay in the cache: whole rows, or a part of one.
  const pixels = max(16, BAND / xStep);
  const wide = min(outWidth, pixels & ~3), high = max(1, pixels / outWidth);
  for (let top = 0; top < outHeight; top += high) {
    const bottom = min(top + high, outHeight);
    for (let left = 0; left < outWidth; left += wide) {
      const right = min(left + wide, outWidth);
      let panel = w;
      for (let column = 0; column < out; column += COLUMNS) {
        const columns = min(COLUMNS, out - column);
        const b0 = v128.load(b + bytes(column)), b1 = v128.load(b + bytes(column), 16);
        for (let oy = top; oy < bottom; oy++) {
          let from = x + bytes(oy * xDown + left * xStep);
          let to = y + bytes(oy * yRow + left * yStep + column);
          for (let ox = left; ox < right; ox += 4) {
            // Four pixels by eight outputs. Behind the row's end its last pixel is repeated.
            const count = right - ox;
            let x0 = from;
            let x1 = count > 1 ? x0 + step : x0;
            let x2 = count > 2 ? x1 + step : x1;
            let x3 = count > 3 ? x2 + step : x2;
            let s00 = b0, s01 = b1, s10 = b0, s11 = b1, s20 = b0, s21 = b1, s30 = b0, s31 = b1;
            let weight = panel;
            for (let ky = 0; ky < kernelHeight; ky++) {
              const end = x0 + rest;
              for (const whole = x0 + fours; x0 < whole; weight += 128) {
                let w0 = v128.load(weight), w1 = v128.load(weight, 16);
                let t = v128.load32_splat(x0); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
                t = v128.load32_splat(x1); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
                t = v128.load32_splat(x2); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
                t = v128.load32_splat(x3); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
                w0 = v128.load(weight, 32); w1 = v128.load(weight, 48);
                t = v128.load32_splat(x0, 4); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
                t = v128.load32_splat(x1, 4); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
                t = v128.load32_splat(x2, 4); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
                t = v128.load32_splat(x3, 4); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
                w0 = v128.load(weight, 64); w1 = v128.load(weight, 80);
                t = v128.load32_splat(x0, 8); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
                t = v128.load32_splat(x1, 8); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
                t = v128.load32_splat(x2, 8); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
                t = v128.load32_splat(x3, 8); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
                w0 = v128.load(weight, 96); w1 = v128.load(weight, 112);
                t = v128.load32_splat(x0, 12); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
                t = v128.load32_splat(x1, 12); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
                t = v128.load32_splat(x2, 12); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
                t = v128.load32_splat(x3, 12); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
                x0 += 16; x1 += 16; x2 += 16; x3 += 16;
              }
              for (; x0 < end; weight += 32) {
                const w0 = v128.load(weight), w1 = v128.load(weight, 16);
                let t = v128.load32_splat(x0); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
                t = v128.load32_splat(x1); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
                t = v128.load32_splat(x2); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
                t = v128.load32_splat(x3); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
                x0 += 4; x1 += 4; x2 += 4; x3 += 4;
              }
              x0 += next; x1 += next; x2 += next; x3 += next;
            }
            const y1 = count > 1 ? to + yNext : to;
            const y2 = count > 2 ? y1 + yNext : y1;
            const y3 = count > 3 ? y2 + yNext : y2;
            if (columns == COLUMNS) {
              v128.store(to, s00); v128.store(to, s01, 16);
              v128.store(y1, s10); v128.store(y1, s11, 16);
              v128.store(y2, s20); v128.store(y2, s21, 16);
              v128.store(y3, s30); v128.store(y3, s31, 16);
            } else {
              storeColumns(to, s00, s01, columns);
              storeColumns(y1, s10, s11, columns);
              storeColumns(y2, s20, s21, columns);
              storeColumns(y3, s30, s31, columns);
            }
            from += 4 * step;
            to += 4 * yNext;
          }
        }
        panel += bytes(kernelHeight * segment * COLUMNS);
      }
    }
  }
}

/** The first one to seven of eight numbers. */
function storeColumns(to: usize, left: v128, right: v128, columns: i32): void {
  if (columns & 4) {
    v128.store(to, left);
    to += 16;
    left = right;
  }
  if (columns & 2) {
    v128.store64_lane(to, left, 0);
    to += 8;
    left = i32x4.shuffle(left, left, 2, 3, 2, 3);
  }
  if (columns & 1) v128.store32_lane(to, left, 0);
}

/**
 * dw += the gradient with respect to w. dw has room for [kernelHeight, ⌈segment / 4⌉ · 4, ⌈out / 8⌉ · 8], of which all
 * beyond its segment and out means nothing. Up to 28 bytes beyond dy may be read.
 */
export function blocksBackwardWeights(
  dy: usize, x: usize, dw: usize,
  xStep: i32, xDown: i32, xRow: i32, kernelHeight: i32, segment: i32, out: i32, outHeight: i32, outWidth: i32,
): void {
  const columns = (out + 7) & ~7;
  // As many pixels as stay in the cache: whole rows, or a part of one.
  const pixels = max(16, BAND / max(xStep, out));
  const wide = min(outWidth, pixels), high = max(1, pixels / outWidth);
  for (let oy = 0; oy < outHeight; oy += high) {
    const rows = min(high, outHeight - oy);
    for (let ox = 0; ox < outWidth; ox += wide) {
      const places = min(wide, outWidth - ox);
      const gradients = dy + bytes((oy * outWidth + ox) * out);
      let sums = dw;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const segments = x + bytes(oy * xDown + ky * xRow + ox * xStep);
        for (let m = 0; m < segment; m += 4) {
          for (let column = 0; column < columns; column += COLUMNS) {
            weightsBlock(
              gradients + bytes(column), segments + bytes(m), sums + bytes(column), columns,
              rows, places, bytes(out), bytes(xStep), bytes((outWidth - places) * out), bytes(xDown - places * xStep),
            );
          }
          sums += bytes(4 * columns);
        }
      }
    }
  }
}

/** dw += four numbers of a segment by eight outputs, summed over `rows` · `places` pixels. */
export function weightsBlock(
  dy: usize, x: usize, dw: usize, columns: i32,
  rows: i32, places: i32, dyStep: usize, xStep: usize, dySkip: usize, xSkip: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < places; place++) {
      const g0 = v128.load(dy), g1 = v128.load(dy, 16);
      let t = v128.load32_splat(x); s00 = madd(t, g0, s00); s01 = madd(t, g1, s01);
      t = v128.load32_splat(x, 4); s10 = madd(t, g0, s10); s11 = madd(t, g1, s11);
      t = v128.load32_splat(x, 8); s20 = madd(t, g0, s20); s21 = madd(t, g1, s21);
      t = v128.load32_splat(x, 12); s30 = madd(t, g0, s30); s31 = madd(t, g1, s31);
      dy += dyStep;
      x += xStep;
    }
    dy += dySkip;
    x += xSkip;
  }
  const row = bytes(columns);
  add(dw, s00, s01);
  add(dw + row, s10, s11);
  add(dw + 2 * row, s20, s21);
  add(dw + 3 * row, s30, s31);
}

// @ts-ignore: decorator
@inline
function add(to: usize, left: v128, right: v128): void {
  v128.store(to, f32x4.add(v128.load(to), left));
  v128.store(to, f32x4.add(v128.load(to, 16), right), 16);
}

/** sums += the sum of `count` rows of `width` numbers. Room for up to three more sums is written to. */
export function addUp(rows: usize, count: i32, width: i32, sums: usize): void {
  const end = rows + bytes(count * width);
  for (let column = 0; column < width; column += 4) {
    let sum = f32x4.splat(0);
    for (let at = rows + bytes(column); at < end; at += bytes(width)) sum = f32x4.add(sum, v128.load(at));
    const to = sums + bytes(column);
    v128.store(to, f32x4.add(v128.load(to), sum));
  }
}
