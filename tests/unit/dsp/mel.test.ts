import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyFilterbank,
  denseWeights,
  hzToMel,
  type MelOptions,
  melFilterbank,
  melParameters,
  melToHz,
} from '../../../src/lib/dsp/mel.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { defaults, readParameters } from '../../../src/lib/parameters.ts';
import golden from '../../golden/mel.json' with { type: 'json' };

const options: MelOptions = defaults(melParameters);

const anyOptions: fc.Arbitrary<MelOptions> = fc.record({
  sampleRate: fc.constantFrom(8000, 11025, 44100),
  nFft: fc.integer({ min: 1, max: 300 }),
  nMels: fc.integer({ min: 1, max: 50 }),
  fMin: fc.constantFrom(0, 20, 300),
  fMax: fc.constantFrom(301, 1000, 4000),
  scale: fc.constantFrom('htk', 'slaney'),
  norm: fc.constantFrom('none', 'slaney'),
});

describe('the mel scale', () => {
  it.each(['htk', 'slaney'] as const)('of %s is torchaudio’s, and is undone', (scale) => {
    for (const [i, hertz] of golden.scales.hertz.entries()) {
      const mel = golden.scales[scale][i];
      expect(Math.abs(hzToMel(hertz, scale) - mel)).toBeLessThanOrEqual(1e-8 * mel);
      expect(Math.abs(melToHz(hzToMel(hertz, scale), scale) - hertz)).toBeLessThanOrEqual(1e-9 * hertz);
    }
  });

  it('of Slaney has the values in librosa’s documentation', () => {
    expect(hzToMel(60, 'slaney')).toBeCloseTo(0.9, 12);
    for (const [hertz, mel] of [
      [110, 1.65],
      [220, 3.3],
      [440, 6.6],
    ]) {
      expect(hzToMel(hertz, 'slaney')).toBeCloseTo(mel, 12);
    }
    expect(melToHz(3, 'slaney')).toBeCloseTo(200, 9);
  });

  it('of HTK has 1000 mel at about 1000 Hz', () => {
    expect(hzToMel(1000, 'htk')).toBeCloseTo(999.99, 2);
  });
});

