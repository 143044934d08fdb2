/**
 * The settings of a spectrogram as the text of a Python program that makes the same one with tf.signal, librosa, torch
 * (and torchaudio) or SciPy. What a library cannot do is done by hand in NumPy, in lines with a comment that says so.
 * `tests/golden/stft-call.py` runs the programs.
 */
import type { StftOptions } from './frames.ts';
import type { StftPresetName } from './presets.ts';
import {
  assign,
  centreWindow,
  decibelSettings,
  decibelsByHand,
  numpyPad,
  padAll,
  padEdges,
  padForCentred,
  padLast,
  python,
  scaledWindow,
  scipyWindow,
  startWindow,
  unscaledWindow,
  windowIsAtStart,
  windowIsInCentre,
} from './python-lines.ts';
import type { DecibelOptions } from './scale.ts';

export interface StftCallSettings {
  readonly stft: StftOptions;
  /** 1: magnitude, 2: power. */
  readonly power: 1 | 2;
  /** As for `amplitudeToDb` and `powerToDb`; null where the picture is not in decibels. */
  readonly decibels: DecibelOptions | null;
  /** Of the clip, in Hz. */
  readonly sampleRate: number;
}

/** A library's part of the text. */
interface Recipe {
  readonly imports: readonly string[];
  /** What becomes of the clip before the call. */
  readonly clip: readonly string[];
  readonly window: readonly string[];
  /** Up to X, the complex spectra. */
  readonly call: readonly string[];
  /** |X| */
  readonly magnitude: string;
  readonly decibels: readonly string[];
  readonly axes: string;
}

/**
 * The program, with a line break at its end. It reads `y`, the clip, and leaves X, the complex spectra, S, their magnitude
 * or power, and S_db where decibels are asked for. It is for clips of at least one frame.
 */
