/** What the exercises need of a picture. */
import { extentOf } from '@/components/plots/cells';
import { momentsOf } from '@/lib/dsp/moments';
import type { Tensor } from '@/lib/tensor';
import { ownWay } from '@/workers/lab/normalisation-ways';

export interface Numbers {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly variance: number;
  readonly epsilon: number;
}

export function numbersOf({ data }: Tensor): Numbers {
  const { mean, variance } = momentsOf(data);
  return { ...extentOf(data), mean, variance, epsilon: ownWay.epsilon };
}

/** Whether a number that was typed in is this one, rounded as people do. */
export function same(given: number, value: number): boolean {
  return Math.abs(given - value) <= 0.01 * Math.abs(value) + 1e-9;
}
