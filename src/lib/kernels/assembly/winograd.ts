// Convolution with windows of 3 × 3 cells at stride 1, by Winograd's minimal filtering F(2×2, 3×3): Lavin and Gray, "Fast
// Algorithms for Convolutional Neural Networks" (2016), section 4. Four outputs that form a tile take 16 products instead
// of 36:
//
//     Y = Aᵀ · [(G·w·Gᵀ) ∘ (Bᵀ·x·B)] · A
//
// with x the 4 × 4 inputs that the tile reads, w the window's weights, Y the tile, and, along one axis,
//
//     Bᵀ·x = (x0 − x2, x1 + x2, x2 − x1, x1 − x3)
//     G·w  = (w0, (w0 + w1 + w2)/2, (w0 − w1 + w2)/2, w2)
//     Aᵀ·m = (m0 + m1 + m2, m1 − m2 − m3)
//
// The products are summed over the channels before the last step, as 16 matrix products of tiles by channels by outputs.
// An output still depends on none but the cells of its window. Channels are a multiple of 4, outputs of 8.
//
// The gradient of the weights goes the same way back, with as few products: of all tiles x with the gradients dY,
//
//     dw = Gᵀ · [Σ (Bᵀ·x·B) ∘ (A·dY·Aᵀ)] · G
//
//     A·d  = (d0, d0 + d1, d0 − d1, −d1)
//     Gᵀ·u = (u0 + (u1 + u2)/2, (u1 − u2)/2, (u1 + u2)/2 + u3)
import { weightsBlock } from './blocks';
import { madd } from './rows';

/** Places of a transformed tile. */
const PLACES: i32 = 16;
/** Outputs that are computed together. */
const COLUMNS: i32 = 8;
/** Tiles that are transformed together, so that their numbers stay in the first cache. */
const GROUP: i32 = 8;
/** Tiles whose gradients are computed together: enough for long sums. */
const MANY: i32 = 64;
/** Floats between the places of a transformed tile, beyond their numbers, so that they do not fall on one another in the cache. */
const APART: i32 = 16;
/** Bytes from one place of the products to the next. */
const NEXT: usize = 4 * GROUP * COLUMNS;

// @ts-ignore: decorator
@inline
function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/** Bytes of working space that `winograd` needs: a group of tiles before and after the products. */
export function winogradSpace(channels: i32): i32 {
  return PLACES * (GROUP * (channels + COLUMNS) + APART) * 4;
}

/** w [3, 3, channels, out] → G·w·Gᵀ as [out / 8, 16, channels, 8]. */
export function winogradWeights(w: usize, channels: i32, out: i32, to: usize): void {
  const cell = bytes(channels * out);
  const place = bytes(channels * COLUMNS);
  for (let column = 0; column < out; column += COLUMNS) {
    for (let channel = 0; channel < channels; channel++) {
      for (let o = 0; o < COLUMNS; o += 4) {
        const from = w + bytes(channel * out + column + o);
        const target = to + bytes(channel * COLUMNS + o);
        // Down the columns first; each of the three gives four numbers.
        for (let x = 0; x < 3; x++) {
          const top = v128.load(from + <usize>x * cell);
          const middle = v128.load(from + <usize>(x + 3) * cell);
          const bottom = v128.load(from + <usize>(x + 6) * cell);
          const at = target + <usize>x * place;
          v128.store(at, top);
          v128.store(at + 4 * place, halfSum(top, middle, bottom));
          v128.store(at + 8 * place, halfSum(top, f32x4.neg(middle), bottom));
          v128.store(at + 12 * place, bottom);
        }
        for (let y = 0; y < 4; y++) {
          const at = target + <usize>(4 * y) * place;
          const left = v128.load(at), middle = v128.load(at + place), right = v128.load(at + 2 * place);
          v128.store(at + place, halfSum(left, middle, right));
          v128.store(at + 2 * place, halfSum(left, f32x4.neg(middle), right));
          v128.store(at + 3 * place, right);
        }
      }
    }
    to += <usize>PLACES * place;
  }
}

// @ts-ignore: decorator
@inline
function halfSum(a: v128, b: v128, c: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.add(a, c), b), f32x4.splat(0.5));
}

/**
 * y = conv(x, w) + b. x [2·⌈outHeight / 2⌉ + 2, 2·⌈outWidth / 2⌉ + 2, channels] is padded to whole tiles; `weights` come
 * from `winogradWeights`; `space` has `winogradSpace` bytes.
 */
