import { describe, expect, it } from 'vitest';
import { framed, moveFrame } from '../../../src/components/figures/classify/frame.ts';
import { tileByKey } from '../../../src/components/figures/classify/second.ts';
import { fitToLength } from '../../../src/lib/audio/fit.ts';
import { removeOffset } from '../../../src/lib/audio/offset.ts';
import { fitInputs } from '../../../src/lib/audio/tiles.ts';
import type { Clip } from '../../../src/reader/clip.ts';

function clipOf(seconds: number, sampleRate: number, loudAt = seconds / 2): Clip {
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, n) => {
    const t = n / sampleRate;
    return Math.sin(300 * t) * (Math.abs(t - loudAt) < 0.2 ? 0.8 : 0.01);
  });
  return { id: `${seconds} ${loudAt}`, name: 'clip', source: 'file', samples, sampleRate, start: 0.25, notices: [] };
}

/** The pieces that the page has judged, cut as the worker cuts them at the model's own rate. */
function pieces(clip: Clip, input: { sampleRate: number; samples: number; hop?: number }): readonly Float32Array[] {
  const samples = removeOffset(clip.samples);
  return framed(clip, input).tiles.map(
    (start) => fitToLength({ samples, sampleRate: clip.sampleRate }, input.samples, start).samples,
  );
}

describe('the part of a clip that a model judges', () => {
  it('is the frame of the whole book where the model takes one second', () => {
    const clip = clipOf(3, 8000);
    expect(framed(clip, { sampleRate: 8000, samples: 8000 })).toEqual({
      seconds: 1,
      start: 0.25,
      bounds: [0, 2],
      tiles: [0.25],
    });
  });

  it.each([
    ['tiles, the last one at the end', 3.3, 1000],
    ['one piece of a clip that just fits', 0.5, 1000],
    ['a shorter clip in the middle of silence', 0.3123, 1000],
  ])('is cut as the commands cut it: %s', (_what, seconds, hop) => {
    const clip = clipOf(seconds, 8000);
    const input = { sampleRate: 8000, samples: 4000, hop };
    const expected = fitInputs(clip, input);
    expect(pieces(clip, input)).toEqual(expected);
  });

  it('is the loudest where a longer stretch is heard but once, until the reader moves it', () => {
    const clip = clipOf(9, 8000, 6);
    const input = { sampleRate: 8000, samples: 16000 };
    const { start, tiles } = framed(clip, input);
    expect(start).toBeGreaterThan(4.1);
    expect(start).toBeLessThan(5.9);
    expect(tiles).toEqual([start]);
    moveFrame(clip, input, 1.5);
    expect(framed(clip, input).start).toBe(1.5);
    moveFrame(clip, input, 100);
    expect(framed(clip, input).start).toBe(7);
    expect(framed(clipOf(9, 8000, 2), input).start).toBeLessThan(2);
  });

  it('goes from tile to tile by keys', () => {
    const tiles = [0, 0.5, 1, 1.3];
    expect(tileByKey('ArrowRight', 0.5, tiles)).toBe(1);
    expect(tileByKey('ArrowLeft', 0, tiles)).toBe(0);
    expect(tileByKey('End', 0, tiles)).toBe(1.3);
    expect(tileByKey('a', 0, tiles)).toBeUndefined();
  });
});
