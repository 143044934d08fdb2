import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binCount,
  binFrequency,
  frameCount,
  frameTime,
  type StftOptions,
  stftParameters,
} from '../../../src/lib/dsp/frames.ts';
import { presetOptions, type StftPresetName, stftPresets } from '../../../src/lib/dsp/presets.ts';
import { magnitude } from '../../../src/lib/dsp/scale.ts';
import { createStft, stft } from '../../../src/lib/dsp/stft.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { defaults, readParameters } from '../../../src/lib/parameters.ts';
import golden from '../../golden/dsp.json' with { type: 'json' };

const clip = Float32Array.from(golden.clip);
const names = Object.keys(stftPresets) as StftPresetName[];

/** Agreement to 1e-9, relative to the largest value. */
function expectClose(actual: Float64Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(1e-9 * largest);
  }
}

describe('the short-time Fourier transform', () => {
  it.each(golden.stft)('is that of $name', ({ preset, sizes, options, frames, bins, real, imaginary }) => {
    const spectrogram = stft(clip, {
      ...presetOptions(preset as StftPresetName, sizes),
      ...(options as Partial<StftOptions>),
    });
    expect([spectrogram.frames, spectrogram.bins]).toEqual([frames, bins]);
    expectClose(spectrogram.real, real);
    expectClose(spectrogram.imaginary, imaginary);
  });

  it('of one second in the shape of the keywords model is that of tf.signal', () => {
    const second = Float32Array.from({ length: 16000 }, (_, t) => ((t * 7919) % 2003) / 2003 - 0.5);
    const spectrogram = stft(second, presetOptions('tf.signal'));
    const { shape, cells, sum } = golden.keywords;
    expect([spectrogram.frames, spectrogram.bins]).toEqual(shape);
    const values = magnitude(spectrogram);
    for (const { cell, value } of cells) {
      expect(Math.abs(values[cell[0] * 129 + cell[1]] / value - 1)).toBeLessThan(1e-5);
    }
    expect(values.reduce((total, value) => total + value, 0) / sum).toBeCloseTo(1, 6);
  });

  it.each(names)('of %s finds a 1 kHz tone in the bin at 1 kHz, at three sample rates', (name) => {
    for (const sampleRate of [8000, 16000, 44100]) {
      const tone = Float32Array.from({ length: sampleRate / 4 }, (_, t) =>
        Math.sin((2 * Math.PI * 1000 * t) / sampleRate),
      );
      const options = presetOptions(name);
      const spectrogram = stft(tone, options);
      const values = magnitude(spectrogram);
      const middle = Math.floor(spectrogram.frames / 2);
      const row = values.subarray(middle * spectrogram.bins, (middle + 1) * spectrogram.bins);
      const frequency = binFrequency(options, row.indexOf(Math.max(...row)), sampleRate);
      expect(Math.abs(frequency - 1000)).toBeLessThanOrEqual(sampleRate / options.nFft / 2);
    }
  });

  it.each(names)('of %s shows a click in the frame whose time is nearest', (name) => {
    const options = presetOptions(name, { winLength: 64, hopLength: 16, nFft: 64 });
    const clicked = new Float32Array(1000);
    clicked[512] = 1;
    const { frames, bins, real } = stft(clicked, options);
    const loudness = Array.from({ length: frames }, (_, i) => Math.abs(real[i * bins]));
    const loudest = loudness.indexOf(Math.max(...loudness));
    expect(Math.abs(frameTime(options, loudest, 1000) - 0.512)).toBeLessThanOrEqual(0.0081);
  });

  it('is scaled by SciPy so that a sine of amplitude 1 has magnitude ½', () => {
    const sine = Float32Array.from({ length: 4096 }, (_, t) => Math.sin((2 * Math.PI * 16 * t) / 256));
    const { bins, real, imaginary } = stft(sine, presetOptions('scipy'));
    expect(Math.hypot(real[10 * bins + 16], imaginary[10 * bins + 16])).toBeCloseTo(0.5, 6);
  });

  it('does not depend on what the plan transformed before', () => {
    const options: StftOptions = { ...presetOptions('librosa', { winLength: 12, hopLength: 7, nFft: 16 }) };
    const plan = createStft(options);
    const fresh = createStft(options);
    const frame = (of: typeof plan, i: number) => {
      const re = new Float64Array(plan.bins);
      const im = new Float64Array(plan.bins);
      of.frame(clip, i, re, im);
      return { re, im };
    };
    frame(plan, 3);
    plan.addFrameGradient(new Float64Array(9).fill(1), new Float64Array(9).fill(1), 2, new Float64Array(53));
    expect(frame(plan, 0)).toEqual(frame(fresh, 0));
  });

  it('has a transpose: ⟨frame(x), g⟩ = ⟨x, frameᵀ(g)⟩, with any padding', () => {
    const anyOptions = fc.record({
      winLength: fc.integer({ min: 1, max: 13 }),
      hopLength: fc.integer({ min: 1, max: 9 }),
      nFft: fc.integer({ min: 13, max: 20 }),
      window: fc.constantFrom('hann' as const, 'rectangular' as const),
      periodic: fc.boolean(),
      placement: fc.constantFrom('start' as const, 'centre' as const),
      centre: fc.boolean(),
      padMode: fc.constantFrom('reflect' as const, 'constant' as const, 'replicate' as const),
      padEnd: fc.constantFrom('none' as const, 'last-frame' as const, 'every-hop' as const),
      scaling: fc.constantFrom('none' as const, 'frame-length' as const),
    });
    fc.assert(
      fc.property(anyOptions, fc.nat(), (options, seed) => {
        const plan = createStft(options);
        const i = seed % frameCount(options, clip.length);
        const re = new Float64Array(plan.bins);
        const im = new Float64Array(plan.bins);
        plan.frame(clip, i, re, im);
        const gRe = Float64Array.from(re, (_, k) => Math.sin(k + seed));
        // The last bin of an even transform, and bin 0, have no imaginary part.
        const gIm = Float64Array.from(im, (_, k) => Math.cos(3 * k + seed));
        const left = re.reduce((sum, value, k) => sum + value * gRe[k] + im[k] * gIm[k], 0);
        const gradient = new Float64Array(clip.length);
        plan.addFrameGradient(gRe, gIm, i, gradient);
        const right = gradient.reduce((sum, value, t) => sum + value * clip[t], 0);
        expect(right).toBeCloseTo(left, 9);
      }),
    );
  });
});

