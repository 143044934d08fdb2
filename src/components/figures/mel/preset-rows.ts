/** What the settings of a preset cost, and what they buy, on a clip of so many seconds. */
import { frameCount } from '@/lib/dsp/frames';
import { type MelPresetName, melPresets } from '@/lib/dsp/mel-presets';
import type { MelSettings } from '@/lib/dsp/mel-settings';
import type { BandSettings } from '@/workers/lab/mel-calls';

/** As the chapter names them; the five projects are the book's models'. */
export const presetNames: Readonly<Record<MelPresetName, string>> = {
  environment: 'Environment: 50 kinds of sound',
  'digits-mel': 'Digits',
  keywords: 'Keywords',
  events: 'Events: water, alarm, other',
  speech: 'Speech or noise',
  'librosa-mel': 'librosa.feature.melspectrogram',
  'librosa-mfcc': 'librosa.feature.mfcc',
  'torchaudio-mel': 'torchaudio MelSpectrogram',
  'torchaudio-mfcc': 'torchaudio MFCC',
};

export type Length = 'as written' | 'shortest that fits';

/** A preset's settings; undefined where its document names none. The sample rates of the two without mel are theirs too. */
export function settingsOfPreset(name: MelPresetName, length: Length): BandSettings | undefined {
  const { settings, stft } = melPresets[name];
  if (!stft) return undefined;
  const nFft = length === 'as written' ? stft.nFft : 2 ** Math.ceil(Math.log2(stft.winLength));
  const frames = { ...stft, nFft: Math.min(nFft, stft.nFft) };
  if (settings) return { sampleRate: settings.sampleRate, stft: frames, power: settings.power, mel: settings.mel };
  return { sampleRate: 16000, stft: frames, power: 1, mel: null };
}

/** The whole of a preset, for its Python call, with this length of the FFT. */
export function callOfPreset(name: MelPresetName, length: Length): MelSettings | undefined {
  const { settings } = melPresets[name];
  const shown = settingsOfPreset(name, length);
  return settings && shown ? { ...settings, stft: shown.stft } : undefined;
}

export interface Cost {
  readonly bins: number;
  /** Between two bins, Hz. */
  readonly binHertz: number;
  /** Two tones closer than this run together under a Hann window: half its main lobe, Hz. */
  readonly apartHertz: number;
  readonly windowMs: number;
  readonly hopMs: number;
  /** How many frames read each sample. */
  readonly overlap: number;
  /** Of the clip. */
  readonly frames: number;
  readonly rows: number;
}

/** @throws ShapeError where no frame fits */
export function costOf({ sampleRate, stft, mel }: BandSettings, seconds: number): Cost {
  const bins = Math.floor(stft.nFft / 2) + 1;
  return {
    bins,
    binHertz: sampleRate / stft.nFft,
    apartHertz: (2 * sampleRate) / stft.winLength,
    windowMs: (1000 * stft.winLength) / sampleRate,
    hopMs: (1000 * stft.hopLength) / sampleRate,
    overlap: stft.winLength / stft.hopLength,
    frames: frameCount(stft, Math.round(seconds * sampleRate)),
    rows: mel ? mel.nMels : bins,
  };
}
