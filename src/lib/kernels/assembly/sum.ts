/** a += b, number by number: four at a time. Lengths are padded to a multiple of 4. */
export function sum(a: usize, b: usize, count: i32): void {
  for (const end = a + (<usize>count << 2); a < end; a += 16, b += 16) {
    v128.store(a, f32x4.add(v128.load(a), v128.load(b)));
  }
}