export function winograd(
  x: usize, weights: usize, b: usize, y: usize, space: usize, channels: i32, out: i32, outHeight: i32, outWidth: i32,
): void {
  const across = (outWidth + 1) >> 1;
  const tiles = across * ((outHeight + 1) >> 1);
  const width = across * 2 + 2;
  const apart = GROUP * channels + APART;
  const products = space + bytes(PLACES * apart);
  for (let from = 0; from < tiles; from += GROUP) {
    const count = min(GROUP, tiles - from);
    const firstRow = from / across * 2;
    const firstPlace = from % across * 2;
    let row = firstRow, place = firstPlace;
    for (let tile = 0; tile < count; tile++) {
      transformTile(x + bytes((row * width + place) * channels), width, channels, apart, space + bytes(tile * channels));
      place += 2;
      if (place == across * 2) { place = 0; row += 2; }
    }
    for (let column = 0; column < out; column += COLUMNS) {
      const w = weights + bytes(column * PLACES * channels);
      for (let i = 0; i < PLACES; i++) {
        for (let tile = 0; tile < count; tile += 4) {
          const data = space + bytes(i * apart + tile * channels);
          const sums = products + bytes((i * GROUP + tile) * COLUMNS);
          multiplyTiles(data, w + bytes(i * channels * COLUMNS), sums, channels);
        }
      }
      row = firstRow, place = firstPlace;
      for (let tile = 0; tile < count; tile++) {
        const m = products + bytes(tile * COLUMNS);
        const to = y + bytes((row * outWidth + place) * out + column);
        for (let o = 0; o < COLUMNS; o += 4) {
          storeTile(m + bytes(o), b + bytes(column + o), to + bytes(o), out, outWidth, outHeight - row, outWidth - place);
        }
        place += 2;
        if (place == across * 2) { place = 0; row += 2; }
      }
    }
  }
}

/** Bᵀ·x·B of a tile for all channels: its 16 places lie so many numbers apart. */
function transformTile(x: usize, width: i32, channels: i32, apart: i32, to: usize): void {
  const row = bytes(width * channels);
  const cell = bytes(channels);
  const place = bytes(apart);
  for (let channel = 0; channel < channels; channel += 4) {
    const x0 = x, x1 = x + row, x2 = x1 + row, x3 = x2 + row;
    // Down the columns, one by one; then along the four rows.
    let a0 = v128.load(x0), a1 = v128.load(x1), a2 = v128.load(x2), a3 = v128.load(x3);
    const p00 = f32x4.sub(a0, a2), p10 = f32x4.add(a1, a2), p20 = f32x4.sub(a2, a1), p30 = f32x4.sub(a1, a3);
    a0 = v128.load(x0 + cell); a1 = v128.load(x1 + cell); a2 = v128.load(x2 + cell); a3 = v128.load(x3 + cell);
    const p01 = f32x4.sub(a0, a2), p11 = f32x4.add(a1, a2), p21 = f32x4.sub(a2, a1), p31 = f32x4.sub(a1, a3);
    const second = cell * 2, third = cell * 3;
    a0 = v128.load(x0 + second); a1 = v128.load(x1 + second); a2 = v128.load(x2 + second); a3 = v128.load(x3 + second);
    const p02 = f32x4.sub(a0, a2), p12 = f32x4.add(a1, a2), p22 = f32x4.sub(a2, a1), p32 = f32x4.sub(a1, a3);
    a0 = v128.load(x0 + third); a1 = v128.load(x1 + third); a2 = v128.load(x2 + third); a3 = v128.load(x3 + third);
    const p03 = f32x4.sub(a0, a2), p13 = f32x4.add(a1, a2), p23 = f32x4.sub(a2, a1), p33 = f32x4.sub(a1, a3);
    storeRow(to, place, p00, p01, p02, p03);
    storeRow(to + 4 * place, place, p10, p11, p12, p13);
    storeRow(to + 8 * place, place, p20, p21, p22, p23);
    storeRow(to + 12 * place, place, p30, p31, p32, p33);
    x += 16;
    to += 16;
  }
}

// @ts-ignore: decorator
@inline
function storeRow(to: usize, place: usize, p0: v128, p1: v128, p2: v128, p3: v128): void {
  v128.store(to, f32x4.sub(p0, p2));
  v128.store(to + place, f32x4.add(p1, p2));
  v128.store(to + 2 * place, f32x4.sub(p2, p1));
  v128.store(to + 3 * place, f32x4.sub(p1, p3));
}

