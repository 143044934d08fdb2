import { describe, expect, it } from 'vitest';
import { fitToLength } from '../../../src/lib/audio/fit.ts';
import { fitLoudest } from '../../../src/lib/audio/loudest.ts';
import { removeOffset } from '../../../src/lib/audio/offset.ts';
import { resample } from '../../../src/lib/audio/resample.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { makeClip, startBounds } from '../../../src/reader/make-clip.ts';

const sampleRate = 16000;

function burst(seconds: number, at: number, rate: number): Float32Array {
  const random = createRandom(1);
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, n) => {
    const loud = n >= at * rate && n < (at + 0.3) * rate;
    return (loud ? 0.3 : 0.001) * random.normal();
  });
}

describe('makeClip', () => {
  it.each([
    [4, 2.2, 16000],
    [4, 2.2, 48000],
    [1.5, 0.9, 44100],
    [1, 0.4, 48000],
    [0.4, 0.05, 22050],
    [0.3001, 0, 16000],
  ])('judges the very second that the commands judge: %f s, loud at %f s, %i Hz', (seconds, at, rate) => {
    const samples = burst(seconds, at, rate);
    const clip = makeClip({ name: 'a', source: 'file', samples, sampleRate: rate });
    const heard = { samples: resample(samples, rate, sampleRate), sampleRate };
    const clean = { samples: removeOffset(heard.samples), sampleRate };
    expect(fitToLength(clean, sampleRate, clip.start).samples).toEqual(fitLoudest(heard, sampleRate).samples);
  });

  it('gives every clip an id of its own', () => {
    const sound = { name: 'a', source: 'file', samples: new Float32Array(10), sampleRate } as const;
    expect(makeClip(sound).id).not.toBe(makeClip(sound).id);
  });
});

describe('startBounds', () => {
  it('lets the second move within a longer clip, and centres a shorter one', () => {
    expect(startBounds(4 * sampleRate, sampleRate)).toEqual([0, 3]);
    expect(startBounds(sampleRate, sampleRate).map(Math.abs)).toEqual([0, 0]);
    expect(startBounds(sampleRate / 2, sampleRate)).toEqual([-0.25, -0.25]);
  });
});
