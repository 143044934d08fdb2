/** What the recipes on sounds of ESC-50 share. */
import type { Recipe } from '../../src/lib/train/recipe.ts';

/** Five seconds at 16 kHz; a longer recording is heard in tiles that overlap by half. */
export const fiveSeconds = { sampleRate: 16000, samples: 80000, hop: 40000 };

export const esc50: Pick<Recipe, 'data' | 'licence'> = {
  data: {
    name: 'ESC-50, environmental sound classification (Karol J. Piczak)',
    licence: 'CC BY-NC 3.0 (its ESC-10 part CC BY)',
    source: 'https://github.com/karolpiczak/ESC-50',
  },
  licence: 'CC BY-NC 3.0',
};

export const escNotes = [
  'No original recording is in two splits.',
  'Short sounds of ESC-50 are padded with exact zeros, and its classes differ in level: training varies the level and fills the padding with faint noise, so that neither gives the class away.',
];

/** Water and alarm among the classes of ESC-50; what is near to them is left out, and all the rest is other. */
export const waterAndAlarm: NonNullable<Recipe['sounds']> = {
  pouring_water: 'water',
  water_drops: 'water',
  toilet_flush: 'water',
  clock_alarm: 'alarm',
  siren: 'alarm',
  rain: null,
  sea_waves: null,
  washing_machine: null,
  church_bells: null,
  car_horn: null,
};
