// Dense layers on a batch: x [n, inputs], w [inputs, outputs], y and dy [n, outputs], all row-major.
import { addRows, gather } from './rows';

/** Weights that are used for the whole batch while they are in the cache: 32 kB. */
const BLOCK: i32 = 8192;

// @ts-ignore: decorator
@inline
function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/** y += x · w. `list` has room for BLOCK entries, or one if there are more outputs than that. */
export function dense(x: usize, w: usize, y: usize, list: usize, n: i32, inputs: i32, outputs: i32): void {
  const block = max(1, BLOCK / outputs);
  for (let from = 0; from < inputs; from += block) {
    const count = min(block, inputs - from);
    for (let example = 0; example < n; example++) {
      const end = gather(x + bytes(example * inputs + from), count, 4, 0, 1, list);
      addRows(list, end, w + bytes(from * outputs), bytes(outputs), y + bytes(example * outputs), outputs);
    }
  }
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
