import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../src/lib/train/calibration.ts';
import { evaluationOf } from '../../../src/lib/train/evaluation.ts';
import { accuracyInterval, bootstrap, wilson } from '../../../src/lib/train/interval.ts';
import { type Answers, measure, mostConfused } from '../../../src/lib/train/metrics.ts';

const classes = ['yes', 'no', 'unknown', 'silence'];

/** Answers that give the named class 0.7 and each other 0.1. */
function answersOf(pairs: readonly (readonly [number, number])[]): Answers {
  const probabilities = new Float32Array(pairs.length * 4).fill(0.1);
  for (const [row, [, named]] of pairs.entries()) probabilities[4 * row + named] = 0.7;
  return { classes, truth: pairs.map(([truth]) => truth), probabilities };
}
// yes: 3 of 4 right; no: 1 of 2, unknown: 1 of 1; no silence.
const answers = answersOf([
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 2],
  [2, 2],
]);

describe('metrics', () => {
  it('count by hand', () => {
    const { n, accuracy, balancedAccuracy, recall, confusion, loss } = measure(answers);
    expect(n).toBe(7);
    expect(accuracy).toBeCloseTo(5 / 7, 12);
    expect(recall).toEqual([0.75, 0.5, 1, undefined]);
    expect(balancedAccuracy).toBeCloseTo(0.75, 12);
    expect(confusion).toEqual([
      [3, 1, 0, 0],
      [0, 1, 1, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
    expect(loss).toBeCloseTo(-(5 * Math.log(0.7) + 2 * Math.log(0.1)) / 7, 6);
  });

  it('name the pairs that are confused most, by share', () => {
    expect(mostConfused(classes, measure(answers).confusion, 1)).toEqual([
      { truth: 'no', named: 'unknown', count: 1, share: 0.5 },
    ]);
  });

  it('leave out classes that the clips lack, and count the words alone', () => {
    const evaluation = evaluationOf({
      split: 'test',
      answers,
      groups: Array(7).fill(''),
      groupName: 'speakers',
      skipped: 2,
      notWords: ['unknown', 'silence'],
    });
    expect(Object.keys(evaluation.recall)).toEqual(['yes', 'no', 'unknown']);
    expect(Object.keys(evaluation.confusion)).toEqual(['yes', 'no', 'unknown']);
    expect(evaluation.confusion.no).toEqual({ yes: 0, no: 1, unknown: 1, silence: 0 });
    expect(evaluation.accuracy8).toBeCloseTo(4 / 6, 12);
    expect(evaluation.skipped).toBe(2);
    expect(evaluation.interval.method).toContain('Wilson');
    expect(evaluation.groups).toBeUndefined();
  });
});

describe('intervals', () => {
  it("Wilson's agrees with published values", () => {
    // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
    const close = (right: number, n: number) => [wilson(right, n).low, wilson(right, n).high].map((v) => v.toFixed(4));
    expect(close(81, 263)).toEqual(['0.2553', '0.3662']);
    expect(close(15, 148)).toEqual(['0.0624', '0.1605']);
    expect(close(0, 20)).toEqual(['0.0000', '0.1611']);
    expect(close(1, 29)).toEqual(['0.0061', '0.1718']);
  });

  it('is wider over speakers who are all right or all wrong than over single clips', () => {
    const right = Array.from({ length: 200 }, (_, i) => Math.floor(i / 10) % 4 !== 0);
    const speakers = right.map((_, i) => `s${Math.floor(i / 10)}`);
    const single = right.map((_, i) => `c${i}`);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(bootstrap(right, speakers))).toBeGreaterThan(2 * width(bootstrap(right, single)));
    expect(accuracyInterval(right, speakers, 'speakers').method).toBe('bootstrap over 20 speakers');
  });

  it('over independent clips is near to Wilson’s', () => {
    const right = Array.from({ length: 400 }, (_, i) => i % 5 !== 0);
    const drawn = bootstrap(
      right,
      right.map((_, i) => String(i)),
    );
    expect(drawn.low).toBeCloseTo(wilson(320, 400).low, 1);
    expect(Math.abs(drawn.high - wilson(320, 400).high)).toBeLessThan(0.01);
  });

  it('takes a clip without a speaker as a group of its own, and falls back to Wilson where most have none', () => {
    const right = Array.from({ length: 40 }, (_, i) => i % 3 > 0);
    const some = right.map((_, i) => (i < 30 ? `s${i % 12}` : ''));
    expect(accuracyInterval(right, some, 'speakers').method).toBe(
      'bootstrap over 12 speakers and 10 clips of no known one',
    );
    const few = right.map((_, i) => (i < 15 ? `s${i}` : ''));
    expect(accuracyInterval(right, few, 'speakers')).toEqual(wilson(26, 40));
  });
});

describe('calibration', () => {
  it('finds no error in answers that are right as often as they say', () => {
    const rows = Array.from({ length: 10 }, (_, i) => [i < 7 ? 0 : 1, 0] as const);
    const { expectedError, bins } = calibrate(answersOf(rows), 20);
    expect(expectedError).toBeCloseTo(0, 6);
    expect(bins).toHaveLength(1);
    expect(bins[0].n).toBe(10);
  });

  it('is the confidence itself for answers that are all wrong', () => {
    expect(
      calibrate(
        answersOf([
          [1, 0],
          [2, 0],
        ]),
      ).expectedError,
    ).toBeCloseTo(0.7, 6);
  });

  it('never leaves a clip out of its bins', () => {
    const one = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (pairs) => {
        const { bins } = calibrate(answersOf(pairs));
        expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(pairs.length);
      }),
    );
  });
});
