/**
 * How sure an accuracy is. Clips of one speaker (or of one original recording) resemble each other, so where the groups
 * are known whole groups are drawn again (bootstrap: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
 * percentile method); where they are not, Wilson's interval treats the clips as independent (Wilson, "Probable
 * inference", 1927; Brown, Cai and DasGupta, 2001) and is too narrow if they are not.
 */
import type { Interval } from '../model/card.ts';
import { createRandom } from '../random.ts';

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** Wilson's interval for `right` of `n` independent clips. */
export function wilson(right: number, n: number): Interval {
  const method = 'Wilson, clips taken as independent';
  if (n === 0) return { low: 0, high: 1, level: 0.95, method };
  const share = right / n;
  const middle = share + (Z * Z) / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale), level: 0.95, method };
}

/**
 * The percentile interval of the accuracy over redrawn groups.
 * @param right for each clip whether it was named right
 * @param groups for each clip its group's name
 * @param rounds how many times the groups are drawn anew
 */
export function bootstrap(right: readonly boolean[], groups: readonly string[], rounds = 2000, seed = 1): Interval {
  const totals = new Map<string, { right: number; n: number }>();
  for (const [i, group] of groups.entries()) {
    const total = totals.get(group) ?? { right: 0, n: 0 };
    totals.set(group, { right: total.right + (right[i] ? 1 : 0), n: total.n + 1 });
  }
  const all = [...totals.values()];
  const random = createRandom(seed);
  const shares = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let good = 0;
    let n = 0;
    for (let i = 0; i < all.length; i++) {
      const group = all[random.integer(all.length)];
      good += group.right;
      n += group.n;
    }
    shares[round] = good / n;
  }
  shares.sort();
  const at = (share: number): number => shares[Math.min(rounds - 1, Math.floor(share * rounds))];
  return { low: at(0.025), high: at(0.975), level: 0.95, method: `bootstrap over ${all.length} groups` };
}

/** With fewer groups than this, drawing them again says little. */
const FEWEST_GROUPS = 10;

/**
 * The interval of an accuracy: over groups where at least half the clips have one, else Wilson's.
 * @param groups for each clip its group; a clip without one (an empty name) counts as a group of its own
 */
export function accuracyInterval(right: readonly boolean[], groups: readonly string[], what: string): Interval {
  const named = groups.filter(Boolean);
  if (new Set(named).size < FEWEST_GROUPS || 2 * named.length < right.length) {
    return wilson(right.filter(Boolean).length, right.length);
  }
  const alone = right.length - named.length;
  const method = `bootstrap over ${new Set(named).size} ${what}${alone > 0 ? ` and ${alone} clips of no known one` : ''}`;
  return {
    ...bootstrap(
      right,
      groups.map((group, i) => group || `clip ${i}`),
    ),
    method,
  };
}
