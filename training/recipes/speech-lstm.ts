/** The task of `speech` with a recurrent network: an LSTM goes over the picture moment by moment. */
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';
import { speech, speechArchitecture } from './speech.ts';

export const speechLstm: Recipe = {
  ...speech,
  name: 'speech-lstm',
  architecture: speechArchitecture('speech-lstm', [
    { name: 'lstm', type: 'lstm', config: { units: 64 } },
    { name: 'dropout', type: 'dropout', config: { rate: 0.3 } },
    { name: 'dense', type: 'dense', config: { units: 2 } },
  ]),
  logits: 'dense',
  optimiser: adamW(3e-3, 0.05, 0.02),
};
