/**
 * The settings of a mel picture or of MFCC as the text of a Python program that makes the same with librosa or
 * torchaudio: in one call where the library takes its spectra in this way, and from the spectra of `stft-call.ts`
 * elsewhere. `tests/golden/mel.py` parses the programs, and runs those of torchaudio.
 */
import { ParameterError } from '../errors.ts';
import type { MelSettings } from './mel-settings.ts';
import { assign, numpyPad, python, scipyWindow, windowIsInCentre } from './python-lines.ts';
import { stftCall } from './stft-call.ts';

/**
 * The program for librosa, with a line break at its end. It reads `y`, the clip, and leaves `mel`, [nMels, frames], and
 * `mel_db` and `mfcc` where they are asked for.
 */
export function asLibrosaCall(settings: MelSettings): string {
  const { sampleRate, stft, power, mel, decibels, mfcc } = settings;
  const direct = windowIsInCentre(stft) && stft.periodic && stft.padEnd === 'none' && stft.scaling === 'none';
  const filters = [
    `n_mels=${mel.nMels}`,
    `fmin=${float(mel.fMin)}`,
    `fmax=${float(mel.fMax)}`,
    `htk=${python(mel.scale === 'htk')}`,
    `norm=${norm(mel.norm)}`,
  ];
  const framing = [
    `hop_length=${stft.hopLength}`,
    `win_length=${stft.winLength}`,
    `window="${scipyWindow[stft.window]}"`,
    `center=${python(stft.centre)}`,
    `pad_mode="${numpyPad[stft.padMode]}"`,
    `power=${float(power)}`,
  ];
  const call = (spectra: readonly string[]) =>
    assign('mel', 'librosa.feature.melspectrogram', [
      ...spectra,
      `sr=${sampleRate}`,
      `n_fft=${stft.nFft}`,
      ...(direct ? framing : []),
      ...filters,
    ]);
  const toDb = decibels && [
    `ref=${decibels.ref === 'max' ? 'np.max' : float(decibels.ref)}`,
    `amin=${float(decibels.amin)}`,
    `top_db=${decibels.topDb === null ? 'None' : float(decibels.topDb)}`,
  ];
  const needsNumpy = direct && decibels?.ref === 'max';
  return lines([
    ...(direct
      ? ['import librosa', ...(needsNumpy ? ['import numpy as np'] : []), '', clipComment(sampleRate), ...call(['y=y'])]
      : [...spectraOf('librosa', settings), ...call(['S=S'])]),
    ...(toDb ? assign('mel_db', `librosa.${power === 2 ? 'power' : 'amplitude'}_to_db`, ['mel', ...toDb]) : []),
    ...(mfcc
      ? assign('mfcc', 'librosa.feature.mfcc', [
          `S=${decibels ? 'mel_db' : 'mel'}`,
          `n_mfcc=${mfcc.nMfcc}`,
          'dct_type=2',
          `norm=${norm(mfcc.norm)}`,
        ])
      : []),
  ]);
}

/**
 * The program for torchaudio, with a line break at its end. It reads `y`, the clip, and leaves `mel`, [nMels, frames], and
 * `mel_db` and `mfcc` where they are asked for. At an odd sample rate torchaudio puts the bins too low, by half a hertz at
 * most.
 * @throws ParameterError for an odd FFT length, whose bins torchaudio puts where they do not lie
 */
export function asTorchaudioCall(settings: MelSettings): string {
  const { sampleRate, stft, power, mel, decibels, mfcc } = settings;
  if (stft.nFft % 2 === 1) {
    throw new ParameterError(
      'nFft',
      `torchaudio puts the bins of an FFT of ${stft.nFft} samples, an odd length, at other frequencies than theirs. Choose an even FFT length for this call.`,
    );
  }
  const direct = windowIsInCentre(stft) && stft.padEnd === 'none' && stft.scaling !== 'window-sum';
  const filters = [
    `n_mels=${mel.nMels}`,
    `f_min=${float(mel.fMin)}`,
    `f_max=${float(mel.fMax)}`,
    `norm=${norm(mel.norm)}`,
    `mel_scale="${mel.scale}"`,
  ];
  const scaling = { none: 'False', 'window-energy': '"window"', 'frame-length': '"frame_length"' };
  const spectra = direct
    ? assign('mel_spectrogram', 'torchaudio.transforms.MelSpectrogram', [
        `sample_rate=${sampleRate}`,
        `n_fft=${stft.nFft}`,
        `win_length=${stft.winLength}`,
        `hop_length=${stft.hopLength}`,
        `window_fn=torch.${stft.window === 'rectangular' ? 'ones' : `${stft.window}_window`}`,
        ...(stft.periodic || stft.window === 'rectangular' ? [] : ['wkwargs={"periodic": False}']),
        `power=${float(power)}`,
        `normalized=${scaling[stft.scaling as keyof typeof scaling]}`,
        `center=${python(stft.centre)}`,
        `pad_mode="${stft.padMode}"`,
        ...filters,
      ])
    : assign('mel_scale', 'torchaudio.transforms.MelScale', [
        `sample_rate=${sampleRate}`,
        `n_stft=${stft.nFft / 2 + 1}`,
        ...filters,
      ]);
  const zero =
    decibels?.ref === 'max'
      ? `math.log10(max(${float(decibels.amin)}, mel.max().item()))`
      : float(Math.log10(Math.max(decibels?.amin ?? 1, decibels?.ref ?? 1)));
  return lines([
    ...(decibels?.ref === 'max' ? ['import math'] : []),
    ...(direct
      ? ['import torch', 'import torchaudio', '', clipComment(sampleRate)]
      : spectraOf('torchaudio', settings, ['import torchaudio'])),
    ...spectra,
    direct ? 'mel = mel_spectrogram(torch.from_numpy(y))' : 'mel = mel_scale(S)',
    ...(decibels
      ? assign('mel_db', 'torchaudio.functional.amplitude_to_DB', [
          'mel',
          `multiplier=${power === 2 ? '10.0' : '20.0'}`,
          `amin=${float(decibels.amin)}`,
          `db_multiplier=${zero}`,
          `top_db=${decibels.topDb === null ? 'None' : float(decibels.topDb)}`,
        ])
      : []),
    ...(mfcc
      ? [
          `dct = torchaudio.functional.create_dct(${mfcc.nMfcc}, ${mel.nMels}, norm=${norm(mfcc.norm)})`,
          `mfcc = dct.T @ ${decibels ? 'mel_db' : 'mel'}`,
        ]
      : []),
  ]);
}

/** The program that leaves S, the spectra that the filters are laid over, after further imports. */
function spectraOf(
  library: 'librosa' | 'torchaudio',
  { sampleRate, stft, power }: MelSettings,
  imports: readonly string[] = [],
): string[] {
  const text = stftCall(library, { sampleRate, stft, power, decibels: null });
  return [...imports, ...text.trimEnd().split('\n')];
}

function clipComment(sampleRate: number): string {
  return `# y: the clip, mono, at ${sampleRate} Hz, a NumPy array of float32`;
}

function norm(name: 'none' | 'slaney' | 'ortho'): string {
  return name === 'none' ? 'None' : `"${name}"`;
}

/** A number as Python's float: with a point or an exponent. */
function float(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
