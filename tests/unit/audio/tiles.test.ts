import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitInputs, tileStarts } from '../../../src/lib/audio/tiles.ts';

describe('tiles', () => {
  it('start a hop apart, and the last ends where the recording ends', () => {
    expect(tileStarts(10, 4, 3)).toEqual([0, 3, 6]);
    expect(tileStarts(11, 4, 3)).toEqual([0, 3, 6, 7]);
    expect(tileStarts(4, 4, 3)).toEqual([0]);
    expect(tileStarts(2, 4, 3)).toEqual([0]);
  });

  it('cover every sample where the hop is no longer than a tile, and never reach beyond the recording', () => {
    const whole = (min: number, max: number) => fc.integer({ min, max });
    fc.assert(
      fc.property(whole(1, 500), whole(1, 60), whole(1, 60), (length, samples, hop) => {
        const starts = tileStarts(length, samples, Math.min(hop, samples));
        const covered = new Set(starts.flatMap((start) => Array.from({ length: samples }, (_, i) => start + i)));
        for (let i = 0; i < length; i++) expect(covered.has(i)).toBe(true);
        if (length >= samples) expect(Math.max(...covered)).toBe(length - 1);
      }),
    );
  });
});

describe('what a model hears', () => {
  const samples = Float32Array.from({ length: 12 }, (_, i) => (i === 9 ? 1 : 0) - 1 / 12);
  const clip = { samples, sampleRate: 4 };

  it('is the loudest stretch alone where no hop is given', () => {
    const [heard, ...others] = fitInputs(clip, { samples: 4 });
    expect(others).toHaveLength(0);
    expect(Math.max(...heard)).toBeCloseTo(11 / 12, 6);
  });

  it('is every tile where there is a hop, and one input for a shorter recording', () => {
    expect(fitInputs(clip, { samples: 4, hop: 4 }).map((tile) => Math.max(...tile) > 0.5)).toEqual([
      false,
      false,
      true,
    ]);
    expect(fitInputs({ ...clip, samples: samples.slice(0, 3) }, { samples: 4, hop: 4 })).toHaveLength(1);
  });
});
