/**
 * AdamW: Adam with weight decay decoupled from the gradient. For each weight w with gradient g, at step t = 1, 2, …:
 *
 *     w ← w − η·λ·w                      (not for biases)
 *     m ← β₁·m + (1 − β₁)·g
 *     v ← β₂·v + (1 − β₂)·g²
 *     w ← w − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019), algorithm 2; the same order of
 * operations as `torch.optim.AdamW`. Every weight is treated alone, so a range of weights can be left to each thread.
 */
import type { OptimiserRecipe } from './recipe.ts';

/** The running averages that AdamW keeps beside the weights: of the gradient, and of its square. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export type AdamWSettings = Pick<OptimiserRecipe, 'weightDecay' | 'beta1' | 'beta2' | 'epsilon'>;

/**
 * One step for the weights from index `from` up to, not including, `to`. Changes `weights` and `moments` in place.
 * @param step the number of this step, from 1
 * @param learningRate η at this step
 */
export function adamW(
  weights: Float32Array,
  gradient: Float32Array,
  moments: Moments,
  settings: AdamWSettings,
  learningRate: number,
  step: number,
  from = 0,
  to = weights.length,
): void {
  const { beta1, beta2, epsilon, weightDecay } = settings;
  const { first, second } = moments;
  const kept = 1 - learningRate * weightDecay;
  const rate = learningRate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  for (let i = from; i < to; i++) {
    const g = gradient[i];
    const m = beta1 * first[i] + (1 - beta1) * g;
    const v = beta2 * second[i] + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    weights[i] = weights[i] * kept - (rate * m) / (Math.sqrt(v) * correction + epsilon);
  }
}
