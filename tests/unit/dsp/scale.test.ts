import { describe, expect, it } from 'vitest';
import { amplitudeToDb, dbToAmplitude, dbToPower, magnitude, power, powerToDb } from '../../../src/lib/dsp/scale.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import golden from '../../golden/dsp.json' with { type: 'json' };

const values = Float32Array.from(golden.decibels.values);

describe('scales of a spectrum', () => {
  it('magnitude and power are |X| and |X|²', () => {
    const spectrogram = {
      frames: 1,
      bins: 3,
      real: Float64Array.of(3, 0, -1),
      imaginary: Float64Array.of(-4, 0, 1),
    };
    expect([...magnitude(spectrogram)]).toEqual([5, 0, Math.fround(Math.SQRT2)]);
    expect([...power(spectrogram)]).toEqual([25, 0, 2]);
  });

  it.each(golden.decibels.cases)('decibels are librosa’s, ref $ref, top_db $topDb', (want) => {
    const { ref, topDb } = want;
    const ofPower = powerToDb(values, { ref, topDb });
    const ofAmplitude = amplitudeToDb(values, { ref, topDb });
    for (let i = 0; i < values.length; i++) {
      expect(Math.abs(ofPower[i] - want.power[i])).toBeLessThan(1e-5);
      expect(Math.abs(ofAmplitude[i] - want.amplitude[i])).toBeLessThan(1e-5);
    }
  });

  it('decibels of silence are finite', () => {
    expect([...powerToDb(new Float32Array(3))]).toEqual([-100, -100, -100]);
    expect([...amplitudeToDb(new Float32Array(3))]).toEqual([-100, -100, -100]);
    expect(powerToDb(new Float32Array(0)).length).toBe(0);
  });

  it('decibels are undone, down to the floor', () => {
    const audible = Float32Array.of(0.001, 0.5, 2);
    const powers = dbToPower(powerToDb(audible, { ref: 2 }), 2);
    const amplitudes = dbToAmplitude(amplitudeToDb(audible, { ref: 2 }), 2);
    for (let i = 0; i < 3; i++) {
      expect(Math.abs(powers[i] / audible[i] - 1)).toBeLessThan(1e-5);
      expect(Math.abs(amplitudes[i] / audible[i] - 1)).toBeLessThan(1e-5);
    }
  });

  it('refuses a floor of 0 and a negative range', () => {
    expect(() => powerToDb(values, { amin: 0 })).toThrow(ParameterError);
    expect(() => amplitudeToDb(values, { topDb: -1 })).toThrow(/-1 dB/);
  });
});
