import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/components/chapter/Exercise.tsx';
import { apart, waysOf } from '../../../src/components/figures/mel/differences.ts';
import { checkFilters, filterSchema, listed, settingsOn } from '../../../src/components/figures/mel/filter-settings.ts';
import { costOf, presetNames, settingsOfPreset } from '../../../src/components/figures/mel/preset-rows.ts';
import {
  bandQuestion,
  melQuestion,
  sizeQuestion,
  stepQuestion,
} from '../../../src/components/figures/mel/questions.ts';
import { framesOf } from '../../../src/components/figures/mel/settings.ts';
import { toneRate, tones } from '../../../src/components/figures/mel/tones.ts';
import { type MelFilterbank, melFilterbank } from '../../../src/lib/dsp/mel.ts';
import { melPresets } from '../../../src/lib/dsp/mel-presets.ts';
import { melOptions } from '../../../src/lib/dsp/mel-settings.ts';
import { defaults } from '../../../src/lib/parameters.ts';

const right = ({ answer, tolerance }: Question, given: number) => Math.abs(given - answer) <= tolerance;

/** Each wrong number with words that its explanation must have. */
function expectMistakes(question: Question, mistakes: readonly (readonly [number, string])[]): void {
  for (const [given, words] of mistakes) {
    expect(right(question, given), words).toBe(false);
    expect(question.mistake(given)).toContain(words);
  }
}

describe('the exercises', () => {
  it('ask for mel, and tell which formula was taken instead', () => {
    const question = melQuestion(250);
    expect(right(question, 344.2)).toBe(true);
    expectMistakes(question, [
      [792.5, 'natural logarithm'],
      [149.5, '1127'],
      [-1160.4, 'leaves out the 1'],
      [3.75, 'Slaney'],
      [250, 'frequency itself'],
      [300, 'higher'],
    ]);
  });

  it('ask for the step between filters, and tell what was divided by what', () => {
    const question = stepQuestion(16000, 40);
    expect(right(question, 2840.02 / 41)).toBe(true);
    expectMistakes(question, [
      [2840.02 / 40, 'one step more'],
      [2840.02 / 42, 'number of edges'],
      [2840.02 / 39, 'first peak at 0'],
      [8000 / 41, 'hertz'],
      [3564.2 / 41, 'half of it'],
      [10, 'larger'],
    ]);
  });

  it('ask for a band in decibels, and tell a mean from a sum and power from amplitude', () => {
    const bank = {
      first: Int32Array.of(0),
      count: Int32Array.of(3),
      start: Int32Array.of(0),
      weights: Float64Array.of(0.25, 1, 0.5),
    } as unknown as MelFilterbank;
    const question = bandQuestion(bank, 0, [8, 100, 16]);
    expect(question.answer).toBeCloseTo(10 * Math.log10(110), 10);
    expectMistakes(question, [
      [110, 'energy itself'],
      [40.83, 'for amplitudes'],
      [4.7, 'natural logarithm'],
      [10 * Math.log10(124), 'by its weight'],
      [10 * Math.log10(110 / 1.75), 'mean'],
      [0, 'more than that'],
    ]);
  });

  it('ask for the size of MFCC, and tell bands from coefficients and frames from frames', () => {
    const question = sizeQuestion(16000, framesOf(512), 13, 40);
    expect(question.answer).toBe(126 * 13);
    expectMistakes(question, [
      [126 * 40, 'log-mel'],
      [122 * 13, 'nothing were padded'],
      [126, 'number of frames'],
      [125 * 13, 'One frame is missing'],
      [126 * 257, 'all bins'],
      [1, 'more'],
    ]);
  });
});

