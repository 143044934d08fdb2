/** What a card says of clips made harder: over noise, for what listens through noise, and with their padding filled. */
import type { ModelCard, PartFigures } from '../src/lib/model/card.ts';
import type { Network } from '../src/lib/model/network.ts';
import { measure } from '../src/lib/train/metrics.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { type Folder, recordingsOf } from './data.ts';
import { judgeSplit } from './judge.ts';
import { loadKernels } from './kernels.ts';
import { type Harder, variationOf } from './variation.ts';

/** Faint noise in the padding of short recordings, decibels below full scale. */
const FILL = -70;
/** Decibels that a recording is above the noise behind it. */
const SNRS = [10, 5, 0];

export async function harderOf(
  network: Network,
  recipe: Recipe,
  folder: Folder,
  split: string,
): Promise<Pick<ModelCard, 'harder'>> {
  const ways: Record<string, Harder> = {};
  if (recipe.augment.fill) ways[`with noise of ${FILL} dB in the padding`.replace('-', '−')] = { fill: FILL };
  if (recipe.noise && recipe.noise.classes.length > 0) {
    for (const snr of SNRS) ways[`over other noise, ${snr} dB below`] = { snr };
  }
  const kernels = await loadKernels();
  const harder: Record<string, PartFigures> = {};
  for (const [words, way] of Object.entries(ways)) {
    const vary = await variationOf(recipe, recordingsOf(folder, split), way);
    const judged = await judgeSplit(network, folder, split, kernels, vary);
    const answers = judged.tiles?.answers ?? judged.answers;
    const { accuracy, balancedAccuracy } = measure(answers);
    harder[words] = { n: answers.truth.length, accuracy, balancedAccuracy };
  }
  return Object.keys(harder).length > 0 ? { harder } : {};
}
