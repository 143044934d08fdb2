/**
 * Seeded random numbers, so that a run can be repeated number for number. The generator is mulberry32 (Tommy Ettinger,
 * 2017): 32 bits of state, a period of 2^32; enough for augmentation and initial weights, not for secrets.
 */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /** A number of the normal distribution with mean 0 and variance 1 (Box and Muller, 1958). */
  normal(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function uniform(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (below) => Math.floor(uniform() * below),
  };
}

/** A seed made of several numbers (run seed, epoch, example, …): neighbours give unrelated streams. */
export function mixSeed(...parts: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part >>> 0), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 12;
  }
  return hash >>> 0;
}

/** Shuffles in place (Fisher and Yates; Knuth, "The Art of Computer Programming" 2, algorithm P). */
export function shuffle<Item>(items: Item[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const item = items[i];
    items[i] = items[j];
    items[j] = item;
  }
}
