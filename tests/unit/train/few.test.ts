import { describe, expect, it } from 'vitest';
import { clipAt, type TrainingClips, toPcm } from '../../../src/lib/train/examples.ts';
import { fewClips } from '../../../src/lib/train/few.ts';

/** Eight clips, of which the odd ones are longer than the network's input; each sample says where it is from. */
const lengths = [50, 200, 50, 200, 50, 200, 50, 200];
const starts = [0, 50, 250, 300, 500, 550, 750, 800, 1000];
const pcm = new Int16Array(starts[8]);
for (const [clip, length] of lengths.entries()) {
  toPcm(
    Float32Array.from({ length }, (_, i) => (1000 * (clip + 1) + i) / 32768),
    pcm,
    starts[clip],
  );
}
const clips: TrainingClips = {
  pcm,
  samples: 100,
  starts,
  byClass: [[0, 1, 1, 2, 3], [4, 5, 6, 7], []],
  bank: [],
};

function originsOf(few: TrainingClips): { clip: number; from: number; length: number }[][] {
  return few.byClass.map((indices) =>
    indices.map((index) => {
      const own = clipAt(few, index).map((value) => Math.round(value * 32768));
      for (let i = 1; i < own.length; i++) expect(own[i]).toBe(own[0] + i);
      return { clip: Math.floor(own[0] / 1000) - 1, from: own[0] % 1000, length: own.length };
    }),
  );
}

describe('few labels', () => {
  it('keeps so many recordings of each class, each once, and of a longer one a stretch of the input’s length', () => {
    const places = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const [first, second, third] = originsOf(fewClips(clips, 3, seed));
      expect([first.length, second.length, third.length]).toEqual([3, 3, 0]);
      for (const [label, chosen] of [first, second].entries()) {
        expect(new Set(chosen.map(({ clip }) => clip)).size).toBe(3);
        for (const { clip, from, length } of chosen) {
          expect(clips.byClass[label]).toContain(clip);
          expect(length).toBe(clip % 2 === 1 ? 100 : 50);
          expect(from + length).toBeLessThanOrEqual(lengths[clip]);
          if (clip % 2 === 1) places.add(from);
        }
      }
    }
    expect(places.size).toBeGreaterThan(20);
  });

  it('draws the same for the same seed and others for another', () => {
    expect(fewClips(clips, 2, 5)).toEqual(fewClips(clips, 2, 5));
    const drawn = Array.from({ length: 20 }, (_, seed) => JSON.stringify(originsOf(fewClips(clips, 1, seed))));
    expect(new Set(drawn).size).toBeGreaterThan(10);
  });

  it('keeps all of a class that has fewer', () => {
    expect(originsOf(fewClips(clips, 9, 1)).map((chosen) => chosen.map(({ clip }) => clip).sort())).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [],
    ]);
  });
});
