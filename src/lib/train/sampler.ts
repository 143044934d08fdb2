/**
 * Which clips an epoch goes through, and in which order: balanced between classes, each class's clips one after the
 * other in ever new orders, so that none is forgotten. A pure function of seed and epoch: nothing needs to be stored.
 */
import { createRandom, mixSeed, shuffle } from '../random.ts';
import type { SamplingRecipe } from './recipe.ts';

/** One example to be made. */
export interface Draw {
  /** The class's index. */
  readonly label: number;
  /** The clip's index in its class's list; for a class without clips 0. */
  readonly clip: number;
  /** Seeds all that is random in the example. */
  readonly seed: number;
}

/**
 * The share of each class among the examples: own shares as given, the rest in proportion to n^exponent.
 * A class without clips gets nothing unless it has a share of its own.
 */
export function classShares(
  classes: readonly string[],
  clips: readonly number[],
  { exponent, shares }: SamplingRecipe,
): number[] {
  const own = classes.map((name) => shares[name]);
  const left = 1 - own.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  const weights = clips.map((n, k) => (own[k] === undefined && n > 0 ? n ** exponent : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, k) => own[k] ?? (total > 0 ? (left * weight) / total : 0));
}

/** Whole numbers that sum to `total`, as near to the shares as can be (largest remainders). */
export function apportion(shares: readonly number[], total: number): number[] {
  const counts = shares.map((share) => Math.floor(share * total + 1e-9));
  const missing = total - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares
    .map((share, k) => ({ k, rest: share * total - counts[k] }))
    .sort((a, b) => b.rest - a.rest || a.k - b.k);
  for (let i = 0; i < missing; i++) counts[byRemainder[i % counts.length].k]++;
  return counts;
}

/**
 * The examples of one epoch, in order.
 * @param clips how many clips each class has
 * @param total how many examples the epoch has
 * @param epoch from 0
 */
export function drawEpoch(
  clips: readonly number[],
  shares: readonly number[],
  total: number,
  seed: number,
  epoch: number,
): Draw[] {
  const counts = apportion(shares, total);
  const picks: { label: number; clip: number }[] = [];
  for (const [label, count] of counts.entries()) {
    const visit = orderOf(clips[label], mixSeed(seed, 1, label));
    for (let i = 0; i < count; i++) picks.push({ label, clip: visit(epoch * count + i) });
  }
  shuffle(picks, createRandom(mixSeed(seed, 2, epoch)));
  return picks.map((pick, position) => ({ ...pick, seed: mixSeed(seed, 3, epoch, position) }));
}

/**
 * The clips of a class with those of scarce sources repeated, so that a source of n clips is drawn in proportion to
 * n^exponent. The first clips of a source may come once more than the others.
 * @param indices the class's clips
 * @param sources the source of each clip of the store, by index
 */
export function balanceSources(indices: readonly number[], sources: readonly string[], exponent: number): number[] {
  if (exponent === 1) return [...indices];
  const bySource = new Map<string, number[]>();
  for (const index of indices) bySource.set(sources[index], [...(bySource.get(sources[index]) ?? []), index]);
  const lists = [...bySource.values()];
  const largest = Math.max(...lists.map((list) => list.length));
  return lists.flatMap((list) => {
    const wanted = Math.round(largest * (list.length / largest) ** exponent);
    return Array.from({ length: wanted }, (_, i) => list[i % list.length]);
  });
}

/** The n-th clip of a class: its clips in a random order, then in another, and so on. */
function orderOf(clips: number, seed: number): (n: number) => number {
  if (clips === 0) return () => 0;
  let round = -1;
  let order: number[] = [];
  return (n) => {
    const wanted = Math.floor(n / clips);
    if (wanted !== round) {
      round = wanted;
      order = Array.from({ length: clips }, (_, index) => index);
      shuffle(order, createRandom(mixSeed(seed, round)));
    }
    return order[n % clips];
  };
}
