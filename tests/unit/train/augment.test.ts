import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import {
  augmentWord,
  fillStill,
  makeSilence,
  maskBands,
  mixPairs,
  moveAndStretch,
  roll,
  warpFrequency,
} from '../../../src/lib/train/augment.ts';
import { limitBand, passBand } from '../../../src/lib/train/band.ts';
import { colouredNoise, cropNoise, rms } from '../../../src/lib/train/noise.ts';
import { unvaried as still } from '../../../src/lib/train/recipe.ts';

const silence = { level: { min: 0.01, max: 0.01 }, zeros: 0 };
const bank = colouredNoise(5000, 1);
const tone = Float32Array.from({ length: 1000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * i) / 40));

describe('augmenting a word', () => {
  it('leaves it alone when every strength is zero', () => {
    expect(augmentWord(tone, 16000, still, bank, createRandom(1))).toEqual(tone);
  });

  it('adds noise at the signal-to-noise ratio that was asked for', () => {
    const recipe = { ...still, noise: { probability: 1, snr: { min: 12, max: 12 } } };
    const noisy = augmentWord(tone, 16000, recipe, bank, createRandom(2));
    const noise = noisy.map((value, i) => value - tone[i]);
    expect(20 * Math.log10(rms(tone) / rms(noise))).toBeCloseTo(12, 3);
  });

  it('draws gains from the whole range, as often below its geometric middle as above', () => {
    const recipe = { ...still, gain: { min: 0.1, max: 10 } };
    const gains = Array.from(
      { length: 200 },
      (_, seed) => rms(augmentWord(tone, 16000, recipe, bank, createRandom(seed))) / rms(tone),
    );
    expect(Math.min(...gains)).toBeGreaterThanOrEqual(0.0999);
    expect(Math.max(...gains)).toBeLessThanOrEqual(10.001);
    // Of 200 draws the share below has a standard deviation of 0.035: four of them.
    const below = (limit: number) => gains.filter((gain) => gain < limit).length / 200;
    expect(Math.abs(below(1) - 0.5)).toBeLessThan(0.142);
    expect(Math.abs(below(Math.sqrt(0.1)) - 0.25)).toBeLessThan(0.142);
  });

  it('gives the same sound for the same seed', () => {
    const recipe = { ...still, shift: 0.01, speed: 0.1, floor: { probability: 0.5, level: { min: 1e-5, max: 1e-3 } } };
    const once = augmentWord(tone, 16000, recipe, bank, createRandom(7));
    expect(augmentWord(tone, 16000, recipe, bank, createRandom(7))).toEqual(once);
    expect(augmentWord(tone, 16000, recipe, bank, createRandom(8))).not.toEqual(once);
  });
});

describe('moving and stretching', () => {
  it('moves by whole samples exactly, with zeros from outside', () => {
    const samples = Float32Array.of(1, 2, 3, 4);
    expect([...moveAndStretch(samples, 1, 1)]).toEqual([2, 3, 4, 0]);
    expect([...moveAndStretch(samples, 1, -2)]).toEqual([0, 0, 1, 2]);
  });

  it('raises a tone by the speed', () => {
    const faster = moveAndStretch(tone, 1.25, 0);
    const crossings = (samples: Float32Array) =>
      samples.slice(200, 800).filter((value, i, all) => i > 0 && value >= 0 !== all[i - 1] >= 0).length;
    expect(crossings(faster) / crossings(tone)).toBeCloseTo(1.25, 1);
  });
});

describe('silence', () => {
  it('is noise of the level that was asked for, or exact zeros', () => {
    expect(rms(makeSilence(1000, silence, bank, createRandom(1)))).toBeCloseTo(0.01, 6);
    const zeros = makeSilence(1000, { ...silence, zeros: 1 }, bank, createRandom(1));
    expect(zeros.every((value) => value === 0)).toBe(true);
  });

  it('repeats a noise that is shorter than the crop, and leaves a crop of zeros alone', () => {
    const crop = cropNoise([Float32Array.of(3, -4)], 6, createRandom(1));
    expect(rms(crop)).toBeCloseTo(1, 6);
    expect(crop[4]).toBe(crop[0]);
    expect([...cropNoise([new Float32Array(9)], 4, createRandom(1))]).toEqual([0, 0, 0, 0]);
  });
});

