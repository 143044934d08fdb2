import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../../src/lib/audio/decode.ts';
import { mixToMono } from '../../../src/lib/audio/mix.ts';
import { readClip } from '../../../src/lib/audio/read.ts';
import { resample } from '../../../src/lib/audio/resample.ts';
import { writeWav } from '../../../src/lib/audio/wav.ts';
import { AudioError, ParameterError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

function noise(seconds: number, sampleRate: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, () => random.uniform() - 0.5);
}

describe('readClip', () => {
  it.each(['stereo.opus', 'stereo.mp3', 'fixed.flac', 'six-24.wav'])(
    'gives of %s block by block what decode, mix and resample give of the whole',
    async (name) => {
      const { recording, format } = await decodeAudio(fixture(name));
      const mono = mixToMono(recording);
      const read = await readClip(fixture(name), 16000);
      expect(read.clip).toEqual({ samples: resample(mono.samples, mono.sampleRate, 16000), sampleRate: 16000 });
      expect(read).toMatchObject({ format, fileRate: mono.sampleRate, fileChannels: recording.channels.length });
      expect(read.fileSeconds).toBeCloseTo(mono.samples.length / mono.sampleRate, 12);
    },
  );

  it('says of a sound that it is too short for a word', async () => {
    const read = (length: number) => readClip(writeWav({ channels: [noise(1, length, 3)], sampleRate: 16000 }), 16000);
    expect((await read(1)).notices).toEqual([expect.stringContaining('only one sample long')]);
    expect((await read(799)).notices).toEqual([expect.stringContaining('only 799 samples long')]);
    expect((await read(800)).notices).toEqual([]);
  });

  it('keeps a window of a recording of several blocks, and knows the length of the whole', async () => {
    const file = writeWav({ channels: [noise(3, 48000, 1), noise(3, 48000, 2)], sampleRate: 48000 });
    const whole = await readClip(file, 16000);
    expect(whole.clip.samples).toHaveLength(48000);
    const same = (part: Float32Array, from: number, to: number) =>
      part.length === to - from && part.every((sample, n) => sample === whole.clip.samples[from + n]);
    const part = await readClip(file, 16000, { window: { start: 0.5, seconds: 2 } });
    expect(same(part.clip.samples, 8000, 40000)).toBe(true);
    expect(part.fileSeconds).toBe(3);
    const end = await readClip(file, 16000, { window: { start: 2.5, seconds: 2 } });
    expect(same(end.clip.samples, 40000, 48000)).toBe(true);
    expect((await readClip(file, 16000, { window: { start: 9, seconds: 2 } })).clip.samples).toHaveLength(0);
  }, 20_000);

  it('reads a single sample', async () => {
    const file = writeWav({ channels: [Float32Array.of(0.5)], sampleRate: 16000 });
    expect((await readClip(file, 16000)).clip.samples).toEqual(Float32Array.of(0.5));
  });

  it('passes on what was mended', async () => {
    const file = writeWav({ channels: [noise(2, 16000, 3)], sampleRate: 16000 });
    const { notices } = await readClip(file.subarray(0, 32044), 16000);
    expect(notices).toEqual(['The header promises 2.00 s, but the file holds 1.00 s: these are used.']);
  });

  it('refuses in sentences', async () => {
    const file = writeWav({ channels: [Float32Array.of(0.5)], sampleRate: 16000 });
    await expect(readClip(new Uint8Array(0), 16000)).rejects.toThrow(AudioError);
    await expect(readClip(file, 16000.5)).rejects.toThrow(ParameterError);
    await expect(readClip(file, 16000, { window: { start: -1, seconds: 1 } })).rejects.toThrow(/-1 seconds/);
  });
});
