/** The task of `events` with a small residual network on log-mel, as `keywords-small` has it. */
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { classifier, logMel, separableBlock, stem } from './blocks.ts';
import { environment } from './environment.ts';
import { escNotes } from './esc-50.ts';
import { events } from './events.ts';

const CHANNELS = 48;
const names = ['block1', 'block2', 'block3', 'block4'];

export const eventsMel: Recipe = {
  ...events,
  name: 'events-mel',
  architecture: {
    ...events.architecture,
    name: 'events-mel',
    stages: [
      ...logMel(
        { winLength: 800, hopLength: 400, nFft: 1024, centre: true },
        { sampleRate: 16000, nMels: 64, fMin: 20, fMax: 8000 },
      ),
      ...stem(CHANNELS, [5, 5], [4, 4]),
      ...names.flatMap((name, i) => separableBlock(name, i === 0 ? 'stem-relu' : `${names[i - 1]}-relu2`, CHANNELS)),
      ...classifier(3, 0.2),
    ],
  },
  spectrogram: 'mel',
  logits: 'dense',
  epochs: 40,
  labelSmoothing: 0.1,
  optimiser: { ...events.optimiser, learningRate: 3e-3, weightDecay: 0.05 },
  averageDecay: 0.995,
  sampling: { exponent: 0.25, shares: {} },
  augment: environment.augment,
  validateEvery: 4,
  notes: [...escNotes, ...events.notes.slice(1)],
};