describe('frames', () => {
  it('number 124 of 129 bins in the keywords model', () => {
    const options = presetOptions('tf.signal');
    expect(frameCount(options, 16000)).toBe(124);
    expect(binCount(options)).toBe(129);
  });

  it('lie where SciPy says, and bins too', () => {
    const { sampleRate, scipy } = golden.places;
    const options = presetOptions('scipy', { winLength: 12, hopLength: 6, nFft: 16 });
    expect(frameCount(options, clip.length)).toBe(scipy.times.length);
    for (const [i, time] of scipy.times.entries()) expect(frameTime(options, i, sampleRate)).toBeCloseTo(time, 10);
    for (const [k, hertz] of scipy.frequencies.entries()) {
      expect(binFrequency(options, k, sampleRate)).toBeCloseTo(hertz, 7);
    }
  });

  it.each(['librosa', 'torchaudio'] as const)('of %s are centred on every hop', (name) => {
    for (let i = 0; i < 5; i++) {
      const options = presetOptions(name);
      expect(frameTime(options, i, 16000)).toBeCloseTo((i * options.hopLength) / 16000, 12);
    }
  });

  it('number ceil(samples / hop) where a frame starts at every hop', () => {
    const options = { ...presetOptions('tf.signal'), padEnd: 'every-hop' } as const;
    expect(frameCount(options, 16000)).toBe(125);
    expect(frameCount(options, 1)).toBe(1);
  });

  it('are periodic in tf.signal only where their length is even', () => {
    expect(presetOptions('tf.signal').periodic).toBe(false);
    expect(presetOptions('tf.signal', { winLength: 256 }).periodic).toBe(true);
    expect(presetOptions('librosa', { winLength: 255 }).periodic).toBe(true);
  });

  it.each(names)('of %s are settings that the schema accepts', (name) => {
    const options = presetOptions(name);
    expect(readParameters(stftParameters, options, 'stft')).toEqual(options);
  });
});

describe('what cannot be is refused with a sentence', () => {
  const options = defaults(stftParameters);

  it('a window longer than the FFT', () => {
    expect(() => createStft({ ...options, winLength: 300 })).toThrow(ParameterError);
    expect(() => createStft({ ...options, winLength: 300 })).toThrow(/300 samples does not fit into an FFT of 256/);
  });

  it('a hop of less than one sample', () => {
    expect(() => createStft({ ...options, hopLength: 0 })).toThrow(ParameterError);
    expect(() => createStft({ ...options, hopLength: 0.5 })).toThrow(/0\.5 samples/);
  });

  it('a clip shorter than one frame, and an empty one', () => {
    expect(() => stft(new Float32Array(254), options)).toThrow(ShapeError);
    expect(() => stft(new Float32Array(254), options)).toThrow(/254 samples is shorter than one frame of 255/);
    expect(stft(new Float32Array(255), options).frames).toBe(1);
    for (const name of names) expect(() => stft(new Float32Array(0), presetOptions(name))).toThrow(ShapeError);
  });

  it('a clip too short for its mirror image to pad it', () => {
    const torch = presetOptions('torchaudio');
    expect(() => stft(new Float32Array(200), torch)).toThrow(/200 samples is too short to be padded by 200/);
    expect(stft(new Float32Array(201), torch).frames).toBe(2);
  });
});
