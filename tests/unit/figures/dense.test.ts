import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { answers, chosenOf, indexOfAnswer } from '../../../src/components/figures/dense/answers.ts';
import { laidAfter, pooledShape, rowLength } from '../../../src/components/figures/dense/flatten-look.ts';
import { roundUp } from '../../../src/components/figures/dense/paint.ts';
import {
  indexQuestion,
  ratioQuestion,
  sumQuestion,
  temperatureQuestion,
} from '../../../src/components/figures/dense/questions.ts';
import { largest, reluShares, sharesOf } from '../../../src/components/figures/dense/shares.ts';
import { sortedUnits } from '../../../src/components/figures/dense/sorted-units.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { stageIndex, traceClip } from '../../../src/lib/model/network.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { type Judged, judgedOf } from '../../../src/workers/lab/dense-calls.ts';
import { loadKeywords, voice } from '../insight/keywords.ts';

let judged: Judged;
beforeAll(async () => {
  const network = await loadKeywords();
  judged = judgedOf(network, voice, traceClip(network, voice, plainKernels));
  expect(network.stages[stageIndex(network, 'pool')].outputShape).toEqual([...pooledShape]);
});

describe('what the chapter takes from the network', () => {
  it('knows its answers in their order', async () => {
    const url = new URL('../../../public/models/keywords/architecture.json', import.meta.url);
    const { classes } = JSON.parse(await readFile(url, 'utf8')) as { classes: string[] };
    expect([...answers]).toEqual(classes);
    expect(indexOfAnswer('yes')).toBe(7);
    expect(chosenOf('likeliest', [0.1, 0.7, 0.2])).toBe(1);
    expect(chosenOf('up', [0.1, 0.7, 0.2])).toBe(6);
  });

  it('has votes that add up, with the bias, to each logit', () => {
    const { votes, biases, logits, units } = judged;
    for (const [k, logit] of logits.entries()) {
      const own = votes.data.subarray(k * units.length, (k + 1) * units.length);
      expect(own.reduce((sum, vote) => sum + vote, biases[k])).toBeCloseTo(logit, 4);
    }
  });
});

describe('shares', () => {
  it('are those that the text computes by hand', () => {
    const [a, b, c] = sharesOf([2, 1, -1]);
    expect([a, b, c].map((share) => share.toFixed(3))).toEqual(['0.705', '0.259', '0.035']);
    expect(a / b).toBeCloseTo(Math.E, 5);
  });

  it('stay when all logits are shifted, and draw together with the temperature', () => {
    const logits = [2, 1, -1];
    for (const [k, share] of sharesOf([5, 4, 2]).entries()) expect(share).toBeCloseTo(sharesOf(logits)[k], 6);
    expect(sharesOf(logits, 1e6)[0]).toBeCloseTo(1 / 3, 5);
    expect(sharesOf(logits, 0.1)[0]).toBeGreaterThan(0.9999);
  });

  it('have no answer where a ReLU has left nothing', () => {
    expect(reluShares([2, 1, -1])).toEqual([2 / 3, 1 / 3, 0]);
    expect(reluShares([-2, -1, -3])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('what the figures show', () => {
  it('lays the row out from nothing to all, never back', () => {
    const counts = Array.from({ length: 200 }, (_, step) => laidAfter(step / 20));
    expect(counts[0]).toBe(0);
    expect(counts.at(-1)).toBe(rowLength);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('sorts the units by whom they speak for, each once', () => {
    expect(sortedUnits(tensor([4, 2], [1, 0, 0, 3, 2, 1, 0, 5]))).toEqual([2, 0, 3, 1]);
    expect(sortedUnits(judged.weights).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 128 }, (_, i) => i));
  });

  it('begins with a unit that speaks for two answers almost alike, as the text says', () => {
    const weights = judged.weights.data.subarray(68 * answers.length, 69 * answers.length);
    expect(largest(weights, 2).map((k) => answers[k])).toEqual(['left', 'yes']);
    expect(weights[answers.indexOf('yes')]).toBeGreaterThan(0.9 * weights[answers.indexOf('left')]);
  });

  it('rounds a limit up to two digits', () => {
    expect([0.5333, 1, 0.0312, 26.646].map(roundUp)).toEqual([0.54, 1, 0.032, 27]);
  });
});

describe('the exercises', () => {
  it('ask for a place in the row, and know the order of PyTorch', () => {
    const pooled = tensor([...pooledShape]);
    pooled.data[3 * 896 + 5 * 64 + 12] = 1;
    const question = indexQuestion({ pooled });
    expect(question.answer).toBe(3020);
    expect(question.mistake(12 * 196 + 3 * 14 + 5)).toMatch(/channels come first, as PyTorch/);
    expect(question.mistake(5 * 896 + 3 * 64 + 12)).toMatch(/other way round/);
    expect(question.mistake(3 * 14 + 5)).toMatch(/numbers the places of one map/);
    expect(question.mistake(3021)).toMatch(/counts from 1/);
    expect(question.mistake(77)).toBe('At 77 stands the cell [0, 1, 13].');
    expect(question.mistake(20000)).toMatch(/ends at index 12,543/);
    expect(question.mistake(2.5)).toMatch(/no cell at all/);
  });

  it('ask for a logit, and know what was left out', () => {
    const question = sumQuestion(judged);
    const [k] = largest(judged.logits, 1);
    expect(question.answer).toBe(judged.logits[k]);
    const own = judged.votes.data.subarray(k * 128, (k + 1) * 128);
    const plus = own.reduce((sum, vote) => sum + Math.max(0, vote), 0);
    expect(question.mistake(plus)).toMatch(/speaks for it alone/);
    expect(question.mistake(question.answer - judged.biases[k])).toMatch(/leaves the bias out/);
    expect(question.mistake(question.answer + 2 * (plus - question.answer + judged.biases[k]))).toMatch(
      /as if they were for/,
    );
    expect(question.mistake(100)).toMatch(/too much/);
  });

  it('ask for a ratio of shares, and know the ratio of logits', () => {
    const question = ratioQuestion({ logits: Float32Array.of(1, 3, 0.5), classes: ['a', 'b', 'c'] });
    expect(question.answer).toBeCloseTo(Math.exp(2), 6);
    const [p, q] = [1, 0].map((k) => sharesOf([1, 3, 0.5])[k]);
    expect(p / q).toBeCloseTo(question.answer, 5);
    expect(question.mistake(3)).toMatch(/ratio of the logits/);
    expect(question.mistake(2)).toMatch(/difference of the logits/);
    expect(question.mistake(Math.exp(-2))).toMatch(/runner-up/);
    expect(question.mistake(100)).toMatch(/powers of 10/);
    expect(question.mistake(4)).toMatch(/powers of 2/);
  });

  it('ask for a share at T = 2, and know the share at T = 1', () => {
    const question = temperatureQuestion({ logits: Float32Array.of(-3, 2, 1, -1), classes: ['a', 'b', 'c', 'd'] });
    // exp(0) / (exp(0) + exp(−1/2) + exp(−3/2))
    expect(question.answer).toBeCloseTo(100 / (1 + 0.60653066 + 0.22313016), 3);
    expect(question.mistake(70.54)).toMatch(/share at T = 1/);
    expect(question.mistake(35.27)).toMatch(/halves the share/);
    expect(question.mistake(question.answer / 100)).toMatch(/per cent/);
    expect(question.mistake(66.67)).toMatch(/Take exp of each first/);
    expect(question.mistake(100 * sharesOf([2, 1, -1], 0.5)[0])).toMatch(/multiplies the logits/);
  });
});
