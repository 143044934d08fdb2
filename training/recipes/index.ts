/** The recipes by name: `npm run train -- NAME`. */
import { KuuloError } from '../../src/lib/errors.ts';
import { checkRecipe } from '../../src/lib/train/check-recipe.ts';
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { digits } from './digits.ts';
import { digitsMel, digitsWaveform } from './digits-series.ts';
import { environment, environmentMfcc } from './environment.ts';
import { events } from './events.ts';
import { eventsMel } from './events-mel.ts';
import { keywords } from './keywords.ts';
import { keywordsSmall } from './keywords-small.ts';
import { speech } from './speech.ts';
import { speechAutoencoder } from './speech-autoencoder.ts';
import { speechLstm } from './speech-lstm.ts';

export const recipes: Readonly<Record<string, Recipe>> = {
  keywords,
  'keywords-small': keywordsSmall,
  digits,
  'digits-mel': digitsMel,
  'digits-waveform': digitsWaveform,
  events,
  'events-mel': eventsMel,
  environment,
  'environment-mfcc': environmentMfcc,
  speech,
  'speech-autoencoder': speechAutoencoder,
  'speech-lstm': speechLstm,
};

/** Throws KuuloError that lists the recipes if there is none of this name. */
export function recipeOf(name: string): Recipe {
  const recipe = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (!recipe) throw new KuuloError(`There is no recipe "${name}". There are: ${Object.keys(recipes).join(', ')}.`);
  checkRecipe(recipe);
  return recipe;
}
