import type { NumberParameter } from '@/lib/parameters';

/** How much louder or fainter a figure makes the clip. */
export const gainParameter: NumberParameter = {
  kind: 'number',
  label: 'gain',
  help: '−20 dB is a tenth of the amplitude, +20 dB ten times as much.',
  unit: 'dB',
  min: -60,
  max: 30,
  step: 1,
  default: 0,
};
