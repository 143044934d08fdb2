/** The settings that the chapter's figures begin with. */
import type { StftOptions } from '@/lib/dsp/frames';
import type { MelOptions } from '@/lib/dsp/mel';
import { presetOptions } from '@/lib/dsp/presets';
import type { BandSettings } from '@/workers/lab/mel-calls';

export type Filters = Omit<MelOptions, 'sampleRate' | 'nFft'>;

/** Frames of about 32 ms, a quarter of that apart, centred as librosa does: 512 and 128 samples at 16 kHz. */
function framesFor(sampleRate: number): StftOptions {
  return framesOf(2 ** Math.round(Math.log2(0.032 * sampleRate)));
}

export function framesOf(nFft: number): StftOptions {
  return presetOptions('librosa', { winLength: nFft, nFft, hopLength: Math.max(1, Math.floor(nFft / 4)) });
}

/** So many bands from 0 Hz to half the sample rate, at the clip's own rate. */
export function bandsFor(
  sampleRate: number,
  nMels: number,
): BandSettings & { readonly power: 2; readonly mel: Filters } {
  return {
    sampleRate,
    stft: framesFor(sampleRate),
    power: 2,
    mel: { nMels, fMin: 0, fMax: sampleRate / 2, scale: 'htk', norm: 'none' },
  };
}
