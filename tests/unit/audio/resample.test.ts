import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResampler, resample, resampleClip } from '../../../src/lib/audio/resample.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import golden from '../../golden/resample.json' with { type: 'json' };

function sine(frequency: number, sampleRate: number, seconds: number, amplitude = 1): Float32Array {
  const length = Math.round(seconds * sampleRate);
  return Float32Array.from({ length }, (_, n) => amplitude * Math.sin((2 * Math.PI * frequency * n) / sampleRate));
}

/** A sweep from one frequency to another with faded ends, so that nothing lies outside them. */
function sweep(from: number, to: number, sampleRate: number, seconds: number): Float32Array {
  const length = Math.round(seconds * sampleRate);
  return Float32Array.from({ length }, (_, n) => {
    const t = n / sampleRate;
    const edge = Math.min(1, Math.min(t, seconds - t) / 0.05);
    const fade = 0.5 - 0.5 * Math.cos(Math.PI * edge);
    return fade * Math.sin(2 * Math.PI * (from + ((to - from) * t) / (2 * seconds)) * t);
  });
}

/** The middle of a signal, away from the ends, where the filter sees silence. */
const middle = (samples: Float32Array) => samples.subarray(samples.length >> 2, (3 * samples.length) >> 2);
const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
const decibels = (ratio: number) => 20 * Math.log10(ratio);

/** The sine of a known frequency that fits best: its amplitude, its phase, and the RMS of what is left over. */
function fitSine(samples: Float32Array, frequency: number, sampleRate: number) {
  // Least squares with sine and cosine: two equations.
  const wave = (n: number) => (2 * Math.PI * frequency * n) / sampleRate;
  let [ss, sc, cc, sy, cy] = [0, 0, 0, 0, 0];
  for (const [n, y] of samples.entries()) {
    const [s, c] = [Math.sin(wave(n)), Math.cos(wave(n))];
    ss += s * s;
    sc += s * c;
    cc += c * c;
    sy += s * y;
    cy += c * y;
  }
  const determinant = ss * cc - sc * sc;
  const a = (sy * cc - cy * sc) / determinant;
  const b = (cy * ss - sy * sc) / determinant;
  const rest = samples.map((y, n) => y - a * Math.sin(wave(n)) - b * Math.cos(wave(n)));
  return { amplitude: Math.hypot(a, b), phase: Math.atan2(b, a), rest: rms(rest) };
}

const pairs: [number, number][] = [
  [48000, 16000],
  [44100, 16000],
  [22050, 16000],
  [96000, 16000],
  [47999, 16000],
  [16000, 8000],
  [8000, 16000],
  [16000, 48000],
  [11025, 44100],
  [16000, 22051],
];

