import { describe, expect, it } from 'vitest';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { amplitudeToDb, magnitude, power, powerToDb } from '../../../src/lib/dsp/scale.ts';
import { stft } from '../../../src/lib/dsp/stft.ts';
import { type StftCallSettings, stftCall } from '../../../src/lib/dsp/stft-call.ts';
import golden from '../../golden/stft-call.json' with { type: 'json' };
import { cases } from './stft-call-cases.ts';

const clip = Float32Array.from(golden.clip);

function ourPicture({ stft: options, power: exponent, decibels }: StftCallSettings): Float32Array {
  const spectrogram = stft(clip, options);
  const values = exponent === 2 ? power(spectrogram) : magnitude(spectrogram);
  if (!decibels) return values;
  return exponent === 2 ? powerToDb(values, decibels) : amplitudeToDb(values, decibels);
}

describe('the settings as a Python program', () => {
  it('is the program that was run for these tests', () => {
    expect(golden.cases.map(({ program }) => program)).toEqual(cases.map(({ program }) => program));
  });

  it.each(cases.map((each, index) => ({ ...each, index })))('computes our picture: $library, $index', (each) => {
    const { picture, shape } = golden.cases[each.index];
    const ours = ourPicture(each.settings);
    expect(shape[0] * shape[1]).toBe(ours.length);
    expect(stft(clip, each.settings.stft).frames).toBe(shape[0]);
    const largest = Math.max(...picture.map(Math.abs));
    for (const [j, value] of picture.entries()) expect(Math.abs(ours[j] - value) / largest).toBeLessThan(1e-5);
  });

  const program = (library: 'tf.signal' | 'librosa' | 'torchaudio' | 'scipy', name: typeof library) =>
    stftCall(library, { stft: presetOptions(name), power: 1, decibels: null, sampleRate: 16000 });

  it('needs no lines by hand where the settings are the library’s own', () => {
    for (const name of ['tf.signal', 'librosa', 'torchaudio', 'scipy'] as const)
      expect(program(name, name)).not.toMatch(/pad\(|by hand/);
  });

  it('says what a library cannot do, and gives the line that does it', () => {
    expect(program('tf.signal', 'librosa')).toContain(
      '# tf.signal.stft does not centre frames: pad by hand.\ny = np.pad(y, 1024, mode="constant")\n',
    );
    expect(program('librosa', 'scipy')).toContain(
      '# librosa.stft does not fill up the end of the clip: pad by hand.\n',
    );
  });

  it('reads as one would write it', () => {
    expect(program('librosa', 'librosa')).toBe(`import librosa
import numpy as np

# y: the clip, mono, at 16000 Hz, a NumPy array of float32
X = librosa.stft(
    y,
    n_fft=2048,
    hop_length=512,
    win_length=2048,
    window="hann",
    center=True,
    pad_mode="constant",
)
S = np.abs(X)  # [frequency, time]
`);
  });
});
