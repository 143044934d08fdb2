import { afterEach, describe, expect, it, vi } from 'vitest';
import { presetOptions } from '../../../../src/lib/dsp/presets.ts';
import { amplitudeToDb, magnitude, power } from '../../../../src/lib/dsp/scale.ts';
import { stft } from '../../../../src/lib/dsp/stft.ts';
import { createRandom } from '../../../../src/lib/random.ts';
import { createBench } from '../../../../src/workers/lab/bench.ts';
import { decibelPicture, spectrogramCalls } from '../../../../src/workers/lab/spectrogram-calls.ts';

const options = presetOptions('tf.signal');
const sampleRate = 16000;

function noise(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** The calls, and the way to give them another clip. They need no model. */
function calls() {
  const none = () => Promise.reject(new Error('There is no model here.'));
  const bench = createBench({ open: none, outline: none }, () => {});
  return { ...spectrogramCalls(bench), hold: (samples: Float32Array) => bench.hold({ samples, sampleRate, start: 0 }) };
}

afterEach(() => vi.restoreAllMocks());

describe('what a slider asks for again and again', () => {
  it('is of the clip that is held now, and by the options that are asked for', () => {
    const { hold, scaled } = calls();
    for (const [seed, hopLength] of [
      [1, 128],
      [1, 64],
      [2, 64],
      [1, 64],
    ]) {
      const samples = noise(3000, seed);
      hold(samples);
      const asked = { ...options, hopLength };
      const spectra = stft(samples, asked);
      const magnitudes = magnitude(spectra);
      expect(scaled(asked, { scale: 'magnitude', ref: 'max', topDb: 80 }).values).toEqual(magnitudes);
      expect(scaled(asked, { scale: 'power', ref: 'max', topDb: 80 }).values).toEqual(power(spectra));
      for (const topDb of [20, 80]) {
        const { values, low, high, dark } = scaled(asked, { scale: 'decibels', ref: 'one', topDb });
        expect(values).toEqual(amplitudeToDb(magnitudes, { ref: 1, topDb }));
        expect([low, high]).toEqual([Math.max(...values) - topDb, Math.max(...values)]);
        expect(dark).toBe(values.filter((value) => value <= low + topDb / 10).length / values.length);
      }
    }
  });

  it('comes as drafts of a long clip, each nearer to the whole, and begins anew for another clip', () => {
    const { hold, look } = calls();
    // A clock by which a frame takes a millisecond.
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => time++);
    const size = { width: 30, height: 20 };
    const shares = (hopLength: number) => look({ ...options, hopLength }, size).share;
    hold(noise(16_000, 1));
    const frames = decibelPicture(noise(16_000, 1), sampleRate, { ...options, hopLength: 64 }).frames;
    expect([shares(64), shares(64)]).toEqual([25 / frames, 50 / frames]);
    expect(shares(2048)).toBe(1);
    expect(shares(64)).toBe(75 / frames);
    hold(noise(16_000, 2));
    expect(shares(64)).toBe(25 / frames);
  });

  it('is, of a clip of one second, the whole at once', () => {
    const { hold, look } = calls();
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => time++ / 10);
    hold(noise(16_000, 3));
    const { decibels, frames, bins } = decibelPicture(noise(16_000, 3), sampleRate, options);
    expect(look(options, { width: frames, height: bins }).decibels).toEqual(decibels);
  });
});
