import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameLevels, type TrimOptions, trim } from '../../../src/lib/dsp/trim.ts';
import { ShapeError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';
import golden from '../../golden/cleaning.json' with { type: 'json' };

describe('trim', () => {
  it.each(golden.trim)('keeps what librosa keeps of $name', ({ options, clip, levels, kept }) => {
    const samples = Float32Array.from(clip);
    const own = frameLevels(samples, options as TrimOptions);
    expect(own.length).toBe(levels.length);
    for (const [i, level] of levels.entries()) expect(own[i]).toBeCloseTo(level, 4);
    expect(trim(samples, options as TrimOptions)).toEqual({ start: kept[0], end: kept[1] });
  });

  it('keeps all of a silent clip and of one without pauses', () => {
    const options = { topDb: 20, frameLength: 512, hopLength: 64, padMode: 'constant' } as const;
    expect(trim(new Float32Array(1000), options)).toEqual({ start: 0, end: 1000 });
    expect(trim(new Float32Array(1000).fill(0.25), options)).toEqual({ start: 0, end: 1000 });
  });

  it('finds the same whatever the level, and the later the more silence comes first', () => {
    const options = { topDb: 20, frameLength: 16, hopLength: 4, padMode: 'constant' } as const;
    fc.assert(
      fc.property(fc.nat(), fc.nat(20), fc.constantFrom(0.1, 3), (seed, hops, gain) => {
        const random = createRandom(seed);
        const clip = Float32Array.from({ length: 120 }, (_, n) => (n < 30 || n > 90 ? 0 : 0.5 + random.uniform()));
        const { start, end } = trim(clip, options);
        expect(
          trim(
            clip.map((value) => gain * value),
            options,
          ),
        ).toEqual({ start, end });
        const later = new Float32Array(clip.length + 4 * hops);
        later.set(clip, 4 * hops);
        expect(trim(later, options)).toEqual({ start: start + 4 * hops, end: end + 4 * hops });
      }),
    );
  });

  it('refuses a clip without samples, and one that its mirror image cannot pad', () => {
    const options = { topDb: 20, frameLength: 16, hopLength: 4, padMode: 'reflect' } as const;
    expect(() => trim(new Float32Array(0), options)).toThrow(ShapeError);
    expect(() => trim(new Float32Array(8), options)).toThrow(/9 samples or more/);
  });
});
