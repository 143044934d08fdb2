/** The optimiser of every recipe: AdamW with the usual decay rates, its learning rate falling to 0 at the last step. */
import type { OptimiserRecipe } from '../../src/lib/train/recipe.ts';

export function adamW(learningRate: number, warmUp: number, weightDecay: number): OptimiserRecipe {
  return { learningRate, warmUp, finalShare: 0, weightDecay, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
}
