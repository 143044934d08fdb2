import type { NumberParameter } from '@/lib/parameters';

/** How much of the spectrogram is kept, to be heard alone. */
export const keepParameter: NumberParameter = {
  kind: 'number',
  label: 'keep',
  help: 'The cells that speak most for the answer, as a share of all.',
  unit: '%',
  min: 1,
  max: 60,
  step: 1,
  default: 10,
};
