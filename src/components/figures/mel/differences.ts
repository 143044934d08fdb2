/** One clip, two habits: what two programs do that both say they compute a log-mel picture. */
import type { MelOptions } from '@/lib/dsp/mel';
import type { BandSettings, Logarithm } from '@/workers/lab/mel-calls';
import { bandsFor } from './settings.ts';

export type Habit = 'scale' | 'norm' | 'power' | 'wrong-decibels' | 'ln' | 'top-db' | 'centre';

export interface Way {
  readonly says: string;
  readonly bands: BandSettings;
  readonly logarithm: Logarithm;
}

const plain: Logarithm = { kind: 'decibels', ref: 1, topDb: 80 };

/** The usual way, and one that differs from it in a single habit. */
export function waysOf(habit: Habit, sampleRate: number): readonly [Way, Way] {
  const bands = bandsFor(sampleRate, 40);
  const withMel = (change: Partial<MelOptions>): BandSettings => ({ ...bands, mel: { ...bands.mel, ...change } });
  const way = (says: string, changed: BandSettings = bands, logarithm = plain): Way => ({
    says,
    bands: changed,
    logarithm,
  });
  switch (habit) {
    case 'scale':
      return [way('HTK’s scale'), way('Slaney’s scale', withMel({ scale: 'slaney' }))];
    case 'norm':
      return [way('no norm: triangles 1 high'), way('Slaney’s norm: triangles of area 1', withMel({ norm: 'slaney' }))];
    case 'power':
      return [way('powers through the filters'), way('magnitudes through the filters', { ...bands, power: 1 })];
    case 'wrong-decibels':
      return [
        way('magnitudes, 20 log₁₀', { ...bands, power: 1 }),
        way('magnitudes, 10 log₁₀', { ...bands, power: 1 }, { kind: 'power-decibels', ref: 1, topDb: 80 }),
      ];
    case 'ln':
      return [way('decibels'), way('natural logarithm', bands, { kind: 'ln' })];
    case 'top-db':
      return [way('top_db 80'), way('no top_db', bands, { kind: 'decibels', ref: 1, topDb: null })];
    case 'centre':
      return [way('centred frames'), way('frames that fit', { ...bands, stft: { ...bands.stft, centre: false } })];
  }
}

export interface Apart {
  /** The largest and the mean difference of two cells in the same place. */
  readonly largest: number;
  readonly mean: number;
}

/** How far two pictures lie apart; undefined where they have not the same cells. */
export function apart(a: Float32Array, b: Float32Array): Apart | undefined {
  if (a.length !== b.length || a.length === 0) return undefined;
  let largest = 0;
  let sum = 0;
  for (let cell = 0; cell < a.length; cell++) {
    const distance = Math.abs(a[cell] - b[cell]);
    largest = Math.max(largest, distance);
    sum += distance;
  }
  return { largest, mean: sum / a.length };
}
