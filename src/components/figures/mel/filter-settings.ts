/** What Figure 4.3 lets the reader set, and what becomes of it on a clip. */
import { type MelOptions, melFilterbank, melParameters } from '@/lib/dsp/mel';
import type { MelSettings } from '@/lib/dsp/mel-settings';
import type { Parameters } from '@/lib/parameters';
import { framesOf } from './settings.ts';

export interface FilterSettings extends Omit<MelOptions, 'sampleRate' | 'nFft'> {
  readonly nFft: '256' | '400' | '512' | '1024' | '2048';
}

export const filterSchema: Parameters<FilterSettings> = {
  nMels: { ...melParameters.nMels, kind: 'integer', min: 4, max: 128, default: 24 },
  nFft: {
    kind: 'choice',
    label: 'FFT length, samples',
    help: 'Longer puts the bins closer together. The window is as long.',
    choices: ['256', '400', '512', '1024', '2048'],
    default: '512',
  },
  fMin: { ...melParameters.fMin, kind: 'integer', max: 8000, step: 10 },
  fMax: { ...melParameters.fMax, kind: 'integer', min: 100, max: 24000, step: 10 },
  scale: melParameters.scale,
  norm: melParameters.norm,
};

export const habits: readonly { readonly name: string; readonly settings: FilterSettings }[] = [
  {
    name: 'torchaudio’s filters',
    settings: { nMels: 128, nFft: '400', fMin: 0, fMax: 8000, scale: 'htk', norm: 'none' },
  },
  {
    name: 'librosa’s filters',
    settings: { nMels: 128, nFft: '2048', fMin: 0, fMax: 11025, scale: 'slaney', norm: 'slaney' },
  },
];

/** Of a clip at this rate: the last filter ends where the clip has nothing more. */
export function settingsOn({ nFft, ...mel }: FilterSettings, sampleRate: number): MelSettings {
  return {
    sampleRate,
    stft: framesOf(Number(nFft)),
    power: 2,
    mel: { ...mel, fMax: Math.min(mel.fMax, sampleRate / 2) },
    decibels: { ref: 1, amin: 1e-10, topDb: 80 },
    mfcc: null,
  };
}

/** @throws ParameterError where no filters can be laid */
export function checkFilters(settings: FilterSettings): void {
  const { nFft, ...mel } = settings;
  melFilterbank({ ...mel, sampleRate: 2 * mel.fMax, nFft: Number(nFft) });
}

/** "1, 3 and 5": filters count from 1, as people do. */
export function listed(indices: readonly number[]): string {
  const names = indices.slice(0, 8).map((m) => String(m + 1));
  if (indices.length > 8) return `${names.join(', ')} and ${indices.length - 8} more`;
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
