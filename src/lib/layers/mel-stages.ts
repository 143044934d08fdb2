/** The layers that compute a mel picture or MFCC from a clip, in the order and the form of an architecture's stages. */
import { type MelSettings, melOptions } from '../dsp/mel-settings.ts';
import { decibelsConfig } from './decibels.ts';

export interface MelStage {
  readonly name: 'spectrogram' | 'mel' | 'log-mel' | 'mfcc';
  readonly type: 'spectrogram' | 'mel' | 'decibels' | 'dct';
  readonly config: object;
}

export function melStages(settings: MelSettings): MelStage[] {
  const { stft, power, decibels, mfcc } = settings;
  return [
    { name: 'spectrogram', type: 'spectrogram', config: { ...stft, power } },
    { name: 'mel', type: 'mel', config: melOptions(settings) },
    ...(decibels
      ? [{ name: 'log-mel', type: 'decibels', config: decibelsConfig(power, decibels) } satisfies MelStage]
      : []),
    ...(mfcc ? [{ name: 'mfcc', type: 'dct', config: mfcc } satisfies MelStage] : []),
  ];
}
