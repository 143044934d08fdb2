/** The recipes by name: `npm run train -- NAME`. */
import { KuuloError } from '../../src/lib/errors.ts';
import { checkRecipe } from '../../src/lib/train/check-recipe.ts';
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { digits } from './digits.ts';
import { environment } from './environment.ts';
import { events } from './events.ts';
import { eventsMel } from './events-mel.ts';
import { keywords } from './keywords.ts';
import { keywordsSmall } from './keywords-small.ts';
import { speechCnn } from './speech.ts';

export const recipes: Readonly<Record<string, Recipe>> = {
  keywords,
  'keywords-small': keywordsSmall,
  digits,
  events,
  'events-mel': eventsMel,
  environment,
  'speech-cnn': speechCnn,
};

/** Throws KuuloError that lists the recipes if there is none of this name. */
export function recipeOf(name: string): Recipe {
  const recipe = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (!recipe) throw new KuuloError(`There is no recipe "${name}". There are: ${Object.keys(recipes).join(', ')}.`);
  checkRecipe(recipe);
  return recipe;
}
