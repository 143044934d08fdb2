import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecording } from '../../../src/reader/recording.ts';

const ramp = (from: number, length: number) => Float32Array.from({ length }, (_, n) => (from + n + 1) / 4096);

describe('createRecording', () => {
  it('keeps what comes after the beginning, sample by sample', () => {
    const recording = createRecording(1000);
    recording.add({ frame: 0, samples: ramp(0, 100) });
    recording.begin();
    recording.add({ frame: 100, samples: ramp(100, 128) });
    recording.add({ frame: 228, samples: ramp(228, 72) });
    expect(recording.samples(60)).toEqual(ramp(100, 200));
    expect(recording.seconds).toBeCloseTo(0.2, 9);
    expect(recording.heard).toBeCloseTo(0.3, 9);
    expect(recording.lost).toBe(0);
  });

  it('counts what got lost and keeps its place with zeros, however the sound is cut into blocks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 30 })), { minLength: 1 }),
        (pieces) => {
          const recording = createRecording(1000);
          recording.begin();
          let frame = 500;
          let lost = 0;
          const expected: number[] = [];
          for (const [index, [length, gap]] of pieces.entries()) {
            if (index > 0) {
              frame += gap;
              lost += gap;
              for (let n = 0; n < gap; n++) expected.push(0);
            }
            const samples = ramp(frame, length);
            recording.add({ frame, samples });
            expected.push(...samples);
            frame += length;
          }
          expect(recording.lost).toBe(lost);
          expect([...recording.samples(1e6)]).toEqual(expected);
        },
      ),
    );
  });

  it('does not count what was missed before the beginning', () => {
    const recording = createRecording(1000);
    recording.add({ frame: 0, samples: ramp(0, 10) });
    recording.begin();
    recording.add({ frame: 900, samples: ramp(900, 10) });
    expect(recording.lost).toBe(0);
  });

  it('gives no more than was asked for', () => {
    const recording = createRecording(1000);
    recording.begin();
    for (let frame = 0; frame < 640; frame += 128) recording.add({ frame, samples: ramp(frame, 128) });
    expect(recording.samples(0.5)).toEqual(ramp(0, 500));
  });

  it('is live from the first sample that is not zero', () => {
    const recording = createRecording(1000);
    recording.add({ frame: 0, samples: new Float32Array(128) });
    expect(recording.live).toBe(false);
    const block = new Float32Array(128);
    block[77] = -1e-7;
    recording.add({ frame: 128, samples: block });
    recording.add({ frame: 256, samples: new Float32Array(128) });
    expect(recording.live).toBe(true);
  });

  it('tells the peak since it was last asked', () => {
    const recording = createRecording(1000);
    recording.add({ frame: 0, samples: Float32Array.of(0.1, -0.75, 0.2) });
    recording.add({ frame: 3, samples: Float32Array.of(0.5) });
    expect(recording.takePeak()).toBe(0.75);
    expect(recording.takePeak()).toBe(0);
  });
});
