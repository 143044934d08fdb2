// ReLU on a run of numbers, four at a time: for these loops a processor guesses the sign of every number, and is wrong
// half of the time. Lengths are padded to a multiple of 4.

/** x = max(0, x), in place. What is not a number stays so. */
export function relu(x: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (const end = x + (<usize>count << 2); x < end; x += 16) v128.store(x, f32x4.pmax(v128.load(x), zero));
}

/** dy = y > 0 ? dy : 0, in place. */
export function reluBackward(dy: usize, y: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (const end = dy + (<usize>count << 2); dy < end; dy += 16, y += 16) {
    v128.store(dy, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
  }
}
