import { describe, expect, it } from 'vitest';
import type { StftOptions } from '../../../src/lib/dsp/frames.ts';
import { type GriffinLimSettings, type GriffinLimStep, griffinLim } from '../../../src/lib/dsp/griffin-lim.ts';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { magnitude } from '../../../src/lib/dsp/scale.ts';
import { stft } from '../../../src/lib/dsp/stft.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import golden from '../../golden/istft.json' with { type: 'json' };

/** Two gliding tones, a quarter of a second at 8 kHz. */
const clip = Float32Array.from(
  { length: 2000 },
  (_, t) => 0.5 * Math.sin(0.2 * t + 1e-4 * t * t) + 0.3 * Math.sin(1.1 * t - 5e-5 * t * t),
);
const options = presetOptions('librosa', { winLength: 128, hopLength: 32, nFft: 128 });
const spectrogram = stft(clip, options);
const magnitudes = magnitude(spectrogram);
const length = clip.length;

const run = (settings: GriffinLimSettings, of: StftOptions = options) => [
  ...griffinLim(magnitude(stft(clip, of)), of, { length, ...settings }),
];
const convergences = (steps: readonly GriffinLimStep[]) => steps.map((step) => step.spectralConvergence);

describe("Griffin and Lim's algorithm", () => {
  it.each(golden.griffinLim)('does what torchaudio does: $name', (example) => {
    const { iterations, momentum, samples } = example;
    const wanted = Float32Array.from(example.magnitudes);
    const phases = new Float64Array(wanted.length);
    const settings = { iterations, momentum, phases, length: samples.length };
    const last = [...griffinLim(wanted, example.options as StftOptions, settings)].at(-1);
    const largest = Math.max(...samples.map(Math.abs));
    for (const [n, value] of samples.entries())
      expect(Math.abs((last?.samples[n] ?? Number.NaN) - value) / largest).toBeLessThan(1e-5);
  });

  it('comes nearer in every step without momentum, and further in as many with it', () => {
    const slow = convergences(run({ momentum: 0, iterations: 20 }));
    expect(slow).toHaveLength(21);
    for (let i = 1; i < slow.length; i++) expect(slow[i]).toBeLessThan(slow[i - 1]);
    const fast = convergences(run({ iterations: 20 }));
    expect(fast[0]).toBe(slow[0]);
    expect(fast[20]).toBeLessThan(0.7 * slow[20]);
  });

  it('comes nearer in every step without centring, too, and does not crack where weights are small', () => {
    const edges = presetOptions('tf.signal', { winLength: 127, hopLength: 32, nFft: 128 });
    const steps = run({ momentum: 0, iterations: 10 }, edges);
    const found = convergences(steps);
    for (let i = 1; i < found.length; i++) expect(found[i]).toBeLessThan(found[i - 1]);
    const peak = (of: readonly GriffinLimStep[]) =>
      Math.max(...of.flatMap(({ samples }) => [...samples].map(Math.abs)));
    expect(peak(steps)).toBeLessThan(5 * Math.max(...clip));
    expect(peak(run({ momentum: 0, iterations: 10, leastCoverage: 1e-10 }, edges))).toBeGreaterThan(
      20 * Math.max(...clip),
    );
  });

  it('stays where it is when it starts with the right phases', () => {
    const phases = spectrogram.real.map((re, j) => Math.atan2(spectrogram.imaginary[j], re));
    for (const { samples, spectralConvergence } of run({ phases, iterations: 5 })) {
      expect(spectralConvergence).toBeLessThan(1e-6);
      for (let n = 0; n < length; n++) expect(Math.abs(samples[n] - clip[n])).toBeLessThan(1e-5);
    }
  });

  it('tells how far the spectra of the very clip that it gives are from the wanted ones', () => {
    for (const { samples, spectralConvergence } of run({ iterations: 2 })) {
      const found = magnitude(stft(samples, options));
      const missed = found.reduce((sum, value, j) => sum + (value - magnitudes[j]) ** 2, 0);
      const wanted = magnitudes.reduce((sum, value) => sum + value ** 2, 0);
      expect(spectralConvergence / Math.sqrt(missed / wanted)).toBeCloseTo(1, 5);
    }
  });

  it('starts from its seed', () => {
    const first = (seed: number) => griffinLim(magnitudes, options, { seed, length }).next().value as GriffinLimStep;
    expect(first(1).samples).toEqual(first(1).samples);
    expect(first(1).samples).not.toEqual(first(2).samples);
  });

  it('works step by step, so that the caller may stop', () => {
    const steps = griffinLim(magnitudes, options, { length, iterations: 1e9 });
    let count = 0;
    for (const { iteration } of steps) {
      expect(iteration).toBe(count++);
      if (count === 3) break;
    }
    expect(steps.next().done).toBe(true);
  });

  it('makes silence of silence', () => {
    const [, last] = griffinLim(new Float32Array(magnitudes.length), options, { length, iterations: 1 });
    expect(last.spectralConvergence).toBe(0);
    expect(last.samples.every((value) => value === 0)).toBe(true);
  });

  it('refuses what does not fit, with a sentence', () => {
    const start = (settings: GriffinLimSettings, of = magnitudes) => griffinLim(of, options, settings).next();
    expect(() => start({ momentum: 1 })).toThrow(ParameterError);
    expect(() => start({ iterations: -1 })).toThrow(/-1/);
    expect(() => start({ length: 100 })).toThrow(/100 samples has 4 frames, but there are magnitudes of 63/);
    expect(() => start({ phases: new Float64Array(3) })).toThrow(/3 phases for 4095/);
    expect(() => start({}, new Float32Array(66))).toThrow(ShapeError);
  });
});