describe('resample', () => {
  it.each(golden)('agrees with scipy.signal.resample_poly: $from to $to Hz', ({ from, to, x, y }) => {
    const resampled = resample(Float32Array.from(x), from, to);
    expect(resampled).toHaveLength(y.length);
    for (const [m, value] of y.entries()) expect(Math.abs(resampled[m] - value)).toBeLessThan(1e-6);
  });

  it.each(pairs)('keeps a 1 kHz tone in frequency, phase and amplitude: %d to %d Hz', (from, to) => {
    const resampled = resample(sine(1000, from, 0.2, 0.5), from, to);
    const start = resampled.length >> 2;
    const tone = fitSine(middle(resampled), 1000, to);
    expect(Math.abs(decibels(tone.amplitude / 0.5))).toBeLessThan(0.01);
    const expected = (2 * Math.PI * 1000 * start) / to;
    expect(Math.abs(Math.sin((tone.phase - expected) / 2))).toBeLessThan(1e-5);
    expect(decibels(tone.rest / tone.amplitude)).toBeLessThan(-84);
  });

  it.each(pairs)('is flat within 0.001 dB up to 0.9 of the lower Nyquist frequency: %d to %d Hz', (from, to) => {
    const nyquist = Math.min(from, to) / 2;
    for (const share of [0.02, 0.3, 0.6, 0.8, 0.85, 0.88, 0.9]) {
      const { amplitude } = fitSine(middle(resample(sine(share * nyquist, from, 0.2), from, to)), share * nyquist, to);
      expect(Math.abs(decibels(amplitude))).toBeLessThan(0.001);
    }
  });

  it.each(pairs.filter(([from, to]) => from > to))('leaves no alias above -80 dB: %d to %d Hz', (from, to) => {
    for (let share = 0; share < 1; share += 0.043) {
      const frequency = to / 2 + (share * (from - to)) / 2;
      const alias = middle(resample(sine(frequency, from, 0.2), from, to));
      expect(decibels(rms(alias) * Math.SQRT2)).toBeLessThan(-80);
    }
    const swept = resample(sweep(to / 2 + 200, from / 2, from, 1), from, to);
    expect(decibels(Math.max(...swept.map(Math.abs)))).toBeLessThan(-80);
  });

  it.each(pairs.filter(([from, to]) => from < to))('leaves no image above -80 dB: %d to %d Hz', (from, to) => {
    for (const share of [0.1, 0.5, 0.9]) {
      const { amplitude, rest } = fitSine(
        middle(resample(sine((share * from) / 2, from, 0.2), from, to)),
        (share * from) / 2,
        to,
      );
      expect(decibels((rest * Math.SQRT2) / amplitude)).toBeLessThan(-80);
    }
  });

  it.each(pairs)('keeps a constant: %d to %d Hz', (from, to) => {
    const steady = middle(resample(new Float32Array(from / 10).fill(0.7), from, to));
    for (const sample of steady) expect(Math.abs(sample - 0.7)).toBeLessThan(1e-6);
  });

  it('keeps an impulse in its place', () => {
    const impulse = new Float32Array(4800);
    impulse[2400] = 1;
    const down = resample(impulse, 48000, 16000);
    expect(down.indexOf(Math.max(...down))).toBe(800);
    for (let d = 1; d < 50; d++) expect(down[800 - d]).toBeCloseTo(down[800 + d], 9);
    const up = resample(impulse, 16000, 48000);
    expect(up.indexOf(Math.max(...up))).toBe(7200);
  });

  it('gives ceil(n · to / from) samples, block by block the very ones of one go', () => {
    const rate = fc.integer({ min: 1, max: 60 }).map((k) => 800 * k);
    const samples = fc.float32Array({ minLength: 0, maxLength: 700, noNaN: true, min: -1, max: 1 });
    const cuts = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 8 });
    fc.assert(
      fc.property(rate, rate, samples, cuts, (from, to, input, lengths) => {
        const whole = resample(input, from, to);
        expect(whole.length).toBe(Math.ceil((input.length * to) / from));
        const resampler = createResampler(from, to);
        // Twice, since a resampler can be used again after flush.
        for (let round = 0; round < 2; round++) {
          const pieces: number[] = [];
          let at = 0;
          for (const length of lengths) {
            pieces.push(...resampler.push(input.subarray(at, at + length)));
            at += length;
          }
          pieces.push(...resampler.push(input.subarray(at)), ...resampler.flush());
          expect(Float32Array.from(pieces)).toEqual(whole);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not change a recording that has the rate already, nor share it', () => {
    const input = sine(440, 16000, 0.01);
    const output = resample(input, 16000, 16000);
    expect(output).toEqual(input);
    expect(output.buffer).not.toBe(input.buffer);
    const clip = { samples: input, sampleRate: 16000 };
    expect(resampleClip(clip, 16000)).toBe(clip);
    expect(resampleClip(clip, 8000)).toEqual({ samples: resample(input, 16000, 8000), sampleRate: 8000 });
  });

  it('refuses rates that are none, with the value', () => {
    for (const rate of [0, -16000, 44100.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => resample(new Float32Array(4), rate, 16000)).toThrow(ParameterError);
      expect(() => resample(new Float32Array(4), 16000, rate)).toThrow(`${rate} is not a sample rate`);
    }
  });
});
