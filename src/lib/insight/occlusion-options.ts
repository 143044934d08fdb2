/** The settings of occlusion, apart from what computes it, so that a page can show them without the network. */
import type { Parameters } from '../parameters.ts';

export interface OcclusionOptions {
  readonly seconds: number;
  readonly hertz: number;
  readonly step: number;
  readonly fill: 'mean' | 'zero';
}

export const occlusionParameters: Parameters<OcclusionOptions> = {
  seconds: {
    kind: 'number',
    label: 'length',
    help: 'How long the patch is.',
    unit: 's',
    min: 0.01,
    max: 1,
    default: 0.1,
  },
  hertz: {
    kind: 'number',
    label: 'height',
    help: 'How high the patch is.',
    unit: 'Hz',
    min: 50,
    max: 8000,
    default: 1000,
  },
  step: {
    kind: 'number',
    label: 'step',
    help: 'How far the patch moves each time, as a share of its size: at 1 the patches touch, below they overlap.',
    min: 0.1,
    max: 1,
    step: 0.1,
    default: 0.5,
  },
  fill: {
    kind: 'choice',
    label: 'fill',
    help: 'What stands under the patch: the mean of the spectrogram, or zero, which is silence.',
    choices: ['mean', 'zero'],
    default: 'mean',
  },
};
