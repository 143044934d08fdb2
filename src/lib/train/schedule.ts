/**
 * The learning rate over a run: a linear rise (warm-up), then half a cosine down. Sources: Goyal et al., "Accurate,
 * Large Minibatch SGD" (2017), section 2.2, for the rise; Loshchilov and Hutter, "SGDR" (2017), equation 5, for the
 * cosine, without restarts. Or, after the rise, stairs: the rate is cut by a factor after equal parts of the run.
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
  recipe: Pick<OptimiserRecipe, 'learningRate' | 'warmUp' | 'finalShare' | 'stairs'>,
): number {
  const { learningRate, warmUp, finalShare, stairs } = recipe;
  const rise = Math.round(warmUp * steps);
  if (step <= rise) return (learningRate * step) / rise;
  if (stairs) return learningRate * stairs.factor ** Math.floor(((step - 1) / steps) * (stairs.drops + 1));
  const progress = (step - rise) / Math.max(1, steps - rise);
  const share = 0.5 * (1 + Math.cos(Math.PI * progress));
  return learningRate * (finalShare + (1 - finalShare) * share);
}
