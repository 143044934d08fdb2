import { describe, expect, it } from 'vitest';
import { measureLevel, toDecibels } from '../../../src/lib/audio/level.ts';
import { createRandom } from '../../../src/lib/random.ts';

const sampleRate = 16000;
const measure = (samples: ArrayLike<number>) => measureLevel({ samples: Float32Array.from(samples), sampleRate });
const sine = (amplitude: number) =>
  Float32Array.from({ length: sampleRate }, (_, n) => amplitude * Math.sin((2 * Math.PI * 1000 * n) / sampleRate));

describe('measureLevel', () => {
  it('finds peak and RMS of a sine: 0 and −3.01 dBFS at full scale, 20 dB less at a tenth', () => {
    const full = measure(sine(1));
    expect(full.peak).toBeCloseTo(1, 6);
    expect(full.peakDbfs).toBeCloseTo(0, 4);
    expect(full.rmsDbfs).toBeCloseTo(-3.0103, 4);
    expect(measure(sine(0.1)).rmsDbfs).toBeCloseTo(-23.0103, 4);
    expect(full.mean).toBeCloseTo(0, 6);
    expect(measure([0.25, 0.75, -0.25]).mean).toBeCloseTo(0.25, 6);
    expect(measure([0.25, 0.75, -0.9]).peak).toBeCloseTo(0.9, 6);
  });

  it('counts runs at full scale as clipping, single samples not', () => {
    expect(measure(sine(1))).toMatchObject({ clippedRuns: 0, clippedSamples: 0 });
    const full = 32767 / 32768;
    expect(measure([0, full, full, full, 0.5, -1, -1, -1, -1, 0.2, full, full, 0.1])).toMatchObject({
      clippedRuns: 2,
      clippedSamples: 7,
    });
    const overdriven = measure(sine(2).map((sample) => Math.max(-1, Math.min(1, sample))));
    // A third of the phase on either side of each crest is beyond 1: 2 runs of about 11 of 16 samples a period.
    expect(overdriven.clippedRuns).toBe(2000);
    expect(overdriven.clippedSamples / sampleRate).toBeCloseTo(2 / 3, 1);
  });

  it('counts digital zeros and the longest run of them, up to the end', () => {
    expect(measure([0, 0.1, 0, 0, 0, 0.2, 0, 0])).toMatchObject({ zeros: 6, longestZeroRun: 3 });
    expect(measure([0.1, 0, 0])).toMatchObject({ zeros: 2, longestZeroRun: 2 });
    expect(measure([0.1])).toMatchObject({ zeros: 0, longestZeroRun: 0 });
  });

  it('finds the noise floor below a word', () => {
    const random = createRandom(1);
    const speech = sine(0.5).map((sample, n) => (n > 4000 && n < 12000 ? sample : 0) + 0.001 * random.normal());
    expect(measure(speech).noiseFloorDbfs).toBeGreaterThan(-61.5);
    expect(measure(speech).noiseFloorDbfs).toBeLessThan(-59.5);
    expect(measure(sine(0.5)).noiseFloorDbfs).toBeCloseTo(toDecibels(0.5 / Math.SQRT2), 3);
  });

  it('takes the frame that a tenth of the frames stay below', () => {
    const frame = 0.02 * sampleRate;
    const steps = Float32Array.from({ length: 20 * frame }, (_, n) => (20 - Math.floor(n / frame)) / 100);
    expect(measure(steps).noiseFloorDbfs).toBeCloseTo(toDecibels(0.02), 4);
  });

  it('calls digital silence −Infinity, and takes clips shorter than a frame, even empty ones', () => {
    for (const samples of [new Float32Array(sampleRate), new Float32Array(0)])
      expect(measure(samples)).toMatchObject({
        peak: 0,
        rms: 0,
        mean: 0,
        peakDbfs: Number.NEGATIVE_INFINITY,
        noiseFloorDbfs: Number.NEGATIVE_INFINITY,
      });
    expect(measure([0.5, -0.5]).noiseFloorDbfs).toBeCloseTo(toDecibels(0.5), 6);
  });
});
