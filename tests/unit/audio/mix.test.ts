import { describe, expect, it } from 'vitest';
import { mixBlock, mixToMono } from '../../../src/lib/audio/mix.ts';

describe('mixToMono', () => {
  it('takes the mean of all channels', () => {
    const channels = [Float32Array.of(1, 0.5, -1), Float32Array.of(0, 0.5, 1), Float32Array.of(0.5, -0.25, 0.75)];
    expect(mixToMono({ channels, sampleRate: 44100 })).toEqual({
      samples: Float32Array.of(0.5, 0.25, 0.25),
      sampleRate: 44100,
    });
  });

  it('leaves a mono recording as it is, also when it is stored twice', () => {
    const mono = Float32Array.of(0.1, -0.7, 0.3);
    expect(mixToMono({ channels: [mono], sampleRate: 8000 }).samples).toBe(mono);
    expect(mixBlock([mono, mono])).toEqual(mono);
  });

  it('stays within full scale for full-scale channels', () => {
    const full = new Float32Array(4).fill(1);
    expect(mixBlock([full, full, full, full, full, full])).toEqual(full);
  });
});
