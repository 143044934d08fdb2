import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../src/lib/errors.ts';
import { checkRecipe } from '../../../src/lib/train/check-recipe.ts';
import type { Recipe } from '../../../src/lib/train/recipe.ts';
import { recipes } from '../../../training/recipes/index.ts';
import { small } from './small.ts';

const { architecture, augment, optimiser } = small;

describe('checkRecipe', () => {
  it.each([small, ...Object.values(recipes)])('takes $name', (recipe) => {
    expect(() => checkRecipe(recipe)).not.toThrow();
  });

  it.each<[string, Partial<Recipe>, string]>([
    ['epochs', { epochs: 0 }, 'epochs 0, but it must be a whole number from 1'],
    ['batch', { batch: 6 }, 'batch 6, but it must be a multiple of the shard, 4'],
    ['shard', { shard: 0.5 }, 'shard 0.5'],
    ['labelSmoothing', { labelSmoothing: Number.NaN }, 'labelSmoothing NaN, but it must be a number from 0 to 1'],
    ['warmUp', { optimiser: { ...optimiser, warmUp: 2 } }, 'warmUp 2'],
    ['classes', { silence: 'quiet' }, 'a list that holds "quiet"'],
    ['classes', { sampling: { exponent: 0, shares: { loud: 0.1 } } }, 'a list that holds "loud"'],
    ['shares', { sampling: { exponent: 0, shares: { low: 0.7, high: 0.6 } } }, 'shares 0.7, 0.6'],
    ['stages', { picture: 'photo' }, 'a list that holds "spectrogram", "photo" and "dense"'],
    ['stages', { logits: 'log' }, 'in this order'],
    [
      'gain',
      { augment: { ...augment, gain: { min: 0, max: 1 } } },
      'gain 0 to 1, but it must be a range from low to high above 0',
    ],
    ['snr', { augment: { ...augment, noise: { probability: 1, snr: { min: 9, max: -9 } } } }, 'snr 9 to -9'],
    ['labels', { labels: 0 }, 'labels 0, but it must be a whole number from 1'],
    [
      'before',
      { before: { ...small, architecture: { ...architecture, name: 'other' } } },
      'before of "other", but it must be of the same architecture',
    ],
    ['batch', { before: { ...small, name: 'first', batch: 6 } }, 'The recipe "first" has batch 6'],
    ['mixup', { augment: { ...augment, mixup: { probability: 1.5, alpha: 1 } } }, 'mixup 1.5'],
  ])('refuses %s that cannot be: %j', (parameter, change, sentence) => {
    const check = () => checkRecipe({ ...small, ...change });
    expect(check).toThrow(ParameterError);
    expect(check).toThrow(expect.objectContaining({ parameter, message: expect.stringContaining(sentence) }));
  });
});
