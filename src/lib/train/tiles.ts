/** From the answers to the tiles of recordings to one answer for each recording. */
import type { Answers } from './metrics.ts';

/**
 * The mean of the probabilities of each recording's tiles.
 * @param recordings for each row of the answers the number of its recording, in ascending order, each from 0 on
 */
export function poolTiles({ classes, truth, probabilities }: Answers, recordings: readonly number[]): Answers {
  const k = classes.length;
  const pooledTruth: number[] = [];
  const counts: number[] = [];
  for (const [row, recording] of recordings.entries()) {
    pooledTruth[recording] = truth[row];
    counts[recording] = (counts[recording] ?? 0) + 1;
  }
  const pooled = new Float32Array(counts.length * k);
  for (const [row, recording] of recordings.entries()) {
    for (let i = 0; i < k; i++) pooled[recording * k + i] += probabilities[row * k + i] / counts[recording];
  }
  return { classes, truth: pooledTruth, probabilities: pooled };
}
