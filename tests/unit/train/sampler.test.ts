import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, balanceSources, classShares, drawEpoch } from '../../../src/lib/train/sampler.ts';

const classes = ['yes', 'no', 'silence'];

describe('class shares', () => {
  it('follow the number of clips with exponent 1, and ignore it with exponent 0', () => {
    expect(classShares(['a', 'b'], [30, 10], { exponent: 1, shares: {} })).toEqual([0.75, 0.25]);
    expect(classShares(['a', 'b'], [30, 10], { exponent: 0, shares: {} })).toEqual([0.5, 0.5]);
  });

  it('give a class its own share even without clips, and the others what is left', () => {
    const shares = classShares(classes, [30, 10, 0], { exponent: 0.5, shares: { silence: 0.1 } });
    expect(shares[2]).toBe(0.1);
    expect(shares[0] / shares[1]).toBeCloseTo(Math.sqrt(3), 12);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('give nothing to a class without clips and without a share', () => {
    expect(classShares(['a', 'b'], [0, 5], { exponent: 0, shares: {} })).toEqual([0, 1]);
  });
});

describe('apportioning', () => {
  it('sums to the total and is never a whole one off', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(cuts, fc.integer({ min: 0, max: 5000 }), (parts, total) => {
        const sum = parts.reduce((a, b) => a + b);
        const counts = apportion(
          parts.map((part) => part / sum),
          total,
        );
        expect(counts.reduce((a, b) => a + b)).toBe(total);
        for (const [k, count] of counts.entries()) expect(Math.abs(count - (parts[k] / sum) * total)).toBeLessThan(1);
      }),
    );
  });
});

describe('an epoch', () => {
  const clips = [7, 40, 0];
  const shares = [0.45, 0.45, 0.1];

  it('has as many examples of each class as its share says', () => {
    const counts = [0, 0, 0];
    for (const { label } of drawEpoch(clips, shares, 200, 1, 0)) counts[label]++;
    expect(counts).toEqual([90, 90, 20]);
  });

  it('goes through all clips of a class before it repeats one, over the borders of epochs too', () => {
    const visits = new Map<number, number>();
    for (let epoch = 0; epoch < 14; epoch++) {
      for (const { label, clip } of drawEpoch(clips, shares, 20, 1, epoch)) {
        if (label === 1) visits.set(clip, (visits.get(clip) ?? 0) + 1);
      }
    }
    const counts = [...visits.values()];
    expect(visits.size).toBe(40);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('is the same for the same seed and epoch, and another in the next epoch or for another seed', () => {
    const epoch = drawEpoch(clips, shares, 50, 1, 3);
    expect(drawEpoch(clips, shares, 50, 1, 3)).toEqual(epoch);
    expect(drawEpoch(clips, shares, 50, 1, 4)).not.toEqual(epoch);
    expect(drawEpoch(clips, shares, 50, 2, 3)).not.toEqual(epoch);
  });

  it('gives every example a seed of its own', () => {
    const seeds = [0, 1].flatMap((epoch) => drawEpoch(clips, shares, 500, 1, epoch).map((draw) => draw.seed));
    expect(new Set(seeds).size).toBe(1000);
  });
});

describe('balancing sources', () => {
  const sources = ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b'];
  const indices = sources.map((_, i) => i);
  const countOf = (list: readonly number[], source: string) => list.filter((i) => sources[i] === source).length;

  it('leaves the clips as they come with exponent 1', () => {
    expect(balanceSources(indices, sources, 1)).toEqual(indices);
  });

  it('repeats the clips of scarce sources, all of them alike', () => {
    const even = balanceSources(indices, sources, 0);
    expect([countOf(even, 'a'), countOf(even, 'b')]).toEqual([8, 8]);
    expect(even.filter((i) => i === 9)).toHaveLength(4);
    const between = balanceSources(indices, sources, 0.5);
    expect([countOf(between, 'a'), countOf(between, 'b')]).toEqual([8, 4]);
  });

  it('gives nothing for a class without clips', () => {
    expect(balanceSources([], sources, 0)).toEqual([]);
  });
});
