import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createComplexFft } from '../../../src/lib/dsp/complex-fft.ts';
import { createFft } from '../../../src/lib/dsp/fft.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';

/** The definition, term by term: X[k] = Σ z[t]·exp(−2πi·kt/n), with parts in turn. */
function slowTransform(z: Float64Array): Float64Array {
  const n = z.length / 2;
  const out = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < n; t++) {
      const angle = (-2 * Math.PI * ((k * t) % n)) / n;
      out[2 * k] += z[2 * t] * Math.cos(angle) - z[2 * t + 1] * Math.sin(angle);
      out[2 * k + 1] += z[2 * t] * Math.sin(angle) + z[2 * t + 1] * Math.cos(angle);
    }
  }
  return out;
}

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

function spectrumOf(x: Float64Array): { re: Float64Array; im: Float64Array } {
  const fft = createFft(x.length);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(x, re, im);
  return { re, im };
}

const everyLength = Array.from({ length: 40 }, (_, i) => i + 1);
const lengths = [...everyLength, 63, 64, 65, 100, 127, 128, 129, 255, 256, 257, 400, 500, 512, 1000, 1023, 1024];

describe('the Fourier transform', () => {
  it.each(lengths)('of %d complex numbers is the sum that defines it', (size) => {
    const z = noise(2 * size, size);
    const out = new Float64Array(2 * size);
    createComplexFft(size).transform(z, out);
    expect(largestDifference(out, slowTransform(z))).toBeLessThan(1e-11 * size);
  });

  it.each(lengths)('of %d samples is the first half of that sum', (size) => {
    const x = noise(size, size);
    const z = new Float64Array(2 * size);
    for (let t = 0; t < size; t++) z[2 * t] = x[t];
    const want = slowTransform(z);
    const { re, im } = spectrumOf(x);
    expect(re.length).toBe(Math.floor(size / 2) + 1);
    expect(
      largestDifference(
        re,
        Float64Array.from(re, (_, k) => want[2 * k]),
      ),
    ).toBeLessThan(1e-11 * size);
    expect(
      largestDifference(
        im,
        Float64Array.from(im, (_, k) => want[2 * k + 1]),
      ),
    ).toBeLessThan(1e-11 * size);
  });

  const anyNoise = fc.tuple(fc.integer({ min: 1, max: 700 }), fc.integer()).map(([n, seed]) => noise(n, seed));

  it('is undone by its inverse, at any length', () => {
    fc.assert(
      fc.property(anyNoise, (x) => {
        const { re, im } = spectrumOf(x);
        const back = new Float64Array(x.length);
        createFft(x.length).inverse(re, im, back);
        expect(largestDifference(back, x)).toBeLessThan(1e-12);
      }),
    );
  });

  it('keeps the energy (Parseval), at any length', () => {
    fc.assert(
      fc.property(anyNoise, (x) => {
        const { re, im } = spectrumOf(x);
        const n = x.length;
        const energy = re.reduce((sum, value, k) => {
          const twice = k === 0 || 2 * k === n ? 1 : 2;
          return sum + (twice * (value ** 2 + im[k] ** 2)) / n;
        }, 0);
        expect(energy / x.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(1, 10);
      }),
    );
  });

  it('can be taken again and again with one plan, which keeps nothing of what came before', () => {
    for (const size of [256, 400, 255]) {
      const fft = createFft(size);
      const re = new Float64Array(fft.bins);
      const im = new Float64Array(fft.bins);
      fft.forward(noise(size, 1), re, im);
      fft.inverse(re, im, new Float64Array(size));
      fft.forward(noise(size, 2), re, im);
      expect({ re, im }).toEqual(spectrumOf(noise(size, 2)));
    }
  });

  it('stays accurate in the lengths of a whole second, prime ones too', () => {
    for (const size of [15991, 16000]) {
      const cycles = 1234;
      const x = Float64Array.from({ length: size }, (_, t) => Math.cos((2 * Math.PI * ((cycles * t) % size)) / size));
      const { re, im } = spectrumOf(x);
      for (let k = 0; k < re.length; k++) {
        expect(Math.abs(re[k] - (k === cycles ? size / 2 : 0))).toBeLessThan(1e-8);
        expect(Math.abs(im[k])).toBeLessThan(1e-8);
      }
    }
  });

  it('has a length of a whole number', () => {
    expect(() => createFft(0)).toThrow(ParameterError);
    expect(() => createFft(2.5)).toThrow(/2\.5/);
  });
});