/** Four tiles by eight outputs at one place: sums [4, 8] = tiles [4, channels] · w [channels, 8]. */
// @ts-ignore: decorator
@inline
function multiplyTiles(tiles: usize, w: usize, sums: usize, channels: i32): void {
  const cell = bytes(channels);
  let t0 = tiles, t1 = t0 + cell, t2 = t1 + cell, t3 = t2 + cell;
  const end = t1;
  let s00 = f32x4.splat(0);
  let s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  while (t0 < end) {
    let w0 = v128.load(w), w1 = v128.load(w, 16);
    let t = v128.load32_splat(t0); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
    t = v128.load32_splat(t1); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
    t = v128.load32_splat(t2); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
    t = v128.load32_splat(t3); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
    w0 = v128.load(w, 32); w1 = v128.load(w, 48);
    t = v128.load32_splat(t0, 4); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
    t = v128.load32_splat(t1, 4); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
    t = v128.load32_splat(t2, 4); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
    t = v128.load32_splat(t3, 4); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
    w0 = v128.load(w, 64); w1 = v128.load(w, 80);
    t = v128.load32_splat(t0, 8); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
    t = v128.load32_splat(t1, 8); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
    t = v128.load32_splat(t2, 8); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
    t = v128.load32_splat(t3, 8); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
    w0 = v128.load(w, 96); w1 = v128.load(w, 112);
    t = v128.load32_splat(t0, 12); s00 = madd(t, w0, s00); s01 = madd(t, w1, s01);
    t = v128.load32_splat(t1, 12); s10 = madd(t, w0, s10); s11 = madd(t, w1, s11);
    t = v128.load32_splat(t2, 12); s20 = madd(t, w0, s20); s21 = madd(t, w1, s21);
    t = v128.load32_splat(t3, 12); s30 = madd(t, w0, s30); s31 = madd(t, w1, s31);
    t0 += 16; t1 += 16; t2 += 16; t3 += 16;
    w += 128;
  }
  v128.store(sums, s00); v128.store(sums, s01, 16); v128.store(sums, s10, 32); v128.store(sums, s11, 48);
  v128.store(sums, s20, 64); v128.store(sums, s21, 80); v128.store(sums, s30, 96); v128.store(sums, s31, 112);
}

/** Aᵀ·m·A + b for four outputs of a tile, of which up to `rows` × `columns` cells lie on the picture. */
function storeTile(m: usize, b: usize, to: usize, out: i32, outWidth: i32, rows: i32, columns: i32): void {
  const bias = v128.load(b);
  let y00 = bias, y01 = bias, y10 = bias, y11 = bias;
  for (let column = 0; column < 4; column++) {
    const m0 = v128.load(m), m1 = v128.load(m, 4 * NEXT), m2 = v128.load(m, 8 * NEXT), m3 = v128.load(m, 12 * NEXT);
    const top = f32x4.add(f32x4.add(m0, m1), m2);
    const bottom = f32x4.sub(f32x4.sub(m1, m2), m3);
    if (column < 3) { y00 = f32x4.add(y00, top); y10 = f32x4.add(y10, bottom); }
    if (column == 1) { y01 = f32x4.add(y01, top); y11 = f32x4.add(y11, bottom); }
    if (column > 1) { y01 = f32x4.sub(y01, top); y11 = f32x4.sub(y11, bottom); }
    m += NEXT;
  }
  v128.store(to, y00);
  if (columns > 1) v128.store(to + bytes(out), y01);
  if (rows > 1) {
    to += bytes(outWidth * out);
    v128.store(to, y10);
    if (columns > 1) v128.store(to + bytes(out), y11);
  }
}

/** Bytes of working space that `winogradBackwardWeights` needs: many tiles, of x and of dy. */
export function winogradBackwardSpace(channels: i32, out: i32): i32 {
  return PLACES * (MANY * (channels + out) + 2 * APART) * 4;
}

/**
 * sums [16, channels, out] += Σ (Bᵀ·x·B) ∘ (A·dY·Aᵀ) over the tiles of a picture. x as for `winograd`; dy
 * [2·⌈outHeight / 2⌉, 2·⌈outWidth / 2⌉, out] is padded to whole tiles too. `space` has `winogradBackwardSpace` bytes.
 */
