import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binScale,
  cellAtPlace,
  edgesOf,
  frameScale,
  placeOf,
  resizedScale,
  valueAtPlace,
} from '../../../src/components/plots/cell-scale.ts';
import type { StftOptions } from '../../../src/lib/dsp/frames.ts';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { stft } from '../../../src/lib/dsp/stft.ts';

/** The squares of a clip's spectra. */
function energies(samples: Float32Array, options: StftOptions) {
  const { frames, bins, real, imaginary } = stft(samples, options);
  return { frames, bins, data: real.map((re, i) => re * re + imaginary[i] * imaginary[i]) };
}

describe('the place of a value', () => {
  it('is the centre of its cell', () => {
    const bins = binScale(129, 256, 16000);
    for (const bin of [0, 16, 128]) expect(placeOf(bins, bin * 62.5)).toBeCloseTo((bin + 0.5) / 129, 12);
    expect(edgesOf(bins)).toEqual([-31.25, 8031.25]);
  });

  it('has a click in the column whose centre is nearest', () => {
    const settings = fc.record({
      winLength: fc.integer({ min: 4, max: 64 }),
      hopShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
      padding: fc.integer({ min: 0, max: 20 }),
      window: fc.constantFrom('hann', 'hamming', 'blackman'),
      placement: fc.constantFrom('start', 'centre'),
      centre: fc.boolean(),
      sampleRate: fc.constantFrom(8000, 16000, 44100),
    });
    fc.assert(
      fc.property(settings, fc.nat(), ({ winLength, hopShare, padding, sampleRate, ...rest }, seed) => {
        const options: StftOptions = {
          ...presetOptions('tf.signal'),
          ...rest,
          winLength,
          hopLength: Math.max(1, Math.floor(winLength * hopShare)),
          nFft: winLength + padding,
          periodic: true,
        };
        const samples = new Float32Array(400);
        const click = winLength + (seed % (400 - 2 * winLength));
        samples[click] = 1;
        const { data, frames, bins } = energies(samples, options);
        const loudness = Array.from({ length: frames }, (_, i) =>
          data.subarray(i * bins, (i + 1) * bins).reduce((sum, value) => sum + value, 0),
        );
        const scale = frameScale(frames, options, sampleRate);
        const distance = (column: number) => Math.abs(scale.first + column * scale.step - click / sampleRate);
        const nearest = Math.min(...loudness.map((_, column) => distance(column)));
        expect(distance(loudness.indexOf(Math.max(...loudness)))).toBeCloseTo(nearest, 9);
      }),
    );
  });

  it('goes there and back', () => {
    const scale = fc.record({
      count: fc.integer({ min: 1, max: 500 }),
      first: fc.double({ min: -10, max: 10, noNaN: true }),
      step: fc.double({ min: 0.001, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(scale, fc.nat(), (s, seed) => {
        const cell = seed % s.count;
        const place = (cell + 0.5) / s.count;
        expect(cellAtPlace(s, place)).toBe(cell);
        expect(valueAtPlace(s, place)).toBeCloseTo(s.first + cell * s.step, 6);
        expect(placeOf(s, valueAtPlace(s, place))).toBeCloseTo(place, 6);
      }),
    );
  });

  it('keeps its edges when the picture is resized', () => {
    const bins = binScale(129, 256, 16000);
    const small = resizedScale(bins, 32);
    expect(edgesOf(small)[0]).toBeCloseTo(edgesOf(bins)[0], 9);
    expect(edgesOf(small)[1]).toBeCloseTo(edgesOf(bins)[1], 9);
    expect(small.step).toBeCloseTo((62.5 * 129) / 32, 9);
  });
});
