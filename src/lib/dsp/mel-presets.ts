/**
 * Settings of mel pictures and MFCC that one meets: what librosa and torchaudio do when nothing else is asked of them, and
 * what the five projects behind this book's networks wrote down. Two of those five use a mel scale.
 * `tests/golden/mel.py` computes what the libraries give, with torchaudio itself or from librosa's formulas.
 */
import type { StftOptions } from './frames.ts';
import type { MelSettings } from './mel-settings.ts';
import { presetOptions } from './presets.ts';

export interface MelPreset {
  readonly label: string;
  /** Where the settings are written down. */
  readonly source: string;
  /** A sentence or two: what is peculiar, and what was not said and is filled in. */
  readonly note: string;
  /** Null where the source has no mel scale. */
  readonly settings: MelSettings | null;
  /** Null where the source does not say how its spectra are taken. */
  readonly stft: StftOptions | null;
}

/** librosa.feature.melspectrogram, then librosa.power_to_db, as they are without any argument but the clip's rate. */
function librosaMel(sampleRate: number): MelSettings {
  return {
    sampleRate,
    stft: presetOptions('librosa'),
    power: 2,
    mel: { nMels: 128, fMin: 0, fMax: sampleRate / 2, scale: 'slaney', norm: 'slaney' },
    decibels: { ref: 1, amin: 1e-10, topDb: 80 },
    mfcc: null,
  };
}

/** torchaudio.transforms.MelSpectrogram, then AmplitudeToDB, as they are without any argument. */
const torchaudioMel: MelSettings = {
  sampleRate: 16000,
  stft: presetOptions('torchaudio'),
  power: 2,
  mel: { nMels: 128, fMin: 0, fMax: 8000, scale: 'htk', norm: 'none' },
  decibels: { ref: 1, amin: 1e-10, topDb: null },
  mfcc: null,
};

function withMel(settings: MelSettings): Pick<MelPreset, 'settings' | 'stft'> {
  return { settings, stft: settings.stft };
}

const presets = {
  'librosa-mel': {
    label: 'librosa.feature.melspectrogram, then power_to_db',
    source: 'https://librosa.org/doc/latest/generated/librosa.feature.melspectrogram.html',
    note: 'Slaney’s scale and norm, and a clip that librosa.load has brought to 22050 Hz.',
    ...withMel(librosaMel(22050)),
  },
  'librosa-mfcc': {
    label: 'librosa.feature.mfcc',
    source: 'https://librosa.org/doc/latest/generated/librosa.feature.mfcc.html',
    note: 'The first 20 cosines of the decibels of melspectrogram.',
    ...withMel({ ...librosaMel(22050), mfcc: { nMfcc: 20, norm: 'ortho' } }),
  },
  'torchaudio-mel': {
    label: 'torchaudio.transforms.MelSpectrogram, then AmplitudeToDB',
    source: 'https://pytorch.org/audio/stable/generated/torchaudio.transforms.MelSpectrogram.html',
    note: 'HTK’s scale without norm. 128 bands are too many for an FFT of 400 samples: some filters lie between two bins, and torchaudio warns of them. AmplitudeToDB sets no range unless it is asked to.',
    ...withMel(torchaudioMel),
  },
  'torchaudio-mfcc': {
    label: 'torchaudio.transforms.MFCC',
    source: 'https://pytorch.org/audio/stable/generated/torchaudio.transforms.MFCC.html',
    note: 'The first 40 cosines of the decibels of MelSpectrogram, here with a range of 80 dB.',
    ...withMel({
      ...torchaudioMel,
      decibels: { ref: 1, amin: 1e-10, topDb: 80 },
      mfcc: { nMfcc: 40, norm: 'ortho' },
    }),
  },
  environment: {
    label: 'Environment: 50 kinds of sound',
    source: 'The read-me of the project “Sound-Classification”',
    note: 'A window of 3969 samples (90 ms) within an FFT of 16384: the zeros around it set finer bins, but tell no closer tones apart. Scale, norm and the reference of the decibels are not named, so they are librosa’s.',
    ...withMel({
      ...librosaMel(44100),
      stft: presetOptions('librosa', { winLength: 3969, hopLength: 308, nFft: 16384 }),
      mel: { nMels: 256, fMin: 20, fMax: 17000, scale: 'slaney', norm: 'slaney' },
    }),
  },
  'digits-mel': {
    label: 'Digits: spoken numbers',
    source: 'The read-me of the project “Numbers Recognition with Convolutional Neural Networks”',
    note: 'librosa’s own settings on one second at 8000 Hz, which makes 128 bands in 16 frames; decibels relative to the largest value of each clip.',
    ...withMel({ ...librosaMel(8000), decibels: { ref: 'max', amin: 1e-10, topDb: 80 } }),
  },
  keywords: {
    label: 'Keywords: spoken commands',
    source: 'The read-me of the project “CNN Audio Classifier”',
    note: 'No mel scale: a spectrogram with evenly spaced bins. Its sizes are not given in the text, and are those of TensorFlow’s tutorial on such commands.',
    settings: null,
    stft: presetOptions('tf.signal'),
  },
  events: {
    label: 'Events: water, alarm, other',
    source: 'The read-me of the project “Audio-classifier”',
    note: 'No mel scale: the mean over time of each of the 257 bins of librosa.stft, at 16000 Hz.',
    settings: null,
    stft: presetOptions('librosa', { winLength: 512, hopLength: 256, nFft: 512 }),
  },
  speech: {
    label: 'Speech: noise or speech',
    source: 'The read-me of the project “Audio-Classification based on ANNs”',
    note: 'It speaks of spectrograms, but names no mel scale and no sizes.',
    settings: null,
    stft: null,
  },
} as const satisfies Record<string, MelPreset>;

export type MelPresetName = keyof typeof presets;

export const melPresets: Readonly<Record<MelPresetName, MelPreset>> = presets;
