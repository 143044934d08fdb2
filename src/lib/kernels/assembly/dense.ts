// Dense layers on a batch: x [n, inputs], w [inputs, outputs], y and dy [n, outputs], all row-major.
import { addRows, ENTRY, gather, madd } from './rows';

/** Weights that are used for the whole batch while they are in the cache: 32 kB. */
const BLOCK: i32 = 8192;

// @ts-ignore: decorator
@inline
function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/**
 * y += x · w. `list` has room for an entry for each input. One example reads every weight once, as fast as memory gives
 * them; a batch uses a block of weights for all its examples while it is in the cache.
 */
export function dense(x: usize, w: usize, y: usize, list: usize, n: i32, inputs: i32, outputs: i32): void {
  if (n == 1 && outputs % 4 == 0) {
    addWholeRows(list, gather(x, inputs, 4, 0, 1, list), w, y, outputs);
    return;
  }
  const block = max(1, BLOCK / outputs);
  for (let from = 0; from < inputs; from += block) {
    const count = min(block, inputs - from);
    for (let example = 0; example < n; example++) {
      const end = gather(x + bytes(example * inputs + from), count, 4, 0, 1, list);
      addRows(list, end, w + bytes(from * outputs), bytes(outputs), y + bytes(example * outputs), outputs);
    }
  }
}

/** sums += Σ factor · row over a list, four whole rows at a time from left to right. `width` is a multiple of 4. */
function addWholeRows(list: usize, end: usize, rows: usize, sums: usize, width: i32): void {
  const rowBytes = bytes(width);
  for (; list + 4 * ENTRY <= end; list += 4 * ENTRY) {
    const row0 = rows + <usize>load<u32>(list) * rowBytes, row1 = rows + <usize>load<u32>(list, 8) * rowBytes;
    const row2 = rows + <usize>load<u32>(list, 16) * rowBytes, row3 = rows + <usize>load<u32>(list, 24) * rowBytes;
    const factor0 = v128.load32_splat(list, 4), factor1 = v128.load32_splat(list, 12);
    const factor2 = v128.load32_splat(list, 20), factor3 = v128.load32_splat(list, 28);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let sum = v128.load(sums + at);
      sum = madd(factor0, v128.load(row0 + at), sum);
      sum = madd(factor1, v128.load(row1 + at), sum);
      sum = madd(factor2, v128.load(row2 + at), sum);
      sum = madd(factor3, v128.load(row3 + at), sum);
      v128.store(sums + at, sum);
    }
  }
  addRows(list, end, rows, rowBytes, sums, width);
}

/** dw += xᵀ · dy. `list` has room for n entries. */
export function denseBackwardWeights(
  dy: usize, x: usize, dw: usize, list: usize, n: i32, inputs: i32, outputs: i32,
): void {
  for (let input = 0; input < inputs; input++) {
    const end = gather(x, n, bytes(inputs), 0, 1, list);
    addRows(list, end, dy, bytes(outputs), dw, outputs);
    x += 4;
    dw += bytes(outputs);
  }
}

/**
 * dx += dy · wᵀ. `lists` has room for an entry for each number of dy, `ends` for an address for each example, and
 * `block` for 32 · outputs numbers: the weights of 32 inputs, transposed.
 */
export function denseBackwardInput(
  dy: usize, w: usize, dx: usize, lists: usize, ends: usize, block: usize, n: i32, inputs: i32, outputs: i32,
): void {
  let list = lists;
  for (let example = 0; example < n; example++) {
    list = gather(dy + bytes(example * outputs), outputs, 4, 0, 1, list);
    store<u32>(ends + bytes(example), <u32>list);
  }
  for (let from = 0; from < inputs; from += 32) {
    const count = min(32, inputs - from);
    for (let input = 0; input < count; input++) {
      let to = block + bytes(input);
      for (let output = 0; output < outputs; output++) {
        store<f32>(to, load<f32>(w));
        w += 4;
        to += bytes(32);
      }
    }
    list = lists;
    for (let example = 0; example < n; example++) {
      const end = <usize>load<u32>(ends + bytes(example));
      addRows(list, end, block, bytes(32), dx + bytes(example * inputs + from), count);
      list = end;
    }
  }
}
