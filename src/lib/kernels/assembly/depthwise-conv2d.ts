// Depthwise convolution, one picture at a time: every channel has a window of its own. w [kernelHeight, kernelWidth,
// channels]; x [height, width, channels], padded already, so that every window lies within it; y and dy [outHeight,
// outWidth, channels]; all row-major. Channels lie side by side: four of them are one vector. Of the last vector of a
// pixel, which up to three numbers of the next pixel may fill up, only what belongs to the pixel is stored.
import { madd } from './rows';

// @ts-ignore: decorator
@inline
function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/** Stores the first `count` of four numbers, or all four where there are more. */
// @ts-ignore: decorator
@inline
function storeFirst(to: usize, numbers: v128, count: i32): void {
  if (count >= 4) v128.store(to, numbers);
  else {
    v128.store_lane<f32>(to, numbers, 0);
    if (count > 1) v128.store_lane<f32>(to, numbers, 1, 4);
    if (count > 2) v128.store_lane<f32>(to, numbers, 2, 8);
  }
}

/** y = conv(x, w) + b, channel by channel. */
export function depthwiseConv2d(
  x: usize, w: usize, b: usize, y: usize,
  width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32,
  outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  const pixel = bytes(channels);
  const step = bytes(strideWidth * channels);
  const row = bytes(width * channels);
  for (let oy = 0; oy < outHeight; oy++) {
    for (let c = 0; c < channels; c += 4) {
      const count = channels - c;
      const weights = w + bytes(c);
      const bias = v128.load(b + bytes(c));
      let from = x + bytes(c);
      let to = y + bytes(c);
      let left = outWidth;
      for (; left >= 8; left -= 8) {
        pixels8(from, weights, bias, to, pixel, step, row, kernelHeight, kernelWidth, count);
        from += 8 * step;
        to += 8 * pixel;
      }
      for (; left >= 2; left -= 2) {
        pixels2(from, weights, bias, to, pixel, step, row, kernelHeight, kernelWidth, count);
        from += 2 * step;
        to += 2 * pixel;
      }
      if (left) pixels1(from, weights, bias, to, pixel, step, row, kernelHeight, kernelWidth, count);
    }
    x += <usize>strideHeight * row;
    y += <usize>outWidth * pixel;
  }
}

/** Four channels of `pixels` output pixels that lie side by side. `pixels` is 1, 2 or 8, known when this is compiled. */
// @ts-ignore: decorator
@inline
function sumWindows(
  pixels: i32, x: usize, w: usize, bias: v128, y: usize,
  pixel: usize, step: usize, row: usize, kernelHeight: i32, kernelWidth: i32, count: i32,
): void {
  let s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
  let weight = w;
  let rowAt = x;
  for (let ky = 0; ky < kernelHeight; ky++) {
    let at = rowAt;
    for (let kx = 0; kx < kernelWidth; kx++) {
      const factor = v128.load(weight);
      s0 = madd(factor, v128.load(at), s0);
      if (pixels > 1) s1 = madd(factor, v128.load(at + step), s1);
      if (pixels > 2) {
        const third = at + 2 * step, fifth = third + 2 * step, seventh = fifth + 2 * step;
        s2 = madd(factor, v128.load(third), s2);
        s3 = madd(factor, v128.load(third + step), s3);
        s4 = madd(factor, v128.load(fifth), s4);
        s5 = madd(factor, v128.load(fifth + step), s5);
        s6 = madd(factor, v128.load(seventh), s6);
        s7 = madd(factor, v128.load(seventh + step), s7);
      }
      weight += pixel;
      at += pixel;
    }
    rowAt += row;
  }
  let to = y;
  storeFirst(to, s0, count);
  if (pixels > 1) { to += pixel; storeFirst(to, s1, count); }
  if (pixels > 2) {
    to += pixel; storeFirst(to, s2, count);
    to += pixel; storeFirst(to, s3, count);
    to += pixel; storeFirst(to, s4, count);
    to += pixel; storeFirst(to, s5, count);
    to += pixel; storeFirst(to, s6, count);
    to += pixel; storeFirst(to, s7, count);
  }
}

function pixels8(
  x: usize, w: usize, bias: v128, y: usize,
  pixel: usize, step: usize, row: usize, kernelHeight: i32, kernelWidth: i32, count: i32,
): void {
  sumWindows(8, x, w, bias, y, pixel, step, row, kernelHeight, kernelWidth, count);
}

