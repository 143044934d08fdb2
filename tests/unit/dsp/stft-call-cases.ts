/** The settings that `tests/golden/stft-call.py` writes as programs of all four libraries, and runs. */
import type { StftOptions } from '../../../src/lib/dsp/frames.ts';
import { presetOptions, type StftPresetName, stftPresets } from '../../../src/lib/dsp/presets.ts';
import { type StftCallSettings, stftCall } from '../../../src/lib/dsp/stft-call.ts';

const libraries = Object.keys(stftPresets) as StftPresetName[];
const sizes = { winLength: 6, hopLength: 4, nFft: 8 };
const base: StftOptions = presetOptions('tf.signal', sizes);

function settings(stft: Partial<StftOptions>, others: Partial<StftCallSettings> = {}): StftCallSettings {
  return { stft: { ...base, ...stft }, power: 1, decibels: null, sampleRate: 16000, ...others };
}

const everySettings: readonly StftCallSettings[] = [
  settings(presetOptions('tf.signal', { ...sizes, winLength: 7 })),
  settings(presetOptions('librosa', sizes), { power: 2, decibels: {} }),
  settings(presetOptions('torchaudio', sizes), { power: 2, decibels: { ref: 'max', topDb: 30 } }),
  settings(presetOptions('scipy', sizes), { decibels: { ref: 0.25, topDb: null }, sampleRate: 44100 }),
  settings({ winLength: 7, periodic: true, scaling: 'window-energy' }),
  settings({ periodic: false, padEnd: 'every-hop', hopLength: 7 }),
  settings({ window: 'blackman', centre: true, padMode: 'replicate', placement: 'centre', padEnd: 'last-frame' }),
  settings({ window: 'rectangular', centre: true, padMode: 'reflect', scaling: 'frame-length', hopLength: 9 }),
  settings({
    window: 'hamming',
    winLength: 5,
    nFft: 9,
    placement: 'centre',
    padEnd: 'every-hop',
    scaling: 'window-sum',
  }),
  settings({ window: 'rectangular', winLength: 8, hopLength: 11, padEnd: 'last-frame' }),
  settings({ window: 'hamming', winLength: 8, periodic: false }, { decibels: { ref: 'max' } }),
];

export const cases = everySettings.flatMap((each) =>
  libraries.map((library) => ({ library, settings: each, program: stftCall(library, each) })),
);
