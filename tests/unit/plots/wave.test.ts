import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelope, peakOf } from '../../../src/components/plots/wave.ts';

const sound = fc.float32Array({ minLength: 1, maxLength: 300, noNaN: true, min: -1, max: 1 });
const columns = fc.integer({ min: 1, max: 50 });

describe('envelope', () => {
  it('leaves out no sample: the extremes of all columns are those of the sound', () => {
    fc.assert(
      fc.property(sound, columns, (samples, count) => {
        const { low, high } = envelope(samples, count);
        if (samples.length < count) return;
        expect(Math.min(...low)).toBe(Math.min(...samples));
        expect(Math.max(...high)).toBe(Math.max(...samples));
      }),
    );
  });

  it('puts a click into the column of its time', () => {
    const samples = new Float32Array(1000);
    samples[730] = 1;
    const { high } = envelope(samples, 100);
    expect(high.indexOf(1)).toBe(73);
    expect(high.filter((value) => value > 0)).toHaveLength(1);
  });

  it('shows only the part that was asked for', () => {
    const samples = Float32Array.from({ length: 100 }, (_, n) => n / 128);
    const { low, high } = envelope(samples, 10, 50, 60);
    expect([...low]).toEqual([...high]);
    expect([...low]).toEqual([...samples.subarray(50, 60)]);
  });

  it('repeats samples where there are fewer than columns', () => {
    expect([...envelope(Float32Array.of(0.25, -0.5), 4).high]).toEqual([0.25, 0.25, -0.5, -0.5]);
  });
});

describe('peakOf', () => {
  it('is the largest magnitude', () => {
    fc.assert(
      fc.property(sound, (samples) => {
        expect(peakOf(envelope(samples, 1))).toBe(samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0));
      }),
    );
  });
});
