import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWav, openWav, readWav, writeWav } from '../../../src/lib/audio/wav.ts';
import { AudioError } from '../../../src/lib/errors.ts';
import golden from '../../golden/audio.json' with { type: 'json' };
import { tone } from './fixtures/signals.ts';
import { bytesOf, pcm16, type WavParts, wavFile } from './wav-file.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
const samplesOf = (parts: WavParts) => [...readWav(wavFile(parts)).recording.channels[0]];

describe('readWav', () => {
  it.each([
    ['pcm-8.wav', 8, 'WAV, 8-bit PCM'],
    ['pcm-24.wav', 24, 'WAV, 24-bit PCM'],
    ['pcm-32.wav', 24, 'WAV, 32-bit PCM'],
    ['float-64.wav', 24, 'WAV, 64-bit float'],
    ['rf64.wav', 16, 'WAV, 16-bit PCM'],
    ['rifx.wav', 16, 'WAV, 16-bit PCM'],
    ['six-24.wav', 24, 'WAV, 24-bit PCM'],
    ['a-law.wav', 6, 'WAV, A-law'],
    ['mu-law.wav', 6, 'WAV, µ-law'],
  ])('reads %s as other programs wrote it', (name, bits, format) => {
    const read = readWav(fixture(name));
    expect(read.format).toBe(format);
    expect(read.notices).toEqual([]);
    expect(read.recording.sampleRate).toBe(8000);
    expect(read.recording.channels).toHaveLength(name.startsWith('six') ? 6 : 1);
    const expected = tone(8000, 1000, 0.02);
    for (const channel of read.recording.channels) {
      expect(channel).toHaveLength(160);
      for (const [n, sample] of channel.entries()) expect(Math.abs(sample - expected[n])).toBeLessThan(2 ** (1 - bits));
    }
  });

  it('reads every code of A-law and µ-law as ITU-T G.711 has them', () => {
    const data = Uint8Array.from({ length: 256 }, (_, code) => code);
    const aLaw = samplesOf({ code: 6, bits: 8, data });
    const muLaw = samplesOf({ code: 7, bits: 8, data });
    expect(aLaw.map((sample) => sample * 32768)).toEqual(golden.aLaw);
    expect(muLaw.map((sample) => sample * 32768 + 0)).toEqual(golden.muLaw);
  });

  it('maps the ends of every integer range to −1 and just below 1, and the middle to 0', () => {
    expect(samplesOf({ bits: 8, data: Uint8Array.of(0, 128, 255) })).toEqual([-1, 0, 127 / 128]);
    expect(samplesOf({ data: pcm16([-32768, 0, 32767]) })).toEqual([-1, 0, 32767 / 32768]);
    const data24 = Uint8Array.of(0, 0, 0x80, 0, 0, 0, 0xff, 0xff, 0x7f, 1, 0, 0, 0xff, 0xff, 0xff);
    expect(samplesOf({ bits: 24, data: data24 })).toEqual([-1, 0, 1 - 2 ** -23, 2 ** -23, -(2 ** -23)]);
    const data32 = bytesOf([-(2 ** 31), 0, 2 ** 30], (n) => Int32Array.from(n));
    expect(samplesOf({ bits: 32, data: data32 })).toEqual([-1, 0, 0.5]);
    const rifx24 = Uint8Array.of(0x80, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff);
    expect(samplesOf({ container: 'RIFX', bits: 24, data: rifx24 })).toEqual([-1, 1 - 2 ** -23, -(2 ** -23)]);
  });

  it('takes channels apart, in mono, stereo, six and forty channels', () => {
    for (const channels of [1, 2, 6, 40]) {
      const data = pcm16(Array.from({ length: channels * 5 }, (_, i) => i * 100));
      const { recording } = readWav(wavFile({ channels, data, sampleRate: 192000 }));
      expect(recording.sampleRate).toBe(192000);
      for (const [c, channel] of recording.channels.entries())
        expect([...channel]).toEqual([0, 1, 2, 3, 4].map((n) => ((n * channels + c) * 100) / 32768));
    }
  });

  it('reads an extensible format by its sub-format', () => {
    const data = bytesOf([0.25, -0.5], (n) => Float32Array.from(n));
    expect(samplesOf({ subFormat: 3, bits: 32, data })).toEqual([0.25, -0.5]);
    expect(samplesOf({ subFormat: 7, bits: 8, data: Uint8Array.of(255) })).toEqual([0]);
    expect(samplesOf({ container: 'RIFX', subFormat: 1, data: Uint8Array.of(0x40, 0) })).toEqual([0.5]);
  });

  it('takes 24 bits in 4 bytes, and 20 bits in 3, from the most significant bit', () => {
    const data = bytesOf([2 ** 30, -(2 ** 29)], (n) => Int32Array.from(n));
    expect(samplesOf({ bits: 24, blockAlign: 4, data })).toEqual([0.5, -0.25]);
    expect(samplesOf({ bits: 20, blockAlign: 3, data: Uint8Array.of(0, 0, 0x40) })).toEqual([0.5]);
  });

  it.each([
    ['LIST and odd bext before, LIST after', {}],
    ['odd chunks without their padding', { unpadded: true }],
    ['a wrong RIFF size', { riffSize: 1 }],
    ['a RIFF size of all ones', { riffSize: 0xffffffff }],
  ] satisfies [string, WavParts][])('finds the sound among other chunks: %s', (_, parts) => {
    const before = [
      ['LIST', new Uint8Array(10)],
      ['fact', new Uint8Array(4)],
      ['bext', new Uint8Array(603).fill(7)],
    ] as const;
    const after = [['LIST', new Uint8Array(8).fill(65)]] as const;
    const read = readWav(wavFile({ ...parts, before, after, data: pcm16([1, 2, 3]) }));
    expect([...read.recording.channels[0]]).toEqual([1, 2, 3].map((x) => x / 32768));
    expect(read.notices).toEqual([]);
  });

  it('takes what is there where the size of the sound is open, without a notice', () => {
    const data = pcm16([5, 6, 7, 8]);
    for (const dataSize of [0, 0xffffffff]) {
      const read = readWav(wavFile({ data, dataSize }));
      expect([...read.recording.channels[0]]).toEqual([5, 6, 7, 8].map((x) => x / 32768));
      expect(read.notices).toEqual([]);
    }
  });

  it('takes what is there of a truncated file, and says so', () => {
    const whole = wavFile({ data: pcm16(new Int16Array(16000)) });
    const read = readWav(whole.subarray(0, 44 + 2 * 10400 + 1));
    expect(read.recording.channels[0]).toHaveLength(10400);
    expect(read.notices).toEqual(['The header promises 2.00 s, but the file holds 1.30 s: these are used.']);
  });

  it('leaves a last frame out that is not whole', () => {
    expect(readWav(wavFile({ channels: 2, data: new Uint8Array(4 * 3 + 2) })).recording.channels[1]).toHaveLength(3);
  });

  it('corrects a wrong block align, and says so', () => {
    const read = readWav(wavFile({ channels: 2, blockAlign: 7, data: pcm16([1, 2, 3, 4]) }));
    expect([...read.recording.channels[1]]).toEqual([2 / 32768, 4 / 32768]);
    expect(read.notices.join()).toMatch(/7 bytes a frame.*takes 4/);
  });

  it('replaces samples that are no numbers, or absurd, by zero, and counts them', () => {
    const values = [0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -0.25];
    for (const [bits, make] of [
      [32, (n: ArrayLike<number>) => Float32Array.from(n)],
      [64, (n: ArrayLike<number>) => Float64Array.from(n)],
    ] as const) {
      const read = readWav(wavFile({ code: 3, bits, data: bytesOf(values, make) }));
      expect([...read.recording.channels[0]]).toEqual([0.5, 0, 0, 0, 0, -0.25]);
      expect(read.notices.join()).toMatch(/^4 of 6 samples .* taken as zero/);
    }
    expect(samplesOf({ code: 3, bits: 64, data: bytesOf([1e300, 1], (n) => Float64Array.from(n)) })).toEqual([0, 1]);
  });

  it('keeps floats beyond full scale as they are', () => {
    const data = bytesOf([1.5, -32768], (n) => Float32Array.from(n));
    expect(samplesOf({ code: 3, bits: 32, data })).toEqual([1.5, -32768]);
  });

  it('finds the format after the sound', () => {
    const late = wavFile({ data: pcm16([9, 10]) });
    const format = late.slice(12, 36);
    const file = new Uint8Array([...late.slice(0, 12), ...late.slice(36), ...format]);
    expect([...readWav(file).recording.channels[0]]).toEqual([9 / 32768, 10 / 32768]);
  });

  it('reads block by block the same as in one go', () => {
    const data = pcm16(Int16Array.from({ length: 150000 }, (_, n) => (n * 31) % 30000));
    const file = wavFile({ channels: 2, data });
    const blocks = [...openWav(file).blocks];
    expect(blocks.map(([left]) => left.length)).toEqual([65536, 75000 - 65536]);
    expect(blocks.flatMap(([, right]) => [...right])).toEqual([...readWav(file).recording.channels[1]]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['other bytes', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), /not a WAV file/],
    ['nothing', new Uint8Array(0), /not a WAV file/],
    ['a RIFF file of another kind', new TextEncoder().encode('RIFF\0\0\0\0AVI LIST'), /not a WAV file/],
    ['the first 8 bytes', wavFile().subarray(0, 8), /cut off.*8 bytes/],
    ['the first 20 bytes', wavFile().subarray(0, 20), /cut off/],
    ['the first 30 bytes', wavFile().subarray(0, 30), /cut off/],
    ['no format', wavFile({ withoutFormat: true, data: new Uint8Array(64) }), /no "fmt " chunk.*16-bit PCM/],
    ['no data', wavFile({ withoutData: true, after: [['LIST', new Uint8Array(20)]] }), /no "data" chunk/],
    ['a header and nothing else', wavFile({ data: new Uint8Array(0) }), /not one sample/],
    [
      'an empty sound before a list',
      wavFile({ data: new Uint8Array(0), after: [['LIST', new Uint8Array(8)]] }),
      /not one sample/,
    ],
    ['half a sample', wavFile({ data: new Uint8Array(1) }), /not one sample/],
    ['0 channels', wavFile({ channels: 0, blockAlign: 2 }), /0 channels/],
    ['a rate of 0', wavFile({ sampleRate: 0 }), /0 Hz.*1000 to 768000 Hz/],
    ['a rate of 4 GHz', wavFile({ sampleRate: 4e9 }), /4000000000 Hz/],
    ['Microsoft ADPCM', fixture('adpcm.wav'), /Microsoft ADPCM \(format code 2\).*Convert/],
    ['MP3 inside', wavFile({ code: 0x55 }), /MP3 \(format code 85\)/],
    ['an unknown code', wavFile({ code: 0x1234 }), /format code 4660.*Convert/],
    ['an unknown sub-format', wavFile({ subFormat: 0x1234 }), /format code 4660/],
    ['an extensible format without its extension', wavFile({ code: 0xfffe }), /extension is missing/],
    ['16-bit floats', wavFile({ code: 3, bits: 16 }), /16-bit floats.*32 and 64-bit/],
    ['64-bit integers', wavFile({ bits: 64 }), /64 bits.*8 to 32 bits/],
    ['0 bits', wavFile({ bits: 0 }), /0 bits/],
  ])('refuses %s in a sentence', (_, bytes, sentence) => {
    expect(() => readWav(bytes)).toThrow(AudioError);
    expect(() => readWav(bytes)).toThrow(sentence);
  });

  it('throws nothing but AudioError and gives only finite samples, whatever the header says', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const change = fc.tuple(fc.integer({ min: 0, max: 120 }), byte);
    const container = fc.constantFrom('RIFF' as const, 'RIFX' as const, 'RF64' as const);
    const file = fc.record({
      container,
      code: fc.constantFrom(1, 3, 6, 7, 0xfffe, 2),
      channels: fc.integer({ min: 0, max: 9 }),
      bits: fc.constantFrom(0, 8, 12, 16, 24, 32, 64),
      data: fc.uint8Array({ maxLength: 300 }),
      unpadded: fc.boolean(),
    });
    fc.assert(
      fc.property(file, fc.array(change, { maxLength: 6 }), fc.nat(400), (parts, changes, length) => {
        const bytes = wavFile(parts).slice(0, length + 8);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          const { recording } = readWav(bytes);
          expect(recording.channels.length).toBeGreaterThan(0);
          for (const channel of recording.channels) {
            expect(channel.length).toBeGreaterThan(0);
            expect(channel.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writeWav', () => {
  const left = Float32Array.of(0, 0.5, -0.5, 1, -1, 1.7, -3);
  const right = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);

  it('stores floats exactly', () => {
    const { recording, format, notices } = readWav(writeWav({ channels: [left, right], sampleRate: 44100 }, 'float32'));
    expect(recording).toEqual({ channels: [left, right], sampleRate: 44100 });
    expect([format, notices]).toEqual(['WAV, 32-bit float', []]);
  });

  it('rounds to 16 bits and clips at full scale', () => {
    const { recording } = readWav(writeWav({ channels: [left], sampleRate: 16000 }));
    const full = 32767 / 32768;
    expect([...recording.channels[0]]).toEqual([0, 0.5, -0.5, full, -1, full, -1]);
  });

  it('gives back what it was given, within half a step', () => {
    const samples = fc.float32Array({ minLength: 1, maxLength: 50, min: -1, max: 32767 / 32768, noNaN: true });
    fc.assert(
      fc.property(samples, (given) => {
        const [read] = readWav(writeWav({ channels: [given], sampleRate: 8000 })).recording.channels;
        for (const [n, sample] of read.entries()) expect(Math.abs(sample - given[n])).toBeLessThanOrEqual(2 ** -16);
      }),
    );
  });

  it('writes a header that says what follows', () => {
    const file = writeWav({ channels: [left, right], sampleRate: 48000 });
    expect(isWav(file)).toBe(true);
    expect(file).toEqual(wavFile({ channels: 2, sampleRate: 48000, data: file.slice(44) }));
  });

  it('refuses a recording without channels', () => {
    expect(() => writeWav({ channels: [], sampleRate: 8000 })).toThrow(AudioError);
  });
});
