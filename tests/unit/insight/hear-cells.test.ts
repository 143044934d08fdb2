import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { ShapeError } from '../../../src/lib/errors.ts';
import { hearCells, largestCells } from '../../../src/lib/insight/hear-cells.ts';
import { createRandom } from '../../../src/lib/random.ts';

const options = presetOptions('tf.signal');
const sampleRate = 16000;
const random = createRandom(5);
const clip = { samples: Float32Array.from({ length: 4000 }, () => random.normal()), sampleRate };
const [frames, bins] = [30, 129];
const whole = new Float32Array(frames * bins).fill(1);

describe('hearing some cells', () => {
  it('gives the clip back where all cells are kept, but for its ends', () => {
    const heard = hearCells(clip, options, whole);
    expect(heard.length).toBe(clip.samples.length);
    for (let n = 20; n < 3900; n++) expect(heard[n]).toBeCloseTo(clip.samples[n], 5);
  });

  it('makes of a mask and its complement two sounds that add up to the clip', () => {
    const mask = Float32Array.from(whole, () => random.uniform());
    const part = hearCells(clip, options, mask);
    const rest = hearCells(
      clip,
      options,
      mask.map((cell) => 1 - cell),
    );
    for (let n = 20; n < 3900; n++) expect(part[n] + rest[n]).toBeCloseTo(clip.samples[n], 5);
  });

  it('keeps the tone whose bins are kept, and silences the other', () => {
    const tone = (bin: number) => (n: number) => Math.sin((2 * Math.PI * bin * n) / options.nFft);
    const samples = Float32Array.from({ length: 4000 }, (_, n) => tone(16)(n) + tone(80)(n));
    const low = Float32Array.from(whole, (_, cell) => (cell % bins < 48 ? 1 : 0));
    const heard = hearCells({ samples, sampleRate }, options, low);
    for (let n = 300; n < 3700; n++) expect(Math.abs(heard[n] - tone(16)(n))).toBeLessThan(0.01);
  });

  it('refuses a mask of another size, with both sizes', () => {
    expect(() => hearCells(clip, options, whole.subarray(1))).toThrow(ShapeError);
    expect(() => hearCells(clip, options, whole.subarray(1))).toThrow(/3869 cells, but the spectrogram 30 frames/);
  });
});

describe('the largest cells', () => {
  it('are so many, none of them smaller than one that is left out, and all above 0', () => {
    const values = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (cells, share) => {
        const mask = largestCells(cells, share);
        const kept = cells.filter((_, i) => mask[i] === 1);
        const left = cells.filter((value, i) => mask[i] === 0 && value > 0);
        expect(kept.length).toBe(Math.min(Math.round(share * cells.length), kept.length + left.length));
        expect(kept.every((value) => value > 0)).toBe(true);
        if (kept.length > 0 && left.length > 0) expect(Math.min(...kept)).toBeGreaterThanOrEqual(Math.max(...left));
      }),
    );
  });
});
