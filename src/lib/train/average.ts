/**
 * A running average of the weights over the steps (exponential moving average). Its answers are steadier than those of
 * the last step's weights: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging" (1992); in
 * this form as `tf.train.ExponentialMovingAverage`, whose rule for the first steps is used too.
 */

/** The decay at a step (from 1): small at first, so that the fresh weights are soon forgotten. */
export function decayAt(step: number, decay: number): number {
  return Math.min(decay, step / (9 + step));
}

/** average ← decay · average + (1 − decay) · weights, for the indices from `from` up to, not including, `to`. */
export function moveAverage(
  average: Float32Array,
  weights: Float32Array,
  decay: number,
  from = 0,
  to = weights.length,
): void {
  for (let i = from; i < to; i++) average[i] += (1 - decay) * (weights[i] - average[i]);
}
