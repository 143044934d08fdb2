import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFft } from '../../../src/lib/dsp/fft.ts';
import { AudioError, ParameterError } from '../../../src/lib/errors.ts';
import { defaultFlipRange, findFlip, makeNoise, mixNoise } from '../../../src/lib/insight/noise-mix.ts';
import { runToEnd } from '../../../src/lib/insight/progress.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, initialise } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';

const power = (samples: Float32Array) => samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
const tone = Float32Array.from({ length: 4096 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * 60 * n) / 4096));

/** Mean power of the bins from `first` up to, not including, `end`. */
function bandPower(samples: Float32Array, first: number, end: number): number {
  const fft = createFft(samples.length);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(Float64Array.from(samples), re, im);
  let sum = 0;
  for (let k = first; k < end; k++) sum += re[k] ** 2 + im[k] ** 2;
  return sum / (end - first);
}

describe('noise', () => {
  it('has an RMS of 1 and is the same again for the same seed, at any length', () => {
    fc.assert(
      fc.property(fc.constantFrom('white', 'pink'), fc.integer({ min: 2, max: 5000 }), (colour, length) => {
        const noise = makeNoise(colour, length, 3);
        expect(noise).toHaveLength(length);
        expect(power(noise)).toBeCloseTo(1, 4);
        expect(makeNoise(colour, length, 3)).toEqual(noise);
        expect(makeNoise(colour, length, 4)).not.toEqual(noise);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['white', 0],
    ['pink', -3.01],
  ] as const)('that is %s changes by %f dB from octave to octave', (colour, slope) => {
    const noise = makeNoise(colour, 2 ** 17, 9);
    for (let octave = 9; octave < 16; octave++) {
      const low = bandPower(noise, 2 ** (octave - 1), 2 ** octave);
      const high = bandPower(noise, 2 ** octave, 2 ** (octave + 1));
      // With n bins the mean of their power is known to about 1/√n, here 6 % at most.
      expect(Math.abs(10 * Math.log10(high / low) - slope)).toBeLessThan(0.6);
    }
  });
});

describe('a mix', () => {
  it('has the ratio that was asked for, whatever the levels', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 50, noNaN: true }), fc.constantFrom(1e-3, 1, 50), (snr, level) => {
        const noise = makeNoise('white', 1000, 2).map((value) => level * value);
        const mixed = mixNoise(tone, noise, snr);
        const added = mixed.map((value, n) => value - tone[n]);
        expect(10 * Math.log10(power(tone) / power(added))).toBeCloseTo(snr, 1);
      }),
    );
  });

  it('is refused where clip or noise is silent', () => {
    const noise = makeNoise('white', 100, 1);
    expect(() => mixNoise(new Float32Array(100), noise, 0)).toThrow(AudioError);
    expect(() => mixNoise(tone, new Float32Array(100), 0)).toThrow(/noise is silent/);
    expect(() => mixNoise(tone, new Float32Array(0), 0)).toThrow(AudioError);
  });
});

/** Class "quiet" wins until the spectrogram's cell at a tone-free bin exceeds a threshold. */
function judge(threshold: number) {
  const network = createNetwork({
    format: 'kuulo-architecture-1',
    name: 'judge',
    input: { sampleRate: 4096, samples: 4096 },
    classes: ['quiet', 'noisy'],
    stages: [
      {
        name: 'spectrogram',
        type: 'spectrogram',
        config: { winLength: 4096, hopLength: 4096, nFft: 4096, window: 'rectangular', centre: false },
      },
      { name: 'flatten', type: 'flatten' },
      { name: 'dense', type: 'dense', config: { units: 2 } },
      { name: 'softmax', type: 'softmax' },
    ],
  });
  initialise(network, createRandom(1));
  const { weight, bias } = network.stages[2].layer.weights;
  weight.data.fill(0);
  for (let k = 200; k < 2000; k++) weight.data[2 * k + 1] = 1 / 1800;
  bias.data.set([threshold, 0]);
  return network;
}

describe('the flip', () => {
  const noise = makeNoise('white', 4096, 6);

  it('is found where the noise reaches the threshold, to within the tolerance', () => {
    fc.assert(
      fc.property(fc.double({ min: -15, max: 35, noNaN: true }), (snr) => {
        // What the judge measures of the noise at this ratio is its threshold: there it flips.
        const added = mixNoise(tone, noise, snr).map((value, n) => value - tone[n]);
        const fft = createFft(4096);
        const re = new Float64Array(fft.bins);
        const im = new Float64Array(fft.bins);
        fft.forward(Float64Array.from(added), re, im);
        let threshold = 0;
        for (let k = 200; k < 2000; k++) threshold += Math.hypot(re[k], im[k]) / 1800;
        const { clean, flipped, held } = runToEnd(findFlip(judge(threshold), tone, noise, plainKernels));
        expect([clean.winner, held.winner, flipped?.winner]).toEqual([0, 0, 1]);
        expect(clean.snr).toBe(Number.POSITIVE_INFINITY);
        const at = flipped?.snr ?? Number.NaN;
        expect(held.snr - at).toBeLessThanOrEqual(defaultFlipRange.tolerance);
        expect(at).toBeLessThanOrEqual(snr + 0.01);
        expect(held.snr).toBeGreaterThanOrEqual(snr - 0.01);
      }),
      { numRuns: 10 },
    );
  });

  it('is none where no noise in the range changes the answer', () => {
    const { flipped, held } = runToEnd(findFlip(judge(1e6), tone, noise, plainKernels));
    expect(flipped).toBeUndefined();
    expect(held.snr).toBe(-20);
  });

  it('is at the start of the range where the least noise tried flips it already', () => {
    const { flipped, held } = runToEnd(findFlip(judge(1e-3), tone, noise, plainKernels));
    expect(flipped?.snr).toBe(40);
    expect(held.snr).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts its answers, of no more than it announces', () => {
    const steps = [...findFlip(judge(20), tone, noise, plainKernels)];
    expect(steps.map(({ done }) => done)).toEqual(steps.map((_, k) => k + 1));
    expect(steps.length).toBeLessThanOrEqual(steps[0].total);
    expect(steps[0].answer.snr).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not looked for in silence or in a range without extent', () => {
    const find = (clip: Float32Array, range = defaultFlipRange) =>
      runToEnd(findFlip(judge(1), clip, noise, plainKernels, range));
    expect(() => find(new Float32Array(4096))).toThrow(AudioError);
    expect(() => find(tone, { ...defaultFlipRange, from: -20 })).toThrow(ParameterError);
    expect(() => find(tone, { ...defaultFlipRange, step: 0 })).toThrow(ParameterError);
  });
});
