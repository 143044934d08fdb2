// The one hot loop. Every product in the engine is a sum of rows, each scaled by a number: a dense layer adds up rows of
// its weights, scaled by its inputs; a convolution does so at every place. Numbers that are exactly 0, of which ReLU,
// pooling and dropout make many, are left out before the loop starts.
//
// A list holds what is left: entries of 8 bytes, the row's number (u32) and its factor (f32). All lengths are in floats,
// all addresses in bytes. Up to 12 bytes beyond a row's end may be read. The compiler lets the parameters of an inlined
// function share the caller's variables: they are not written to.

/** Bytes of one entry of a list. */
export const ENTRY: usize = 8;

/** factor · row + sum: rounded once where the platform fuses the two. */
// @ts-ignore: decorator
@inline
export function madd(factor: v128, row: v128, sum: v128): v128 {
  if (isDefined(RELAXED)) return f32x4.relaxed_madd(factor, row, sum);
  return f32x4.add(f32x4.mul(factor, row), sum);
}

/**
 * Writes the entries of the numbers other than 0 among `count` numbers that lie `stride` bytes apart. The rows that
 * belong to them are numbered `row`, `row + step`, and so on. Returns the end of the list.
 */
// @ts-ignore: decorator
@inline
export function gather(numbers: usize, count: i32, stride: usize, row: i32, step: i32, list: usize): usize {
  let entry = list;
  let from = numbers;
  let to = row;
  for (let i = 0; i < count; i++) {
    const number = load<f32>(from);
    store<i32>(entry, to);
    store<f32>(entry, number, 4);
    entry += number != 0 ? ENTRY : 0;
    from += stride;
    to += step;
  }
  return entry;
}

/** sums[0 … 4·vectors) += Σ factor · row, over a list. `vectors` is 1, 2, 4 or 8, known when this is compiled. */
// @ts-ignore: decorator
@inline
function addVectors(vectors: i32, list: usize, end: usize, rows: usize, rowBytes: usize, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  if (vectors > 1) s1 = v128.load(sums, 16);
  if (vectors > 2) { s2 = v128.load(sums, 32); s3 = v128.load(sums, 48); }
  if (vectors > 4) {
    s4 = v128.load(sums, 64); s5 = v128.load(sums, 80); s6 = v128.load(sums, 96); s7 = v128.load(sums, 112);
  }
  for (let entry = list; entry < end; entry += ENTRY) {
    const row = rows + <usize>load<u32>(entry) * rowBytes;
    const factor = v128.load32_splat(entry, 4);
    s0 = madd(factor, v128.load(row), s0);
    if (vectors > 1) s1 = madd(factor, v128.load(row, 16), s1);
    if (vectors > 2) {
      s2 = madd(factor, v128.load(row, 32), s2);
      s3 = madd(factor, v128.load(row, 48), s3);
    }
    if (vectors > 4) {
      s4 = madd(factor, v128.load(row, 64), s4);
      s5 = madd(factor, v128.load(row, 80), s5);
      s6 = madd(factor, v128.load(row, 96), s6);
      s7 = madd(factor, v128.load(row, 112), s7);
    }
  }
  v128.store(sums, s0);
  if (vectors > 1) v128.store(sums, s1, 16);
  if (vectors > 2) { v128.store(sums, s2, 32); v128.store(sums, s3, 48); }
  if (vectors > 4) {
    v128.store(sums, s4, 64); v128.store(sums, s5, 80); v128.store(sums, s6, 96); v128.store(sums, s7, 112);
  }
}

/** sums[0 … 32) += Σ factor · row. */
function addRows32(list: usize, end: usize, rows: usize, rowBytes: usize, sums: usize): void {
  addVectors(8, list, end, rows, rowBytes, sums);
}

/** Fewer than 32 columns: 16, 8, 4, and the last one, two or three as a vector of which only they are stored. */
function addRowsRest(list: usize, end: usize, rows: usize, rowBytes: usize, sums: usize, width: i32): void {
  if (width & 16) { addVectors(4, list, end, rows, rowBytes, sums); rows += 64; sums += 64; }
  if (width & 8) { addVectors(2, list, end, rows, rowBytes, sums); rows += 32; sums += 32; }
  if (width & 4) { addVectors(1, list, end, rows, rowBytes, sums); rows += 16; sums += 16; }
  const last = width & 3;
  if (last) {
    let sum = v128.load(sums);
    for (let entry = list; entry < end; entry += ENTRY) {
      const row = rows + <usize>load<u32>(entry) * rowBytes;
      sum = madd(v128.load32_splat(entry, 4), v128.load(row), sum);
    }
    v128.store_lane<f32>(sums, sum, 0);
    if (last > 1) v128.store_lane<f32>(sums, sum, 1, 4);
    if (last > 2) v128.store_lane<f32>(sums, sum, 2, 8);
  }
}

/** sums[0 … width) += Σ factor · row, over the entries from `list` to `end`. */
// @ts-ignore: decorator
@inline
export function addRows(list: usize, end: usize, rows: usize, rowBytes: usize, sums: usize, width: i32): void {
  if (list != end) {
    let offset: usize = 0;
    for (let rest = width; rest >= 32; rest -= 32) {
      addRows32(list, end, rows + offset, rowBytes, sums + offset);
      offset += 128;
    }
    if (width & 31) addRowsRest(list, end, rows + offset, rowBytes, sums + offset, width & 31);
  }
}
