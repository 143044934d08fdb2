import { describe, expect, it } from 'vitest';
import { cellAtPlace, placeOf } from '../../../src/components/plots/cell-scale.ts';
import { melAxis } from '../../../src/components/plots/mel-scale.ts';
import { melFilterbank } from '../../../src/lib/dsp/mel.ts';

const rates = [8000, 16000, 44100];
const scales = ['htk', 'slaney'] as const;

describe('the mel axis', () => {
  it.each(rates.flatMap((rate) => scales.map((scale) => [rate, scale] as const)))(
    'centres every row on the peak of its filter, at %i Hz on the %s scale',
    (sampleRate, scale) => {
      const options = {
        sampleRate,
        nFft: 2048,
        nMels: 40,
        fMin: 60,
        fMax: sampleRate / 2,
        scale,
        norm: 'none' as const,
      };
      const axis = melAxis(options);
      const { edges } = melFilterbank(options);
      for (let m = 0; m < 40; m++) {
        expect(axis.placeOfHertz(edges[m + 1])).toBeCloseTo((m + 0.5) / 40, 10);
        expect(axis.hertzAt((m + 0.5) / 40) / edges[m + 1]).toBeCloseTo(1, 10);
      }
    },
  );

  it.each(rates)('has 1 kHz in the row of the filter that hears a tone of 1 kHz best, at %i Hz', (sampleRate) => {
    for (const nMels of [13, 24, 40, 64]) {
      const options = {
        sampleRate,
        nFft: 65536,
        nMels,
        fMin: 0,
        fMax: sampleRate / 2,
        scale: 'htk',
        norm: 'none',
      } as const;
      const { first, count, start, weights } = melFilterbank(options);
      const bin = Math.round((1000 * options.nFft) / sampleRate);
      const heard = Array.from({ length: nMels }, (_, m) => {
        const at = bin - first[m];
        return at >= 0 && at < count[m] ? weights[start[m] + at] : 0;
      });
      const axis = melAxis(options);
      const best = heard.indexOf(Math.max(...heard));
      // Two neighbours hear a tone midway equally well in hertz, and almost midway in mel.
      const place = axis.placeOfHertz(1000);
      expect([cellAtPlace(axis.scale, place - 0.02 / nMels), cellAtPlace(axis.scale, place + 0.02 / nMels)]).toContain(
        best,
      );
    }
  });

  it('marks round hertz at their mel places, the highest with its unit', () => {
    const axis = melAxis({ nMels: 40, fMin: 0, fMax: 8000, scale: 'htk' });
    expect(axis.ticks).toContain(1000);
    expect(axis.ticks.map((hertz) => axis.write(axis.toMel(hertz)))).toEqual([
      '0.05',
      '0.2',
      '0.5',
      '1',
      '2',
      '5\u00a0kHz',
    ]);
    expect(placeOf(axis.scale, axis.toMel(1000))).toBe(axis.placeOfHertz(1000));
    const places = axis.ticks.map(axis.placeOfHertz);
    for (const place of places) expect(place >= 0 && place <= 1).toBe(true);
    for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeGreaterThanOrEqual(0.07);
  });
});
