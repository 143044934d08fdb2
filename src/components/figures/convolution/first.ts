/** Where the figures begin, and a cell of the second convolution as several of them let one choose it. */
import type { Parameters } from '@/lib/parameters';

export interface Conv2Cell {
  readonly map: number;
  readonly time: number;
  readonly frequency: number;
}

/** A kernel of the first convolution that answers to beginnings. */
export const firstKernel = 22;
/** A map in which much happens when the built-in word is spoken. */
export const firstMap = 31;

const place = { kind: 'integer', min: 0, max: 27 } as const;
export const conv2CellSchema: Parameters<Conv2Cell> = {
  map: { ...place, label: 'map o', help: 'Which of the 64 maps.', max: 63, default: firstMap },
  time: { ...place, label: 'column i', help: 'The cell along time.', default: 10 },
  frequency: { ...place, label: 'row j', help: 'The cell along frequency.', default: 6 },
};
