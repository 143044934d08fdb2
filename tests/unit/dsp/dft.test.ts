import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplications, openFft } from '../../../src/lib/dsp/butterflies.ts';
import { createComplexFft } from '../../../src/lib/dsp/complex-fft.ts';
import { createNaiveDft, dftBin } from '../../../src/lib/dsp/dft.ts';
import { createFft } from '../../../src/lib/dsp/fft.ts';
import { createRandom } from '../../../src/lib/random.ts';

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
}

describe('one bin of the discrete Fourier transform', () => {
  it('ends its walk at what the FFT finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (n, seed) => {
        const x = noise(n, seed);
        const fft = createFft(n);
        const re = new Float64Array(fft.bins);
        const im = new Float64Array(fft.bins);
        fft.forward(x, re, im);
        for (let k = 0; k < fft.bins; k++) {
          const bin = dftBin(x, k);
          expect(bin.totalReal[n - 1]).toBeCloseTo(re[k], 10);
          expect(bin.totalImaginary[n - 1]).toBeCloseTo(im[k], 10);
          expect(bin.magnitude).toBeCloseTo(Math.hypot(re[k], im[k]), 10);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has terms as long as the samples, whose sums are the totals', () => {
    const x = noise(33, 1);
    const { real, imaginary, totalReal, totalImaginary } = dftBin(x, 4.3);
    for (let t = 0; t < 33; t++) {
      expect(Math.hypot(real[t], imaginary[t])).toBeCloseTo(Math.abs(x[t]), 12);
      expect(totalReal[t] - (t ? totalReal[t - 1] : 0)).toBeCloseTo(real[t], 12);
      expect(totalImaginary[t] - (t ? totalImaginary[t - 1] : 0)).toBeCloseTo(imaginary[t], 12);
    }
  });

  it('between two bins is a bin of the same samples with zeros behind', () => {
    const x = noise(20, 2);
    const padded = new Float64Array(80);
    padded.set(x);
    for (let k = 0; k <= 40; k++) expect(dftBin(x, k / 4).magnitude).toBeCloseTo(dftBin(padded, k).magnitude, 10);
  });

  it('of a cosine of its own frequency is n/2, of a neighbour’s is 0', () => {
    const x = Float64Array.from({ length: 32 }, (_, t) => Math.cos((2 * Math.PI * 5 * t) / 32));
    expect(dftBin(x, 5).magnitude).toBeCloseTo(16, 12);
    expect(dftBin(x, 6).magnitude).toBeCloseTo(0, 12);
  });
});

describe('the naive transform', () => {
  it.each([1, 2, 7, 16, 45])('of %d complex numbers equals the fast one', (n) => {
    const z = noise(2 * n, n);
    const slow = new Float64Array(2 * n);
    const fast = new Float64Array(2 * n);
    createNaiveDft(n).transform(z, slow);
    createComplexFft(n).transform(z, fast);
    for (let j = 0; j < 2 * n; j++) expect(slow[j]).toBeCloseTo(fast[j], 10);
  });
});

describe('counts of multiplications', () => {
  it('are those that the two ways make', () => {
    for (const n of [1, 2, 8, 64]) {
      const butterflies = openFft(new Float64Array(n)).stages.reduce((sum, stage) => sum + stage.butterflies.length, 0);
      expect(multiplications(n)).toEqual({ naive: n * n, fft: butterflies });
    }
    expect(multiplications(1024)).toEqual({ naive: 1048576, fft: 5120 });
  });
});
