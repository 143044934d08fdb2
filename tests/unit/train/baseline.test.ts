import { describe, expect, it } from 'vitest';
import { melFilterbank } from '../../../src/lib/dsp/mel.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { answersNaming, createMeanSpectrum, fitNearestMean } from '../../../src/lib/train/baseline.ts';
import { measure } from '../../../src/lib/train/metrics.ts';

const sampleRate = 16000;
const tone = (hertz: number, seconds: number, amplitude = 0.5) =>
  Float32Array.from(
    { length: seconds * sampleRate },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );

describe('the mean spectrum', () => {
  const spectrumOf = createMeanSpectrum(sampleRate);

  it('is highest in the band around a tone, and rises by ln 4 there when the tone is twice as loud', () => {
    const { edges } = melFilterbank({
      ...{ sampleRate, nFft: 512, nMels: 40, fMin: 0, fMax: 8000 },
      ...{ scale: 'htk', norm: 'none' },
    });
    const quiet = spectrumOf([tone(1000, 1)]);
    const loud = spectrumOf([tone(1000, 1, 1)]);
    const band = quiet.indexOf(Math.max(...quiet));
    expect(quiet).toHaveLength(40);
    expect(edges[band]).toBeLessThan(1000);
    expect(edges[band + 2]).toBeGreaterThan(1000);
    expect(loud[band] - quiet[band]).toBeCloseTo(Math.log(4), 5);
  });

  it('is ln 10⁻⁷ of silence, and the mean of the pieces where there are several', () => {
    expect(spectrumOf([new Float32Array(8000)])[0]).toBeCloseTo(Math.log(1e-7), 5);
    const [low, high, both] = [[tone(300, 1)], [tone(3000, 1)], [tone(300, 1), tone(3000, 1)]].map(spectrumOf);
    for (const [band, value] of both.entries()) expect(value).toBeCloseTo((low[band] + high[band]) / 2, 5);
  });
});

describe('the nearest mean', () => {
  it('weighs every band alike, whatever its scale, and bears one that never changes', () => {
    const random = createRandom(3);
    // The class is in the first band; the second is a thousand times larger, the third always the same.
    const spectra = Array.from({ length: 400 }, (_, i) =>
      Float32Array.of((i % 2) + 0.1 * random.normal(), 1000 * random.normal(), 7),
    );
    const name = fitNearestMean(
      spectra,
      spectra.map((_, i) => (i % 2 ? 4 : 1)),
    );
    const right = spectra.filter((spectrum, i) => name(spectrum) === (i % 2 ? 4 : 1));
    expect(right.length).toBeGreaterThan(390);
    expect(name(Float32Array.of(0.1, 0, 9))).toBe(1);
    expect(name(Float32Array.of(0.9, 0, 9))).toBe(4);
  });

  it('gives what the formula says: means 0 and 4, deviation 2, so the border lies at 2', () => {
    const name = fitNearestMean(
      [0, 0, 4, 4].map((value) => Float32Array.of(value)),
      [0, 0, 1, 1],
    );
    expect([-9, 1.99, 2, 2.01].map((value) => name(Float32Array.of(value)))).toEqual([0, 0, 0, 1]);
  });
});

it('makes sure answers of names', () => {
  const { confusion, accuracy } = measure(answersNaming(['a', 'b'], [0, 0, 1], [0, 1, 1]));
  expect(confusion).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expect(accuracy).toBeCloseTo(2 / 3);
});