describe('on pictures', () => {
  it('stretching by 1 changes nothing, by 2 brings band 2j to band j', () => {
    const picture = tensor([2, 5, 1], [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]);
    expect(warpFrequency(picture, 1)).toEqual(picture);
    expect([...warpFrequency(picture, 2).data]).toEqual([0, 2, 4, 4, 4, 10, 12, 14, 14, 14]);
  });

  it('masks at most as many rows and columns as asked, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const picture = tensor([6, 8, 1], new Float32Array(48).fill(1));
        const masks = { timeMasks: { count: 1, width: 2 }, frequencyMasks: { count: 1, width: 3 } };
        maskBands(picture, masks, createRandom(seed));
        const rows = [0, 1, 2, 3, 4, 5].filter((t) => picture.data.subarray(8 * t, 8 * t + 8).every((v) => v === 0));
        expect(rows.length).toBeLessThanOrEqual(2);
        const kept = picture.data.reduce((sum, value) => sum + value, 0);
        expect(kept).toBeGreaterThanOrEqual((6 - 2) * (8 - 3));
        expect(kept % (6 - rows.length)).toBe(0);
      }),
    );
  });

  it('masks every width from none to the one asked for', () => {
    const widths = new Set<string>();
    for (let seed = 0; seed < 400; seed++) {
      const picture = tensor([6, 8, 1], new Float32Array(48).fill(1));
      const masks = { timeMasks: { count: 1, width: 2 }, frequencyMasks: { count: 1, width: 3 } };
      maskBands(picture, masks, createRandom(seed));
      const rows = [0, 1, 2, 3, 4, 5].filter((t) => picture.data.subarray(8 * t, 8 * t + 8).every((v) => v === 0));
      const left = picture.data.reduce((sum, value) => sum + value, 0) / (6 - rows.length);
      widths.add(`${rows.length} × ${8 - left}`);
    }
    expect(widths.size).toBe(3 * 4);
  });

  it('mixes pictures and targets with the same shares, the own one at least half', () => {
    const pictures = tensor([4, 1, 1, 1], [1, 2, 4, 8]);
    const targets = tensor([4, 4], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    mixPairs(pictures, targets, 0.4, createRandom(3));
    for (let i = 0; i < 4; i++) {
      const shares = targets.data.subarray(4 * i, 4 * i + 4);
      expect(shares[i]).toBeGreaterThanOrEqual(0.5);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(pictures.data[i]).toBeCloseTo(shares[0] + 2 * shares[1] + 4 * shares[2] + 8 * shares[3], 5);
    }
  });
});

describe('rolling', () => {
  it('moves samples in a circle', () => {
    expect(Array.from(roll(Float32Array.of(1, 2, 3, 4, 5), 2))).toEqual([4, 5, 1, 2, 3]);
    expect(Array.from(roll(Float32Array.of(1, 2, 3), 0))).toEqual([1, 2, 3]);
  });

  it('keeps every sample, whatever is drawn', () => {
    for (let seed = 0; seed < 20; seed++) {
      const rolled = augmentWord(tone, 16000, { ...still, roll: 1 }, bank, createRandom(seed));
      expect(Array.from(rolled).sort()).toEqual(Array.from(tone).sort());
    }
  });
});

describe('filling what stands still', () => {
  it('puts noise of the level into long runs of equal samples, and leaves the rest alone', () => {
    const padded = new Float32Array(3000);
    padded.set(tone, 1000);
    const filled = padded.slice();
    fillStill(filled, 16000, 0.01, createRandom(1));
    expect(filled.subarray(1001, 1999)).toEqual(padded.subarray(1001, 1999));
    expect(rms(filled.subarray(0, 1000))).toBeCloseTo(0.01, 3);
    expect(rms(filled.subarray(2001))).toBeCloseTo(0.01, 3);
  });
});

describe('limiting the band', () => {
  const rate = 8000;
  const sine = (hertz: number) =>
    Float32Array.from({ length: rate }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));
  const gainAt = (hertz: number, kind: 'low' | 'high', cutoff: number): number => {
    const samples = sine(hertz);
    passBand(samples, rate, kind, cutoff);
    return rms(samples.subarray(rate / 2)) * Math.SQRT2;
  };

  it('is 3 dB down at the cutoff, and as a Butterworth filter of second order beyond it', () => {
    for (const kind of ['low', 'high'] as const) {
      expect(gainAt(1000, kind, 1000)).toBeCloseTo(Math.SQRT1_2, 3);
      // The bilinear transform maps a frequency f to tan(pi f / rate).
      for (const hertz of [300, 2500]) {
        const ratio = Math.tan((Math.PI * hertz) / rate) / Math.tan((Math.PI * 1000) / rate);
        expect(gainAt(hertz, kind, 1000)).toBeCloseTo(1 / Math.sqrt(1 + (kind === 'low' ? ratio : 1 / ratio) ** 4), 3);
      }
    }
  });

  it('does nothing with probability 0', () => {
    const samples = sine(440);
    limitBand(
      samples,
      rate,
      { probability: 0, lowest: { min: 1, max: 2 }, highest: { min: 1, max: 2 } },
      createRandom(1),
    );
    expect(samples).toEqual(sine(440));
  });
});