function pixels2(
  x: usize, w: usize, bias: v128, y: usize,
  pixel: usize, step: usize, row: usize, kernelHeight: i32, kernelWidth: i32, count: i32,
): void {
  sumWindows(2, x, w, bias, y, pixel, step, row, kernelHeight, kernelWidth, count);
}

function pixels1(
  x: usize, w: usize, bias: v128, y: usize,
  pixel: usize, step: usize, row: usize, kernelHeight: i32, kernelWidth: i32, count: i32,
): void {
  sumWindows(1, x, w, bias, y, pixel, step, row, kernelHeight, kernelWidth, count);
}

/** dw += the gradient with respect to w; db += that with respect to b. Summed up row by row. */
export function depthwiseConv2dBackwardWeights(
  dy: usize, x: usize, dw: usize, db: usize,
  width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32,
  outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  const pixel = bytes(channels);
  const step = bytes(strideWidth * channels);
  const row = bytes(width * channels);
  for (let oy = 0; oy < outHeight; oy++) {
    const end = dy + <usize>outWidth * pixel;
    for (let c = 0; c < channels; c += 4) {
      const count = channels - c;
      const offset = bytes(c);
      let sum = f32x4.splat(0);
      for (let at = dy + offset; at < end; at += pixel) sum = f32x4.add(sum, v128.load(at));
      storeFirst(db + offset, f32x4.add(v128.load(db + offset), sum), count);
      let to = dw + offset;
      let rowAt = x + offset;
      for (let ky = 0; ky < kernelHeight; ky++) {
        let from = rowAt;
        let left = kernelWidth;
        for (; left >= 3; left -= 3) {
          weights3(dy + offset, end, from, to, pixel, step, count);
          from += 3 * pixel;
          to += 3 * pixel;
        }
        for (; left > 0; left--) {
          weights1(dy + offset, end, from, to, pixel, step, count);
          from += pixel;
          to += pixel;
        }
        rowAt += row;
      }
    }
    x += <usize>strideHeight * row;
    dy = end;
  }
}

/**
 * What a row of dy, up to `end`, adds to four channels of `columns` weights that lie side by side, two pixels at a time.
 * `columns` is 1 or 3, known when this is compiled.
 */
// @ts-ignore: decorator
@inline
function addColumns(
  columns: i32, dy: usize, end: usize, x: usize, dw: usize, pixel: usize, step: usize, count: i32,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0, s2 = s0, t0 = s0, t1 = s0, t2 = s0;
  let gradientAt = dy;
  let at = x;
  for (; gradientAt + pixel < end; gradientAt += 2 * pixel) {
    let gradient = v128.load(gradientAt);
    s0 = madd(gradient, v128.load(at), s0);
    if (columns > 1) {
      s1 = madd(gradient, v128.load(at + pixel), s1);
      s2 = madd(gradient, v128.load(at + 2 * pixel), s2);
    }
    at += step;
    gradient = v128.load(gradientAt + pixel);
    t0 = madd(gradient, v128.load(at), t0);
    if (columns > 1) {
      t1 = madd(gradient, v128.load(at + pixel), t1);
      t2 = madd(gradient, v128.load(at + 2 * pixel), t2);
    }
    at += step;
  }
  if (gradientAt < end) {
    const gradient = v128.load(gradientAt);
    s0 = madd(gradient, v128.load(at), s0);
    if (columns > 1) {
      s1 = madd(gradient, v128.load(at + pixel), s1);
      s2 = madd(gradient, v128.load(at + 2 * pixel), s2);
    }
  }
  storeFirst(dw, f32x4.add(v128.load(dw), f32x4.add(s0, t0)), count);
  if (columns > 1) {
    const second = dw + pixel, third = second + pixel;
    storeFirst(second, f32x4.add(v128.load(second), f32x4.add(s1, t1)), count);
    storeFirst(third, f32x4.add(v128.load(third), f32x4.add(s2, t2)), count);
  }
}

function weights3(dy: usize, end: usize, x: usize, dw: usize, pixel: usize, step: usize, count: i32): void {
  addColumns(3, dy, end, x, dw, pixel, step, count);
}

function weights1(dy: usize, end: usize, x: usize, dw: usize, pixel: usize, step: usize, count: i32): void {
  addColumns(1, dy, end, x, dw, pixel, step, count);
}