describe('the worked example of the text', () => {
  it('has the numbers of the engine', () => {
    const { edges, first, weights, start } = melFilterbank({
      sampleRate: 8000,
      nFft: 16,
      nMels: 4,
      fMin: 0,
      fMax: 4000,
      scale: 'htk',
      norm: 'none',
    });
    expect(Array.from(edges.subarray(2, 5), (edge) => edge.toFixed(1))).toEqual(['799.3', '1494.3', '2511.4']);
    expect(first[2]).toBe(2);
    const third = Array.from(weights.subarray(start[2], start[2] + 4));
    expect(third.map((weight) => weight.toFixed(3))).toEqual(['0.289', '0.994', '0.503', '0.011']);
    const energy = [1, 4, 2, 1].reduce((sum, power, j) => sum + power * third[j], 0);
    expect([energy.toFixed(2), (10 * Math.log10(energy)).toFixed(1)]).toEqual(['5.28', '7.2']);
  });
});

describe('presets', () => {
  it('have a name each, and settings where their source has sizes', () => {
    expect(Object.keys(presetNames).toSorted()).toEqual(Object.keys(melPresets).toSorted());
    expect(settingsOfPreset('speech', 'as written')).toBeUndefined();
  });

  it('of environmental sounds cost what the text says', () => {
    const settings = settingsOfPreset('environment', 'as written');
    const short = settingsOfPreset('environment', 'shortest that fits');
    if (!settings?.mel || !short?.mel) throw new Error('no settings');
    const cost = costOf(settings, 5);
    expect([cost.frames, cost.frames * cost.rows]).toEqual([716, 183296]);
    expect([cost.windowMs, cost.hopMs, cost.binHertz, cost.apartHertz].map(Math.round)).toEqual([90, 7, 3, 22]);
    expect(Math.round(cost.overlap)).toBe(13);
    expect(short.stft.nFft).toBe(4096);
    for (const { sampleRate, stft, mel } of [settings, short]) {
      const { empty, edges } = melFilterbank({ ...(mel ?? settings.mel), sampleRate, nFft: stft.nFft } as never);
      expect(empty).toEqual([]);
      expect(Math.round(edges[2] - edges[0])).toBe(29);
    }
  });

  it('of digits have windows of 256 ms', () => {
    const digits = settingsOfPreset('digits-mel', 'as written');
    expect(digits && costOf(digits, 1)).toMatchObject({ windowMs: 256, frames: 16, rows: 128 });
  });
});

describe('the settings of the filters', () => {
  it('end where the clip does, and refuse a band upside down', () => {
    const usual = defaults(filterSchema);
    expect(melOptions(settingsOn(usual, 8000)).fMax).toBe(4000);
    expect(() => checkFilters({ ...usual, fMin: 7000, fMax: 3000 })).toThrow(/between 7000 and 3000 Hz/);
    expect(() => checkFilters(usual)).not.toThrow();
  });

  it('name empty filters as people count', () => {
    expect([listed([0]), listed([0, 3]), listed([0, 3, 6, 13])]).toEqual(['1', '1 and 4', '1, 4, 7 and 14']);
    expect(listed([...Array(11).keys()])).toBe('1, 2, 3, 4, 5, 6, 7, 8 and 3 more');
  });
});

describe('two habits', () => {
  it('differ in one thing each', () => {
    for (const habit of ['scale', 'norm', 'power', 'wrong-decibels', 'ln', 'top-db', 'centre'] as const) {
      const [a, b] = waysOf(habit, 16000);
      expect(JSON.stringify([a.bands, a.logarithm])).not.toBe(JSON.stringify([b.bands, b.logarithm]));
    }
  });

  it('are measured cell by cell, where they have the same cells', () => {
    expect(apart(Float32Array.of(1, 2), Float32Array.of(4, 1))).toEqual({ largest: 3, mean: 2 });
    expect(apart(Float32Array.of(1), Float32Array.of(1, 2))).toBeUndefined();
  });
});

describe('pairs of tones', () => {
  it('begin and end without a click, and have the frequency asked for', () => {
    const samples = tones([500, 600]);
    expect(samples[0]).toBe(0);
    expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(0.2);
    let crossings = 0;
    const from = Math.round(0.1 * toneRate);
    for (let t = from; t < from + 0.4 * toneRate; t++) if (samples[t] < 0 && samples[t + 1] >= 0) crossings++;
    expect(crossings).toBe(200);
  });
});
