import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswer, type Question } from '../../../src/components/chapter/Exercise.tsx';
import { firstOptions } from '../../../src/components/figures/spectrogram/options.ts';
import {
  binQuestion,
  decibelQuestion,
  frameQuestion,
  loudestQuestion,
} from '../../../src/components/figures/spectrogram/questions.ts';
import { formatNumber } from '../../../src/components/plots/format.ts';

const isRight = ({ answer, tolerance }: Question, given: number) => Math.abs(given - answer) <= tolerance;

/** What Exercise shows under "Show me", typed in again. */
const shownAnswer = ({ answer }: Question) => parseAnswer(formatNumber(answer)) as number;

/** Every wrong answer here gets the sentence of its own mistake, and no other gets that one. */
function expectOwnSentences(question: Question, mistakes: readonly (readonly [given: number, words: string])[]) {
  for (const [given, words] of mistakes) {
    expect(isRight(question, given), `${given} is right`).toBe(false);
    expect(question.mistake(given)).toContain(words);
  }
  const sentences = mistakes.map(([given]) => question.mistake(given));
  expect(new Set(sentences).size).toBe(mistakes.length);
}

describe('how many frames', () => {
  /** Frames laid out one by one. */
  function countByHand(samples: number): number {
    let frames = 0;
    while (frames * firstOptions.hopLength + firstOptions.winLength <= samples) frames++;
    return frames;
  }

  it('fit, is right for a clip of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (samples) => {
        const question = frameQuestion(samples, firstOptions);
        expect(question.answer).toBe(countByHand(samples));
        expect(isRight(question, question.answer)).toBe(true);
        expect(isRight(question, question.answer + 1) || isRight(question, question.answer - 1)).toBe(false);
        for (const given of [-1, question.answer - 1, question.answer + 1, 1e6]) {
          expect(question.mistake(given)).toMatch(/^[A-Z0-9].*[.?]$/);
        }
      }),
    );
  });

  it.each([16000, 8000, 44100, 161_280, 12_345])(
    'has a sentence for each mistake in a clip of %i samples',
    (samples) => {
      const question = frameQuestion(samples, firstOptions);
      expectOwnSentences(question, [
        [question.answer - 1, 'That counts the hops.'],
        [Math.floor(samples / 128), 'counts where frames could start'],
        [Math.floor(samples / 255), 'frames laid end to end'],
        [question.answer - 7, 'More frames fit than that.'],
        [question.answer + 700, 'So many do not fit'],
      ]);
      expect(question.why).toContain(formatNumber(question.answer));
    },
  );

  it('does not blame a wrong count on a rule that gives another number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 30 }), (samples, given) => {
        const question = frameQuestion(samples, firstOptions);
        if (isRight(question, given)) return;
        const words = question.mistake(given);
        if (words.includes('counts the hops')) expect(given).toBe(question.answer - 1);
        if (words.includes('More frames fit')) expect(given).toBeLessThan(question.answer);
        if (words.includes('do not fit')) expect(given).toBeGreaterThan(question.answer);
        if (words.includes('end to end')) expect(given).toBe(Math.floor(samples / 255));
      }),
    );
  });

  it.each([0, 1, 127, 128, 254])('of %i samples: none, which is said, and 0 is right', (samples) => {
    const question = frameQuestion(samples, firstOptions);
    expect(question.answer).toBe(0);
    expect(question.why).toBe('The clip is shorter than one window, so no frame fits.');
    expect(question.mistake(1)).not.toContain('counts the hops');
    expect(question.mistake(-1)).toBe('Frames are counted: 0, where none fits, or more.');
  });

  it.each([255, 256, 382])('of %i samples: one', (samples) => {
    const question = frameQuestion(samples, firstOptions);
    expect(question.answer).toBe(1);
    expect(question.mistake(0)).toContain('That counts the hops');
  });
});

describe('the bin of a whistle', () => {
  it.each([
    [8000, 32],
    [16000, 16],
    [22050, 12],
    [44100, 6],
    [48000, 5],
  ])('at %i Hz is %i', (sampleRate, bin) => {
    const question = binQuestion(sampleRate, firstOptions);
    expect(question.answer).toBe(bin);
    expect(isRight(question, bin) && !isRight(question, bin + 1) && !isRight(question, bin - 1)).toBe(true);
    for (let other = 0; other < firstOptions.nFft / 2; other++) {
      const distance = Math.abs((other * sampleRate) / firstOptions.nFft - 1000);
      expect(distance).toBeGreaterThanOrEqual(Math.abs((bin * sampleRate) / firstOptions.nFft - 1000));
    }
  });

  it.each([8000, 22050, 44100])('has a sentence for each mistake at %i Hz', (sampleRate) => {
    const question = binQuestion(sampleRate, firstOptions);
    const half = Math.round((1000 * 128) / sampleRate);
    const period = Math.round(sampleRate / 1000);
    expectOwnSentences(question, [
      [question.answer + 1, 'Counting starts at 0'],
      [half, 'over the whole sample rate'],
      [period, 'one period of the whistle'],
      [60, 'Bin 60 lies at'],
      [70, 'Bin 70 lies at'],
    ]);
  });

  it('takes the right bin at 16 kHz, where a period is as many samples', () => {
    expect(isRight(binQuestion(16000, firstOptions), 16)).toBe(true);
  });
});

describe('the loudest cell', () => {
  it.each([
    [437.5, 62.5],
    [1000, 31.25],
    [2756.25, 172.265625],
    [62.5, 62.5],
    [0, 62.5],
  ])('at %d Hz, in steps of %d, takes what can be read off the axis', (hertz, step) => {
    const question = loudestQuestion(hertz, 0.31, step);
    for (const given of [question.answer, hertz, hertz + step, hertz - step / 2, shownAnswer(question)]) {
      expect(isRight(question, given), `${given}`).toBe(true);
    }
    expect(isRight(question, hertz + 400)).toBe(false);
    expect(isRight(question, hertz - 400)).toBe(false);
  });

  it('has a sentence for each mistake', () => {
    expectOwnSentences(loudestQuestion(1437.5, 0.31, 62.5), [
      [1.4, 'in kilohertz'],
      [2875, 'twice the frequency'],
      [720, 'half the frequency'],
      [5000, 'lies lower'],
      [300, 'lies higher'],
    ]);
  });
});

describe('a magnitude in decibels', () => {
  it.each([20.4, 0.00731, 133, 1])('is right to half a decibel, the largest being %d', (largest) => {
    const question = decibelQuestion(largest, 0.05);
    const [top, other] = [...question.given.matchAll(/[\d.,]*\d/g)].map(([text]) => parseAnswer(text) as number);
    const exact = 20 * Math.log10(other / top);
    expect(exact).toBeCloseTo(-26, 0);
    for (const given of [exact, Math.round(exact), shownAnswer(question)]) expect(isRight(question, given)).toBe(true);
    expect(isRight(question, exact - 1) || isRight(question, exact + 1)).toBe(false);
  });

  it.each([20.4, 0.00731, 133])('has a sentence for each mistake, the largest being %d', (largest) => {
    const question = decibelQuestion(largest, 0.05);
    expectOwnSentences(question, [
      [26, 'the sign is not'],
      [-13, 'which is for powers'],
      [20 * Math.log(0.05), 'natural logarithm'],
      [20 * Math.log10(0.05 * largest), 'against a magnitude of 1'],
      [-40, 'below would be a magnitude of'],
    ]);
  });

  it('is not said to be against 1 where the largest is 1', () => {
    expect(isRight(decibelQuestion(1, 0.05), 20 * Math.log10(0.05))).toBe(true);
  });
});
