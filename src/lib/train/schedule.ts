/**
 * The learning rate over a run: a linear rise (warm-up), then half a cosine down. Sources: Goyal et al., "Accurate,
 * Large Minibatch SGD" (2017), section 2.2, for the rise; Loshchilov and Hutter, "SGDR" (2017), equation 5, for the
 * cosine, without restarts.
 */
import type { OptimiserRecipe } from './recipe.ts';

/**
 * @param step the number of the step, from 1 to `steps`
 * @param steps how many steps the run has
 * @returns the learning rate of that step
 */
export function learningRateAt(
  step: number,
  steps: number,
  recipe: Pick<OptimiserRecipe, 'learningRate' | 'warmUp' | 'finalShare'>,
): number {
  const { learningRate, warmUp, finalShare } = recipe;
  const rise = Math.round(warmUp * steps);
  if (step <= rise) return (learningRate * step) / rise;
  const progress = (step - rise) / Math.max(1, steps - rise);
  const share = 0.5 * (1 + Math.cos(Math.PI * progress));
  return learningRate * (finalShare + (1 - finalShare) * share);
}
