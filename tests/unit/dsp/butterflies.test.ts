import { describe, expect, it } from 'vitest';
import { multiplications, openFft } from '../../../src/lib/dsp/butterflies.ts';
import { createFft } from '../../../src/lib/dsp/fft.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';

const sizes = [1, 2, 4, 8, 16, 32];

function noise(length: number): Float64Array {
  const random = createRandom(length);
  return Float64Array.from({ length }, () => random.normal());
}

describe('the FFT laid open', () => {
  it('of 8 samples is scipy.fft.fft of them', () => {
    // scipy.fft.fft([1, -2, 3, 0.5, 0, 4, -1, 2])
    const expected = [
      [7.5, 0],
      [-2.18198051533946, 1.30330085889911],
      [-1, 0.5],
      [4.18198051533946, 9.30330085889911],
      [-1.5, 0],
      [4.18198051533946, -9.30330085889911],
      [-1, -0.5],
      [-2.18198051533946, -1.30330085889911],
    ];
    const { output } = openFft([1, -2, 3, 0.5, 0, 4, -1, 2]);
    for (const [k, [re, im]] of expected.entries()) {
      expect(output[k].re).toBeCloseTo(re, 12);
      expect(output[k].im).toBeCloseTo(im, 12);
    }
  });

  it.each(sizes)('of %d samples ends with what fft.ts finds, its second half mirrored', (n) => {
    const x = noise(n);
    const fft = createFft(n);
    const re = new Float64Array(fft.bins);
    const im = new Float64Array(fft.bins);
    fft.forward(x, re, im);
    const { output } = openFft(x);
    expect(output).toHaveLength(n);
    for (let k = 0; k < n; k++) {
      const mirrored = k < fft.bins ? k : n - k;
      expect(output[k].re).toBeCloseTo(re[mirrored], 12);
      expect(output[k].im).toBeCloseTo(k < fft.bins ? im[mirrored] : -im[mirrored], 12);
    }
  });

  it('takes 8 samples in bit-reversed order', () => {
    expect(openFft(noise(8)).order).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  });

  it.each(sizes)('of %d samples has log2 n stages, each reading and writing every line once', (n) => {
    const { stages } = openFft(noise(n));
    expect(stages.map(({ span }) => span)).toEqual(sizes.filter((span) => span > 1 && span <= n));
    for (const { butterflies } of stages) {
      expect(butterflies.flatMap(({ lines }) => lines).sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
    }
  });

  it('passes on what each butterfly computes: upper ± twiddle · lower', () => {
    const x = noise(16);
    const { order, stages, output } = openFft(x);
    const lines = order.map((from) => ({ re: x[from], im: 0 }));
    for (const { span, butterflies } of stages) {
      for (const { lines: pair, inputs, twiddle, k, product, outputs } of butterflies) {
        expect(inputs).toEqual([lines[pair[0]], lines[pair[1]]]);
        expect(pair[1] - pair[0]).toBe(span / 2);
        expect(Math.atan2(twiddle.im, twiddle.re)).toBeCloseTo((-2 * Math.PI * k) / span, 12);
        expect(Math.hypot(twiddle.re, twiddle.im)).toBeCloseTo(1, 12);
        const [upper, lower] = inputs;
        expect(product.re).toBeCloseTo(twiddle.re * lower.re - twiddle.im * lower.im, 12);
        expect(product.im).toBeCloseTo(twiddle.re * lower.im + twiddle.im * lower.re, 12);
        expect(outputs[0].re + outputs[1].re).toBeCloseTo(2 * upper.re, 12);
        expect(outputs[0].im - outputs[1].im).toBeCloseTo(2 * product.im, 12);
        lines[pair[0]] = outputs[0];
        lines[pair[1]] = outputs[1];
      }
    }
    expect(output).toEqual(lines);
  });

  it('is for powers of two', () => {
    expect(() => openFft(new Float64Array(12))).toThrow(ParameterError);
    expect(() => openFft([])).toThrow(/0 points/);
    expect(() => multiplications(12)).toThrow(/12 points/);
  });
});
