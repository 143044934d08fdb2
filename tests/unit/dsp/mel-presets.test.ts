import { describe, expect, it } from 'vitest';
import { frameCount, stftParameters } from '../../../src/lib/dsp/frames.ts';
import { melFilterbank, melParameters } from '../../../src/lib/dsp/mel.ts';
import { asLibrosaCall, asTorchaudioCall } from '../../../src/lib/dsp/mel-call.ts';
import { type MelPresetName, melPresets } from '../../../src/lib/dsp/mel-presets.ts';
import { type MelSettings, melOptions } from '../../../src/lib/dsp/mel-settings.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import { readParameters } from '../../../src/lib/parameters.ts';
import golden from '../../golden/mel.json' with { type: 'json' };

const presets = Object.entries(melPresets);
const settingsOf = (name: MelPresetName): MelSettings => {
  const { settings } = melPresets[name];
  if (!settings) throw new Error(`${name} has no mel scale`);
  return settings;
};

describe('presets', () => {
  it.each(presets)('%s are settings that the schemas accept, with spectra that are the same', (_, preset) => {
    const { settings, stft, label, source, note } = preset;
    for (const text of [label, source, note]) expect(text).not.toBe('');
    if (stft) expect(readParameters(stftParameters, stft, 'stft')).toEqual(stft);
    if (!settings) return;
    expect(settings.stft).toEqual(stft);
    const mel = melOptions(settings);
    expect(readParameters(melParameters, mel, 'mel')).toEqual(mel);
  });

  it.each(presets)('%s are computed with torchaudio as they stand here', (name, { settings }) => {
    const computed = golden.chains.find((chain) => chain.name === name);
    expect(computed?.settings ?? null).toEqual(settings);
  });

  it('of the digits make 128 × 16 of one second at 8 kHz', () => {
    const settings = settingsOf('digits-mel');
    expect([settings.mel.nMels, frameCount(settings.stft, 8000)]).toEqual([128, 16]);
  });

  it('of environmental sounds make 256 × 716 of five seconds, from 8193 bins', () => {
    const settings = settingsOf('environment');
    expect(frameCount(settings.stft, 5 * 44100)).toBe(716);
    expect(melFilterbank(melOptions(settings)).bins).toBe(8193);
    expect(settings.decibels?.topDb).toBe(80);
  });

  it('of torchaudio leave filters empty, those of librosa and of the projects none', () => {
    const empty = presets.map(([name, { settings }]) => [
      name,
      settings ? melFilterbank(melOptions(settings)).empty.length > 0 : null,
    ]);
    expect(Object.fromEntries(empty)).toEqual({
      'librosa-mel': false,
      'librosa-mfcc': false,
      'torchaudio-mel': true,
      'torchaudio-mfcc': true,
      environment: false,
      'digits-mel': false,
      keywords: null,
      events: null,
      speech: null,
    });
  });
});

describe('settings as Python', () => {
  it.each(golden.chains)('are the programs that were run: $name', ({ settings, librosa, torchaudio }) => {
    expect(asLibrosaCall(settings as MelSettings)).toBe(librosa);
    if (torchaudio) expect(asTorchaudioCall(settings as MelSettings)).toBe(torchaudio);
  });

  it('call librosa by the name and the settings that one would write', () => {
    expect(asLibrosaCall(settingsOf('librosa-mfcc'))).toBe(`import librosa

# y: the clip, mono, at 22050 Hz, a NumPy array of float32
mel = librosa.feature.melspectrogram(
    y=y,
    sr=22050,
    n_fft=2048,
    hop_length=512,
    win_length=2048,
    window="hann",
    center=True,
    pad_mode="constant",
    power=2.0,
    n_mels=128,
    fmin=0.0,
    fmax=11025.0,
    htk=False,
    norm="slaney",
)
mel_db = librosa.power_to_db(
    mel,
    ref=1.0,
    amin=1e-10,
    top_db=80.0,
)
mfcc = librosa.feature.mfcc(
    S=mel_db,
    n_mfcc=20,
    dct_type=2,
    norm="ortho",
)
`);
  });

  it('refuse torchaudio’s bins of an odd FFT', () => {
    const settings = settingsOf('torchaudio-mel');
    const odd = { ...settings, stft: { ...settings.stft, nFft: 401 } };
    expect(() => asTorchaudioCall(odd)).toThrow(ParameterError);
    expect(() => asTorchaudioCall(odd)).toThrow(/401 samples, an odd length/);
  });
});
