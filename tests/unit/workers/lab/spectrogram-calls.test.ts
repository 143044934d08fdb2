import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scalesOf } from '../../../../src/components/chapter/SpectrogramPlot.tsx';
import { cellAtPlace, placeOf } from '../../../../src/components/plots/cell-scale.ts';
import { indexOfLargest } from '../../../../src/components/plots/cells.ts';
import type { StftOptions } from '../../../../src/lib/dsp/frames.ts';
import { presetOptions } from '../../../../src/lib/dsp/presets.ts';
import { amplitudeToDb, magnitude } from '../../../../src/lib/dsp/scale.ts';
import { stft } from '../../../../src/lib/dsp/stft.ts';
import { ShapeError } from '../../../../src/lib/errors.ts';
import { createRandom } from '../../../../src/lib/random.ts';
import { lowest } from '../../../../src/workers/lab/decibels.ts';
import { decibelPicture } from '../../../../src/workers/lab/spectrogram-calls.ts';

const options = presetOptions('tf.signal');

function noise(samples: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => 0.1 * random.normal());
}

function tone(hertz: number, sampleRate: number, samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, n) => 0.5 * Math.cos((2 * Math.PI * hertz * n) / sampleRate));
}

describe('a picture in decibels', () => {
  it('has the numbers of amplitude_to_db with ref=max and top_db=120', () => {
    const settings = fc.record({
      winLength: fc.integer({ min: 8, max: 64 }),
      hopLength: fc.integer({ min: 4, max: 64 }),
      nFft: fc.integer({ min: 64, max: 80 }),
      centre: fc.boolean(),
    });
    fc.assert(
      fc.property(settings, fc.integer(), (given, seed) => {
        const own: StftOptions = { ...options, ...given };
        const samples = noise(300, seed);
        const { decibels, frames, bins, largest } = decibelPicture(samples, 16000, own);
        const spectra = stft(samples, own);
        const magnitudes = magnitude(spectra);
        expect([frames, bins]).toEqual([spectra.frames, spectra.bins]);
        expect(largest).toBeCloseTo(Math.max(...magnitudes), 6);
        const expected = amplitudeToDb(magnitudes, { ref: 'max', amin: 1e-30, topDb: -lowest });
        const worst = decibels.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
        expect(worst).toBeLessThan(1e-4);
      }),
      { numRuns: 50 },
    );
  });

  it('is 0 dB at its strongest cell, and the same however loud the clip', () => {
    const samples = noise(4000, 3);
    const picture = decibelPicture(samples, 16000, options);
    expect(Math.max(...picture.decibels)).toBeLessThanOrEqual(0);
    expect(Math.max(...picture.decibels)).toBeGreaterThan(-1e-7);
    const faint = decibelPicture(
      samples.map((value) => value / 1024),
      16000,
      options,
    );
    expect(faint.largest).toBeCloseTo(picture.largest / 1024, 9);
    const worst = faint.decibels.reduce((most, value, i) => Math.max(most, Math.abs(value - picture.decibels[i])), 0);
    expect(worst).toBeLessThan(1e-4);
  });

  it('of a silent clip is finite, at the lowest throughout', () => {
    const { decibels, largest, frames, bins } = decibelPicture(new Float32Array(1000), 16000, options);
    expect(largest).toBe(0);
    expect(decibels).toHaveLength(frames * bins);
    expect(decibels.every((value) => value === lowest)).toBe(true);
  });

  it('of a clip with silence in it is finite, and nowhere below the lowest', () => {
    const samples = new Float32Array(4000);
    samples.set(noise(500, 4), 2000);
    const { decibels } = decibelPicture(samples, 16000, options);
    expect(decibels.every((value) => value >= lowest && value <= 0)).toBe(true);
    expect(decibels[0]).toBe(lowest);
  });

  it('of a clip of one window is one column, in its middle', () => {
    const picture = decibelPicture(noise(255, 5), 16000, options);
    expect([picture.frames, picture.bins, picture.samples]).toEqual([1, 129, 255]);
    expect(picture.firstTime).toBeCloseTo(127.5 / 16000, 12);
    expect(placeOf(scalesOf(picture).time, picture.firstTime)).toBe(0.5);
  });

  it('of a shorter clip there is none, which is said', () => {
    expect(() => decibelPicture(noise(254, 6), 16000, options)).toThrow(ShapeError);
    expect(() => decibelPicture(noise(254, 6), 16000, options)).toThrow('254 samples');
  });
});

describe('a tone of 1 kHz', () => {
  const shapes = [
    { winLength: 255, hopLength: 128, nFft: 256 },
    { winLength: 400, hopLength: 160, nFft: 512 },
    { winLength: 1024, hopLength: 256, nFft: 1024 },
  ];
  const grid = [8000, 16000, 44100].flatMap((sampleRate) => shapes.map((sizes) => ({ sampleRate, ...sizes })));

  it.each(grid)('lies on the 1 kHz of its axis: $sampleRate Hz, FFT of $nFft', ({ sampleRate, ...sizes }) => {
    const picture = decibelPicture(tone(1000, sampleRate, sampleRate / 2), sampleRate, { ...options, ...sizes });
    const { frequency } = scalesOf(picture);
    const label = placeOf(frequency, 1000);
    const { bins, frames } = picture;
    for (const frame of [0, frames >> 1, frames - 1]) {
      const row = indexOfLargest(picture.decibels.subarray(frame * bins, (frame + 1) * bins));
      expect(cellAtPlace(frequency, label)).toBe(row);
      // Within half a row of the row's middle; at its very middle where a bin lies on 1,000 Hz.
      const offMiddle = label * bins - (row + 0.5);
      expect(offMiddle).toBeCloseTo((1000 * sizes.nFft) / sampleRate - row, 9);
      expect(Math.abs(offMiddle)).toBeLessThanOrEqual(0.5);
    }
  });

  it('that begins in the middle of the clip begins there on the axis', () => {
    for (const sampleRate of [8000, 16000, 44100]) {
      const samples = tone(1000, sampleRate, sampleRate);
      samples.fill(0, 0, sampleRate / 2);
      const picture = decibelPicture(samples, sampleRate, options);
      const { time } = scalesOf(picture);
      const bin = Math.round((1000 * 256) / sampleRate);
      const at = (frame: number) => picture.decibels[frame * picture.bins + bin];
      // Of a column whose middle is there, one half is silent: half of the window's sum, 6 dB down.
      let column = 0;
      while (at(column) < -6.0206) column++;
      expect(Math.abs(time.first + column * time.step - 0.5)).toBeLessThanOrEqual(1.5 * time.step);
      expect(at(Math.max(0, column - 2))).toBeLessThan(-20);
    }
  });
});
