import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameCount, type StftOptions, windowStart } from '../../../src/lib/dsp/frames.ts';
import { istft } from '../../../src/lib/dsp/istft.ts';
import { presetOptions, type StftPresetName, stftPresets } from '../../../src/lib/dsp/presets.ts';
import { type ComplexSpectrogram, createStft, stft } from '../../../src/lib/dsp/stft.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';
import golden from '../../golden/istft.json' with { type: 'json' };

function noise(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

const anyOptions = fc.record({
  winLength: fc.integer({ min: 1, max: 13 }),
  hopLength: fc.integer({ min: 1, max: 16 }),
  nFft: fc.integer({ min: 13, max: 20 }),
  window: fc.constantFrom('hann' as const, 'hamming' as const, 'blackman' as const, 'rectangular' as const),
  periodic: fc.boolean(),
  placement: fc.constantFrom('start' as const, 'centre' as const),
  centre: fc.boolean(),
  padMode: fc.constantFrom('reflect' as const, 'constant' as const, 'replicate' as const),
  padEnd: fc.constantFrom('none' as const, 'last-frame' as const, 'every-hop' as const),
  scaling: fc.constantFrom('none' as const, 'frame-length' as const),
});

/** Whether some frame reads the sample with a weight that is not zero, but for rounding. */
function isReached(options: StftOptions, n: number, length: number): boolean {
  const { weights } = createStft(options);
  for (let i = 0; i < frameCount(options, length); i++) {
    const t = n - windowStart(options, i);
    if (t >= 0 && t < weights.length && Math.abs(weights[t]) > 1e-9) return true;
  }
  return false;
}

describe('the inverse short-time Fourier transform', () => {
  it.each(golden.inverse)('is that of $name', ({ options, length, samples, ...spectrogram }) => {
    const { real, imaginary, frames, bins } = spectrogram;
    const spectra = { frames, bins, real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) };
    const back = istft(spectra, options as StftOptions, length === null ? {} : { length });
    expect(back.uncovered).toEqual([]);
    expect(back.samples.length).toBe(samples.length);
    const largest = Math.max(...samples.map(Math.abs));
    for (const [n, value] of samples.entries()) expect(Math.abs(back.samples[n] - value) / largest).toBeLessThan(1e-6);
  });

  it('gives every clip back with any options, silent exactly where no window reaches', () => {
    fc.assert(
      fc.property(anyOptions, fc.integer({ min: 21, max: 60 }), fc.nat(), (options, length, seed) => {
        const clip = noise(length, seed);
        const { samples, uncovered } = istft(stft(clip, options), options, { length });
        const silent = new Set(
          uncovered.flatMap(({ start, end }) => [...Array(end - start).keys()].map((n) => n + start)),
        );
        for (let n = 0; n < length; n++) {
          expect(silent.has(n)).toBe(!isReached(options, n, length));
          expect(samples[n]).toBeCloseTo(silent.has(n) ? 0 : clip[n], 5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.keys(stftPresets) as StftPresetName[])('gives one second back with the defaults of %s', (name) => {
    const clip = noise(16000, 5);
    const options = presetOptions(name);
    const { samples, uncovered } = istft(stft(clip, options), options, { length: clip.length });
    // Without centring, a Hann window's first weight is 0, and the last samples are in no frame.
    const last = (frameCount(options, clip.length) - 1) * 128 + 254;
    const gaps = [
      { start: 0, end: 1 },
      { start: last, end: clip.length },
    ];
    expect(uncovered).toEqual(name === 'tf.signal' ? gaps : []);
    const [from, to] = name === 'tf.signal' ? [1, last] : [0, clip.length];
    for (let n = from; n < to; n++) expect(Math.abs(samples[n] - clip[n])).toBeLessThan(1e-5);
  });

  it('names each gap between windows that do not meet', () => {
    const options = {
      ...presetOptions('tf.signal', { winLength: 4, hopLength: 7, nFft: 4 }),
      window: 'rectangular',
    } as const;
    const clip = noise(18, 1);
    expect(istft(stft(clip, options), options).uncovered).toEqual([
      { start: 4, end: 7 },
      { start: 11, end: 14 },
    ]);
  });

  it('leaves silent what only small weights reach, where that is asked for', () => {
    const options = presetOptions('tf.signal', { winLength: 8, hopLength: 4, nFft: 8 });
    const clip = noise(16, 2);
    // Weights squared of the first samples: 0, 0.021, 0.25, 0.73.
    const { samples, uncovered } = istft(stft(clip, options), options, { leastCoverage: 0.1 });
    expect(uncovered).toEqual([
      { start: 0, end: 2 },
      { start: 15, end: 16 },
    ]);
    expect([...samples.slice(0, 2)]).toEqual([0, 0]);
    expect(samples[2]).toBeCloseTo(clip[2], 5);
  });

  it('gives the clip whose spectra come nearest to spectra that somebody changed', () => {
    const options = {
      ...presetOptions('tf.signal', { winLength: 8, hopLength: 3, nFft: 8 }),
      window: 'hamming',
    } as const;
    const changed = stft(noise(29, 3), options);
    for (let j = 0; j < changed.real.length; j += 3) changed.real[j] *= 2;
    const { samples } = istft(changed, options);
    const nearest = distance(stft(samples, options), changed, options.nFft);
    for (let n = 0; n < samples.length; n++) {
      for (const step of [-0.05, 0.05]) {
        const other = samples.slice();
        other[n] += step;
        expect(distance(stft(other, options), changed, options.nFft)).toBeGreaterThan(nearest);
      }
    }
  });

  it('refuses what does not fit, with a sentence', () => {
    const options = presetOptions('librosa', { winLength: 8, hopLength: 4, nFft: 8 });
    const spectrogram = stft(noise(40, 4), options);
    expect(() => istft(spectrogram, { ...options, nFft: 16 })).toThrow(ShapeError);
    expect(() => istft(spectrogram, { ...options, nFft: 16 })).toThrow(/11 frames of 5 bins, but 11 of 9/);
    expect(() => istft(spectrogram, options, { length: 2.5 })).toThrow(/2\.5 samples/);
    expect(() => istft(spectrogram, { ...options, winLength: 9 })).toThrow(ParameterError);
  });
});

/** Over all bins of the FFT: those between the first and the last count twice. */
function distance(a: ComplexSpectrogram, b: ComplexSpectrogram, nFft: number): number {
  return a.real.reduce((sum, value, j) => {
    const k = j % a.bins;
    const twice = k === 0 || 2 * k === nFft ? 1 : 2;
    return sum + twice * ((value - b.real[j]) ** 2 + (a.imaginary[j] - b.imaginary[j]) ** 2);
  }, 0);
}
