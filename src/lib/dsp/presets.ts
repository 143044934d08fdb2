/**
 * How four libraries take a short-time Fourier transform when nothing else is asked of them. The same clip gives four
 * different pictures; `tests/golden/dsp.py` computes each with the library itself, or from its documented formula.
 */
import type { StftOptions } from './frames.ts';

type Sizes = Pick<StftOptions, 'winLength' | 'hopLength' | 'nFft'>;

interface StftPreset {
  readonly label: string;
  /** Where the convention is written down. */
  readonly source: string;
  /** The library's own lengths; where it has none, those of its tutorial on speech commands. */
  readonly sizes: Sizes;
  readonly conventions: Omit<StftOptions, keyof Sizes | 'periodic'>;
  /** Whether a window of odd length is periodic too; those of even length are in all four. */
  readonly periodicWhenOdd: boolean;
}

const presets = {
  'tf.signal': {
    label: 'tf.signal.stft',
    source: 'https://www.tensorflow.org/api_docs/python/tf/signal/stft',
    sizes: { winLength: 255, hopLength: 128, nFft: 256 },
    conventions: {
      window: 'hann',
      placement: 'start',
      centre: false,
      padMode: 'constant',
      padEnd: 'none',
      scaling: 'none',
    },
    // hann_window's denominator is length + periodic·even − 1 (tensorflow/python/ops/signal/window_ops.py).
    periodicWhenOdd: false,
  },
  librosa: {
    label: 'librosa.stft',
    source: 'https://librosa.org/doc/latest/generated/librosa.stft.html',
    sizes: { winLength: 2048, hopLength: 512, nFft: 2048 },
    conventions: {
      window: 'hann',
      placement: 'centre',
      centre: true,
      padMode: 'constant',
      padEnd: 'none',
      scaling: 'none',
    },
    periodicWhenOdd: true,
  },
  torchaudio: {
    label: 'torchaudio.transforms.Spectrogram, and torch.stft given its window',
    source: 'https://pytorch.org/audio/stable/generated/torchaudio.transforms.Spectrogram.html',
    sizes: { winLength: 400, hopLength: 200, nFft: 400 },
    conventions: {
      window: 'hann',
      placement: 'centre',
      centre: true,
      padMode: 'reflect',
      padEnd: 'none',
      scaling: 'none',
    },
    periodicWhenOdd: true,
  },
  scipy: {
    label: 'scipy.signal.stft',
    source: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.stft.html',
    sizes: { winLength: 256, hopLength: 128, nFft: 256 },
    conventions: {
      window: 'hann',
      placement: 'start',
      centre: true,
      padMode: 'constant',
      padEnd: 'last-frame',
      scaling: 'window-sum',
    },
    periodicWhenOdd: true,
  },
} as const satisfies Record<string, StftPreset>;

export type StftPresetName = keyof typeof presets;

export const stftPresets: Readonly<Record<StftPresetName, StftPreset>> = presets;

/** The options that give what the library gives, for these lengths or for its own. */
export function presetOptions(name: StftPresetName, sizes: Partial<Sizes> = {}): StftOptions {
  const preset = stftPresets[name];
  const lengths = { ...preset.sizes, ...sizes };
  return { ...preset.conventions, ...lengths, periodic: preset.periodicWhenOdd || lengths.winLength % 2 === 0 };
}
