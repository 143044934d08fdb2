import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../../../src/reader/make-clip.ts';
import { fromStored, toStored } from '../../../src/reader/stored.ts';

const sampleRate = 8000;
const clip = {
  ...makeClip({
    name: 'recording 1',
    source: 'microphone',
    samples: Float32Array.from({ length: 3 * sampleRate }, (_, n) => Math.sin(n) * (n / 24000)),
    sampleRate,
    notices: ['A sentence.'],
    word: 'yes',
    capture: {
      device: 'Headset',
      trackRate: 8000,
      echoCancellation: true,
      noiseSuppression: undefined,
      autoGainControl: false,
      lost: 3,
    },
  }),
};

describe('fromStored', () => {
  it('gives back what was kept', () => {
    expect(fromStored(structuredClone(toStored(clip)), undefined)).toEqual(clip);
  });

  it('takes the second that was chosen later, if it was chosen for this clip', () => {
    expect(fromStored(toStored(clip), { id: clip.id, start: 0.25 })?.start).toBe(0.25);
    expect(fromStored(toStored(clip), { id: 'another', start: 0.25 })?.start).toBe(clip.start);
  });

  it('keeps the second to judge within the clip', () => {
    expect(fromStored({ ...toStored(clip), start: 99 }, undefined)?.start).toBe(2);
    expect(fromStored({ ...toStored(clip), start: -1 }, undefined)?.start).toBe(0);
    expect(fromStored({ ...toStored(clip), start: Number.NaN }, undefined)?.start).toBe(0);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'clip'],
    ['another format', { ...toStored(clip), format: 'kuulo-clip-0' }],
    ['no samples', { ...toStored(clip), samples: new Float32Array(0) }],
    ['samples of another kind', { ...toStored(clip), samples: [0, 1] }],
    ['samples that are no numbers', { ...toStored(clip), samples: Float32Array.of(0, Number.NaN) }],
    ['samples beyond all bounds', { ...toStored(clip), samples: Float32Array.of(3e38, -3e38) }],
    ['a rate that is no whole number', { ...toStored(clip), sampleRate: 8000.5 }],
    ['an impossible rate', { ...toStored(clip), sampleRate: 0 }],
    ['a rate that is no number', { ...toStored(clip), sampleRate: '8000' }],
    ['too many samples', { ...toStored(clip), samples: new Float32Array(70 * sampleRate) }],
    ['an unknown source', { ...toStored(clip), source: 'network' }],
    ['no name', { ...toStored(clip), name: undefined }],
  ])('refuses %s', (_, found) => {
    expect(fromStored(found, undefined)).toBeUndefined();
  });

  it('never throws, whatever it finds', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (found, start) => {
        expect(() => fromStored(found, start)).not.toThrow();
        expect(() =>
          fromStored({ ...toStored(clip), notices: found, capture: start, word: found }, start),
        ).not.toThrow();
      }),
    );
  });
});