describe('the mel filterbank', () => {
  it.each(golden.filterbanks)('is that of torchaudio and librosa: $options', (want) => {
    const bank = melFilterbank(readParameters(melParameters, want.options, 'mel'));
    expect(bank.empty).toEqual(want.empty);
    const dense = denseWeights(bank);
    const expected = new Float64Array(dense.length);
    for (const [m, { first, weights }] of want.filters.entries()) expected.set(weights, m * bank.bins + first);
    const height = Math.max(...expected);
    for (let i = 0; i < dense.length; i++) {
      expect(Math.abs(dense[i] - expected[i])).toBeLessThanOrEqual(1e-7 * height);
    }
  });

  it('of an odd FFT keeps bins where they lie; torchaudio has those of one sample less', () => {
    const theirs = golden.odd;
    const with62 = melFilterbank({ ...options, nFft: 62, nMels: 4 });
    expect(with62.bins).toBe(theirs.bins);
    for (const [i, weight] of denseWeights(with62).entries()) expect(weight).toBeCloseTo(theirs.weights[i], 8);
    const with63 = denseWeights(melFilterbank({ ...options, nFft: 63, nMels: 4 }));
    expect(with63.length).toBe(theirs.weights.length);
    expect(with63.some((weight, i) => Math.abs(weight - theirs.weights[i]) > 0.01)).toBe(true);
  });

  it('gives every edge, from the lowest frequency to the highest', () => {
    fc.assert(
      fc.property(anyOptions, (any) => {
        const { edges } = melFilterbank(any);
        expect(edges.length).toBe(any.nMels + 2);
        expect([edges[0], edges[any.nMels + 1]]).toEqual([any.fMin, any.fMax]);
        const step = (hzToMel(any.fMax, any.scale) - hzToMel(any.fMin, any.scale)) / (any.nMels + 1);
        for (let i = 1; i < edges.length; i++) {
          expect(edges[i]).toBeGreaterThan(edges[i - 1]);
          expect((hzToMel(edges[i], any.scale) - hzToMel(edges[i - 1], any.scale)) / step).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('without norm shares out every bin between the first and the last centre: the weights sum to 1', () => {
    fc.assert(
      fc.property(anyOptions, (any) => {
        const bank = melFilterbank({ ...any, norm: 'none' });
        const dense = denseWeights(bank);
        for (let k = 0; k < bank.bins; k++) {
          const hertz = (k * any.sampleRate) / any.nFft;
          if (hertz < bank.edges[1] || hertz > bank.edges[any.nMels]) continue;
          let sum = 0;
          for (let m = 0; m < any.nMels; m++) sum += dense[m * bank.bins + k];
          expect(sum).toBeCloseTo(1, 7);
        }
      }),
    );
  });

  it('with Slaney’s norm divides each filter by half its width in hertz', () => {
    const plain = melFilterbank(options);
    const normed = melFilterbank({ ...options, norm: 'slaney' });
    for (let m = 0; m < options.nMels; m++) {
      const half = (plain.edges[m + 2] - plain.edges[m]) / 2;
      for (let j = 0; j < plain.count[m]; j++) {
        const i = plain.start[m] + j;
        expect(normed.weights[i] * half).toBeCloseTo(plain.weights[i], 12);
      }
    }
  });

  it('calls a filter empty exactly where no bin lies between its edges', () => {
    fc.assert(
      fc.property(anyOptions, (any) => {
        const { edges, bins, empty } = melFilterbank(any);
        const hears = (m: number) =>
          Array.from({ length: bins }, (_, k) => (k * any.sampleRate) / any.nFft).some(
            (hertz) => hertz > edges[m] + 1e-6 && hertz < edges[m + 2] - 1e-6,
          );
        expect(empty).toEqual(Array.from({ length: any.nMels }, (_, m) => m).filter((m) => !hears(m)));
      }),
    );
  });

  it('adds up the bins of every frame', () => {
    const bank = melFilterbank({ ...options, nFft: 64, nMels: 10, norm: 'slaney' });
    const dense = denseWeights(bank);
    const spectra = Float32Array.from({ length: 3 * bank.bins }, (_, i) => Math.abs(Math.sin(i * i)));
    const mel = applyFilterbank(bank, spectra);
    expect(mel.length).toBe(30);
    for (let i = 0; i < 3; i++) {
      for (let m = 0; m < 10; m++) {
        let sum = 0;
        for (let k = 0; k < bank.bins; k++) sum += dense[m * bank.bins + k] * spectra[i * bank.bins + k];
        expect(Math.abs(mel[i * 10 + m] - sum)).toBeLessThanOrEqual(1e-6 * sum);
      }
    }
    expect(() => applyFilterbank(bank, new Float32Array(34))).toThrow(ShapeError);
    expect(() => applyFilterbank(bank, new Float32Array(34))).toThrow(/33 bins, but 34 numbers/);
  });
});

describe('what cannot be is refused with a sentence', () => {
  it.each<[Partial<MelOptions>, string, RegExp]>([
    [{ fMax: 9000 }, 'fMax', /9000 Hz, but sound sampled at 16000 Hz holds nothing above 8000 Hz/],
    [{ fMin: 4000, fMax: 4000 }, 'fMax', /between 4000 and 4000 Hz/],
    [{ fMin: 4000, fMax: 300 }, 'fMax', /between 4000 and 300 Hz/],
    [{ fMin: -1 }, 'fMin', /-1 Hz/],
    [{ fMax: Number.NaN }, 'fMax', /NaN/],
    [{ nMels: 0 }, 'nMels', /0 mel bands/],
    [{ nFft: 2.5 }, 'nFft', /2\.5 samples/],
    [{ sampleRate: 0 }, 'sampleRate', /0 Hz/],
  ])('%j', (change, parameter, sentence) => {
    const make = () => melFilterbank({ ...options, ...change });
    expect(make).toThrow(ParameterError);
    expect(make).toThrow(expect.objectContaining({ parameter, message: expect.stringMatching(sentence) }));
  });
});