export function stftCall(library: StftPresetName, settings: StftCallSettings): string {
  const write = { 'tf.signal': tensorFlow, librosa, torchaudio: torch, scipy }[library];
  const recipe = write(settings);
  const needsNumpy = [...recipe.clip, ...recipe.window, ...recipe.call, recipe.magnitude, ...recipe.decibels].some(
    (line) => line.includes('np.'),
  );
  const imports = [...recipe.imports, ...(needsNumpy ? ['import numpy as np'] : [])].sort();
  const body = [...recipe.clip, ...recipe.window, ...recipe.call];
  const picture = `S = ${recipe.magnitude}${settings.power === 2 ? ' ** 2' : ''}  # ${recipe.axes}`;
  return `${[
    ...imports,
    '',
    `# y: the clip, mono, at ${settings.sampleRate} Hz, a NumPy array of float32`,
    ...body,
    picture,
    ...recipe.decibels,
  ].join('\n')}\n`;
}

function tensorFlow({ stft, power, decibels }: StftCallSettings): Recipe {
  const { winLength, hopLength, nFft, window, periodic, scaling, padEnd } = stft;
  const inPlace = windowIsAtStart(stft);
  // Its windows are periodic in even lengths alone, whatever is asked for.
  const own = { hann: 'hann_window', hamming: 'hamming_window', blackman: null, rectangular: null }[window];
  const even = winLength % 2 === 0;
  const symmetric = own && !even && periodic;
  const byName = inPlace && scaling === 'none' && (own ? !symmetric : window === 'rectangular');
  const named = `tf.signal.${own}`;
  const windowFn = !byName
    ? 'lambda length, dtype: tf.constant(window, dtype)'
    : window === 'rectangular'
      ? 'None'
      : periodic || !even
        ? named
        : `functools.partial(${named}, periodic=False)`;
  const edges = stft.centre ? ['# tf.signal.stft does not centre frames: pad by hand.', padEdges(stft)] : [];
  const end =
    padEnd === 'last-frame'
      ? ['# Its pad_end starts a frame at every hop; filling up the last frame is done by hand.', padLast(stft)]
      : [];
  return {
    imports: [
      ...(windowFn.startsWith('functools') ? ['import functools'] : []),
      ...(byName ? [] : ['import scipy.signal']),
      'import tensorflow as tf',
    ],
    clip: [...edges, ...end],
    window: byName
      ? []
      : [
          ...(symmetric
            ? ['# The windows of tf.signal are symmetric where their length is odd; this one is periodic.']
            : []),
          ...(window === 'blackman' ? ['# tf.signal has no Blackman window.'] : []),
          ...scaledWindow(stft),
          ...(inPlace ? [] : centreWindow('tf.signal.stft', stft)),
        ],
    call: assign('X', 'tf.signal.stft', [
      'y',
      `frame_length=${inPlace ? winLength : nFft}`,
      `frame_step=${hopLength}`,
      `fft_length=${nFft}`,
      `window_fn=${windowFn}`,
      `pad_end=${python(padEnd === 'every-hop')}`,
    ]),
    magnitude: 'tf.abs(X).numpy()',
    decibels: decibelsByHand('tf.signal', power, decibels),
    axes: '[time, frequency]',
  };
}

function librosa({ stft, power, decibels }: StftCallSettings): Recipe {
  const { winLength, hopLength, nFft, window, periodic, scaling } = stft;
  const inCentre = windowIsInCentre(stft);
  const byName = inCentre && periodic && scaling === 'none';
  const { clip, centre } = padForCentred('librosa.stft', stft);
  const { ref, amin, topDb } = decibelSettings(power, decibels);
  return {
    imports: ['import librosa', ...(byName ? [] : ['import scipy.signal'])],
    clip,
    window: byName ? [] : [...scaledWindow(stft), ...(inCentre ? [] : startWindow('librosa.stft', stft))],
    call: assign('X', 'librosa.stft', [
      'y',
      `n_fft=${nFft}`,
      `hop_length=${hopLength}`,
      `win_length=${inCentre ? winLength : nFft}`,
      `window=${byName ? `"${scipyWindow[window]}"` : 'window'}`,
      `center=${python(centre)}`,
      ...(centre ? [`pad_mode="${numpyPad[stft.padMode]}"`] : []),
    ]),
    magnitude: 'np.abs(X)',
    decibels: decibels
      ? assign('S_db', `librosa.${power === 2 ? 'power' : 'amplitude'}_to_db`, [
          'S',
          `ref=${ref === 'max' ? 'np.max' : ref}`,
          `amin=${amin}`,
          `top_db=${python(topDb)}`,
        ])
      : [],
    axes: '[frequency, time]',
  };
}

function torch({ stft, power, decibels }: StftCallSettings): Recipe {
  const { winLength, hopLength, nFft, window, periodic, scaling } = stft;
  const inCentre = windowIsInCentre(stft);
  const { clip, centre } = padForCentred('torch.stft', stft);
  const weights =
    window === 'rectangular'
      ? `torch.ones(${winLength})`
      : `torch.${window}_window(${winLength}, periodic=${python(periodic)})`;
  const { ref, amin, topDb } = decibelSettings(power, decibels);
  const zero = ref === 'max' ? `math.log10(max(${amin}, S.max().item()))` : `${Math.log10(Math.max(amin, ref))}`;
  return {
    imports: [
      'import torch',
      ...(decibels ? ['import torchaudio'] : []),
      ...(zero.startsWith('math') ? ['import math'] : []),
    ],
    clip,
    window: [
      `window = ${weights}`,
      ...(scaling === 'window-sum' ? ['window = window / window.sum()'] : []),
      ...(scaling === 'window-energy' ? ['window = window / window.square().sum().sqrt()'] : []),
      ...(inCentre ? [] : startWindow('torch.stft', stft, 'torch.nn.functional.pad')),
    ],
    call: assign('X', 'torch.stft', [
      'torch.from_numpy(y)',
      `n_fft=${nFft}`,
      `hop_length=${hopLength}`,
      `win_length=${inCentre ? winLength : nFft}`,
      'window=window',
      `center=${python(centre)}`,
      ...(centre ? [`pad_mode="${stft.padMode}"`] : []),
      `normalized=${python(scaling === 'frame-length')}`,
      'return_complex=True',
    ]),
    magnitude: 'X.abs()',
    decibels: decibels
      ? assign('S_db', 'torchaudio.functional.amplitude_to_DB', [
          'S',
          `multiplier=${power === 2 ? '10.0' : '20.0'}`,
          `amin=${amin}`,
          `db_multiplier=${zero}`,
          `top_db=${python(topDb)}`,
        ])
      : [],
    axes: '[frequency, time]',
  };
}

function scipy({ stft, power, decibels, sampleRate }: StftCallSettings): Recipe {
  const { winLength, hopLength, nFft, scaling, centre, padEnd } = stft;
  const atStart = windowIsAtStart(stft);
  const segment = atStart ? winLength : nFft;
  // Its own filling up follows another rule where the hop is longer than the segment.
  const byHand = padEnd === 'every-hop' || (padEnd === 'last-frame' && hopLength > segment);
  const clip = byHand
    ? ['# scipy.signal.stft does not fill up the end of the clip in this way: pad by hand.', ...padAll(stft)]
    : [];
  const boundary = { reflect: 'even', constant: 'zeros', replicate: 'constant' }[stft.padMode];
  const undo = {
    none: ['# It divides by the sum of the window.', 'X = X * window.sum()'],
    'window-sum': [],
    'window-energy': [
      '# It divides by the sum of the window; here by the root of its energy.',
      'X = X * window.sum() / np.sqrt((window**2).sum())',
    ],
    'frame-length': [
      '# It divides by the sum of the window; here by the root of the FFT length.',
      `X = X * window.sum() / np.sqrt(${nFft})`,
    ],
  }[scaling];
  return {
    imports: ['import scipy.signal'],
    clip,
    window: [...unscaledWindow(stft), ...(atStart ? [] : centreWindow('scipy.signal.stft', stft))],
    call: [
      ...assign('frequencies, times, X', 'scipy.signal.stft', [
        'y',
        `fs=${sampleRate}`,
        'window=window',
        `nperseg=${segment}`,
        `noverlap=${segment - hopLength}`,
        `nfft=${nFft}`,
        `boundary=${centre && !byHand ? `"${boundary}"` : 'None'}`,
        `padded=${python(padEnd === 'last-frame' && !byHand)}`,
        'scaling="spectrum"',
      ]),
      ...undo,
    ],
    magnitude: 'np.abs(X)',
    decibels: decibelsByHand('SciPy', power, decibels),
    axes: '[frequency, time]',
  };
}