export function winogradBackwardWeights(
  dy: usize, x: usize, sums: usize, space: usize, channels: i32, out: i32, outHeight: i32, outWidth: i32,
): void {
  const across = (outWidth + 1) >> 1;
  const tiles = across * ((outHeight + 1) >> 1);
  const width = across * 2;
  const xApart = MANY * channels + APART, dyApart = MANY * out + APART;
  const gradients = space + bytes(PLACES * xApart);
  for (let from = 0; from < tiles; from += MANY) {
    const count = min(MANY, tiles - from);
    let row = from / across * 2, place = from % across * 2;
    for (let tile = 0; tile < count; tile++) {
      const corner = x + bytes((row * (width + 2) + place) * channels);
      transformTile(corner, width + 2, channels, xApart, space + bytes(tile * channels));
      transformGradient(dy + bytes((row * width + place) * out), width, out, dyApart, gradients + bytes(tile * out));
      place += 2;
      if (place == width) { place = 0; row += 2; }
    }
    let to = sums;
    for (let i = 0; i < PLACES; i++) {
      for (let channel = 0; channel < channels; channel += 4) {
        const data = space + bytes(i * xApart + channel);
        for (let column = 0; column < out; column += COLUMNS) {
          const gradient = gradients + bytes(i * dyApart + column);
          weightsBlock(gradient, data, to + bytes(column), out, 1, count, bytes(out), bytes(channels), 0, 0);
        }
        to += bytes(4 * out);
      }
    }
  }
}

/** A·dY·Aᵀ of a tile for all outputs. */
function transformGradient(dy: usize, width: i32, out: i32, apart: i32, to: usize): void {
  const below = dy + bytes(width * out);
  const next = bytes(out);
  const place = bytes(apart);
  for (let at: usize = 0; at < next; at += 16) {
    const d00 = v128.load(dy + at), d01 = v128.load(dy + at + next);
    const d10 = v128.load(below + at), d11 = v128.load(below + at + next);
    storeGradients(to + at, place, d00, d01);
    storeGradients(to + at + 4 * place, place, f32x4.add(d00, d10), f32x4.add(d01, d11));
    storeGradients(to + at + 8 * place, place, f32x4.sub(d00, d10), f32x4.sub(d01, d11));
    storeGradients(to + at + 12 * place, place, f32x4.neg(d10), f32x4.neg(d11));
  }
}

// @ts-ignore: decorator
@inline
function storeGradients(to: usize, place: usize, left: v128, right: v128): void {
  v128.store(to, left);
  v128.store(to + place, f32x4.add(left, right));
  v128.store(to + 2 * place, f32x4.sub(left, right));
  v128.store(to + 3 * place, f32x4.neg(right));
}

/** dw [3, 3, channels, out] = Gᵀ·sums·G. */
export function winogradSumsToWeights(sums: usize, channels: i32, out: i32, dw: usize): void {
  const size = bytes(channels * out);
  for (let at: usize = 0; at < size; at += 16) {
    // Down the columns first, in place; then along the three rows.
    for (let column = 0; column < 4; column++) {
      const from = sums + at + <usize>column * size;
      const u0 = v128.load(from), u1 = v128.load(from + 4 * size);
      const u2 = v128.load(from + 8 * size), u3 = v128.load(from + 12 * size);
      const middle = half(f32x4.add(u1, u2));
      v128.store(from, f32x4.add(u0, middle));
      v128.store(from + 4 * size, half(f32x4.sub(u1, u2)));
      v128.store(from + 8 * size, f32x4.add(middle, u3));
    }
    for (let row = 0; row < 3; row++) {
      const from = sums + at + <usize>(4 * row) * size;
      const to = dw + at + <usize>(3 * row) * size;
      const u0 = v128.load(from), u1 = v128.load(from + size);
      const u2 = v128.load(from + 2 * size), u3 = v128.load(from + 3 * size);
      const middle = half(f32x4.add(u1, u2));
      v128.store(to, f32x4.add(u0, middle));
      v128.store(to + size, half(f32x4.sub(u1, u2)));
      v128.store(to + 2 * size, f32x4.add(middle, u3));
    }
  }
}

// @ts-ignore: decorator
@inline
function half(a: v128): v128 {
  return f32x4.mul(a, f32x4.splat(0.5));
}
