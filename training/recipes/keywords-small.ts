/**
 * The task of `keywords` with a small network: 40-band log-mel and six depthwise-separable residual blocks, the family
 * of DS-CNN (Zhang et al., "Hello Edge", 2017).
 */
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';
import { classifier, logMel, separableBlock, stem } from './blocks.ts';
import { keywords } from './keywords.ts';

const CHANNELS = 64;
const names = ['block1', 'block2', 'block3', 'block4', 'block5', 'block6'];

export const keywordsSmall: Recipe = {
  ...keywords,
  name: 'keywords-small',
  architecture: {
    ...keywords.architecture,
    name: 'keywords-small',
    stages: [
      ...logMel(
        { winLength: 640, hopLength: 320, nFft: 1024, centre: true },
        { sampleRate: 16000, nMels: 40, fMin: 20, fMax: 7600 },
      ),
      ...stem(CHANNELS, [10, 4], [2, 2]),
      ...names.flatMap((name, i) => separableBlock(name, i === 0 ? 'stem-relu' : `${names[i - 1]}-relu2`, CHANNELS)),
      ...classifier(keywords.architecture.classes.length, 0.2),
    ],
  },
  epochs: 40,
  batch: 64,
  shard: 32,
  labelSmoothing: 0.1,
  averageDecay: 0.998,
  optimiser: adamW(4e-3, 0.03, 0.02),
  spectrogram: 'mel',
  logits: 'dense',
  augment: {
    ...keywords.augment,
    warp: 0.06,
    timeMasks: { count: 2, width: 8 },
    frequencyMasks: { count: 2, width: 5 },
  },
};
