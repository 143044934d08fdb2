import { describe, expect, it } from 'vitest';
import { resample } from '../../../src/lib/audio/resample.ts';
import { spectralCeiling } from '../../../src/lib/insight/spectral-ceiling.ts';
import { createRandom } from '../../../src/lib/random.ts';

function noise(length: number, level = 0.1): Float32Array {
  const random = createRandom(3);
  return Float32Array.from({ length }, () => level * random.normal());
}

describe('spectralCeiling', () => {
  it.each([
    [8000, 48000],
    [8000, 16000],
    [16000, 48000],
    [16000, 44100],
    [24000, 48000],
  ])('finds the cut at half of %i Hz in a recording that claims %i Hz', (from, to) => {
    const { hertz, cut } = spectralCeiling({ samples: resample(noise(from), from, to), sampleRate: to });
    expect(Math.abs(hertz - from / 2)).toBeLessThanOrEqual(250);
    expect(cut).toBe(true);
  });

  it.each([8000, 16000, 22050, 48000])('finds none in noise of all frequencies at %i Hz', (sampleRate) => {
    expect(spectralCeiling({ samples: noise(sampleRate), sampleRate })).toEqual({ hertz: sampleRate / 2, cut: false });
  });

  it('does not call it a cut where a sound fades with frequency by itself', () => {
    const samples = noise(48000);
    for (let pass = 0; pass < 4; pass++) for (let n = 1; n < samples.length; n++) samples[n] += 0.9 * samples[n - 1];
    const { hertz, cut } = spectralCeiling({ samples, sampleRate: 48000 });
    expect(hertz).toBeLessThan(15000);
    expect(cut).toBe(false);
  });

  it('finds the cut below the noise of the room, too', () => {
    const voice = resample(noise(8000), 8000, 48000);
    const room = noise(48000, 1e-5);
    const samples = voice.map((value, n) => value + room[n]);
    const { hertz, cut } = spectralCeiling({ samples, sampleRate: 48000 });
    expect(Math.abs(hertz - 4000)).toBeLessThanOrEqual(250);
    expect(cut).toBe(true);
  });

  it('has no height for silence, and is finite for one sample', () => {
    expect(spectralCeiling({ samples: new Float32Array(16000), sampleRate: 16000 })).toEqual({ hertz: 0, cut: false });
    expect(spectralCeiling({ samples: Float32Array.of(0.5), sampleRate: 16000 }).hertz).toBeGreaterThanOrEqual(0);
  });
});
