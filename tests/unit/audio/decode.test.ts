import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Recording } from '../../../src/lib/audio/clip.ts';
import { decodeAudio } from '../../../src/lib/audio/decode.ts';
import { AudioError } from '../../../src/lib/errors.ts';
import { amplitude, integers } from './fixtures/signals.ts';
import { pcm16, wavFile } from './wav-file.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
const text = (words: string) => new TextEncoder().encode(words);
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Amplitude of the best fitting sine of this frequency, and the largest difference from it, in the middle third. */
function toneIn(samples: Float32Array, frequency: number, sampleRate: number) {
  const from = Math.floor(samples.length / 3);
  const part = samples.subarray(from, 2 * from);
  const wave = (n: number) => (2 * Math.PI * frequency * (from + n)) / sampleRate;
  const a = (2 / part.length) * part.reduce((sum, x, n) => sum + x * Math.sin(wave(n)), 0);
  const b = (2 / part.length) * part.reduce((sum, x, n) => sum + x * Math.cos(wave(n)), 0);
  const rest = part.map((x, n) => Math.abs(x - a * Math.sin(wave(n)) - b * Math.cos(wave(n))));
  return { sine: a, cosine: b, rest: Math.max(...rest) };
}

describe('decodeAudio', () => {
  it.each([
    // name, format, rate, samples, frequency of each channel
    ['mono.mp3', 'MP3', 16000, 3200, [1000]],
    ['stereo.mp3', 'MP3', 44100, 8820, [1000, 2000]],
    ['mono.ogg', 'Ogg Vorbis', 16000, 3200, [1000]],
    ['mono.opus', 'Ogg Opus', 48000, 9600, [1000]],
    ['stereo.opus', 'Ogg Opus', 48000, 9600, [1000, 2000]],
  ] as const)('reads %s: the tones, their length, and no delay', async (name, format, rate, length, tones) => {
    const { recording, format: found, notices } = await decodeAudio(fixture(name));
    expect([found, recording.sampleRate, notices]).toEqual([format, rate, []]);
    expect(recording.channels.map((channel) => channel.length)).toEqual(tones.map(() => length));
    for (const [c, frequency] of tones.entries()) {
      const { sine, cosine, rest } = toneIn(recording.channels[c], frequency, rate);
      // A tone that begins with the first sample is a pure sine; a delay of one sample would show in the cosine.
      expect(Math.abs(sine - amplitude)).toBeLessThan(0.05);
      expect(Math.abs(cosine)).toBeLessThan(0.03);
      expect(rest).toBeLessThan(0.1);
    }
  });

  it('reads six channels of Opus, each with its own tone', async () => {
    const { recording } = await decodeAudio(fixture('six.opus'));
    expect(recording.channels).toHaveLength(6);
    const tones = [500, 1000, 1500, 100, 2500, 3000];
    const found = recording.channels.map((channel) => {
      const strengths = tones.map((frequency) => Math.abs(toneIn(channel, frequency, 48000).sine));
      return tones[strengths.indexOf(Math.max(...strengths))];
    });
    // Left, centre, right, left and right behind, deep: the order of Vorbis, not that of the WAV file that went in.
    expect(found).toEqual([500, 1500, 1000, 2500, 3000, 100]);
  });

  it.each([
    ['integers-8.flac', 8, 'FLAC, 8-bit'],
    ['integers-16.flac', 16, 'FLAC, 16-bit'],
    ['integers-24.flac', 24, 'FLAC, 24-bit'],
    ['fixed.flac', 16, 'FLAC, 16-bit'],
    ['integers.oga', 16, 'Ogg FLAC, 16-bit'],
  ])('reads %s bit for bit', async (name, bits, format) => {
    const { recording, format: found, notices } = await decodeAudio(fixture(name));
    expect([found, recording.sampleRate, notices]).toEqual([format, 16000, []]);
    for (const [c, expected] of integers(bits).entries())
      expect([...recording.channels[c]].map((sample) => sample * 2 ** (bits - 1))).toEqual([...expected]);
  });

  it('goes by the first bytes, and past an ID3 tag', async () => {
    const tag = join(text('ID3'), Uint8Array.of(4, 0, 0, 0, 0, 1, 4), new Uint8Array(132));
    for (const [name, format] of [
      ['mono.mp3', 'MP3'],
      ['integers-16.flac', 'FLAC, 16-bit'],
    ])
      expect((await decodeAudio(join(tag, fixture(name)))).format).toBe(format);
    expect((await decodeAudio(wavFile({ data: pcm16([1]) }))).format).toBe('WAV, 16-bit PCM');
  });

  it('reads an MP3 that begins in mid-frame', async () => {
    const { recording } = await decodeAudio(fixture('stereo.mp3').subarray(300));
    expect(recording.channels[0].length).toBeGreaterThan(4000);
  });

  describe('of damaged files', () => {
    // The MP3 codec reports damage to the console as well.
    beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
    afterEach(() => void vi.restoreAllMocks());

    it.each(['mono.mp3', 'mono.opus', 'six.opus', 'integers-16.flac', 'integers.oga'])(
      'reads what is left of %s when its end is cut off',
      async (name) => {
        const whole = await decodeAudio(fixture(name));
        const bytes = fixture(name);
        const part = await decodeAudio(bytes.subarray(0, Math.floor(bytes.length * 0.8)));
        expect(part.recording.sampleRate).toBe(whole.recording.sampleRate);
        expect(part.recording.channels[0].length).toBeGreaterThan(0);
        expect(part.recording.channels[0].length).toBeLessThanOrEqual(whole.recording.channels[0].length);
      },
    );

    it('says how much of a truncated FLAC file is missing', async () => {
      const { notices, recording } = await decodeAudio(fixture('fixed.flac').subarray(0, 1500));
      expect(recording.channels[0].length % 100).toBe(0);
      expect(notices.join()).toMatch(/^The header promises 0.060 s, but the file holds 0.0\d\d s: these are used\.$/);
    });

    it('puts silence in the place of a damaged FLAC frame', async () => {
      const bytes = fixture('fixed.flac');
      bytes[700] ^= 0xff;
      const { notices, recording } = await decodeAudio(bytes);
      const [left] = integers(16);
      expect(recording.channels[0]).toHaveLength(960);
      const wrong = [...recording.channels[0].entries()].filter(([n, sample]) => sample * 32768 !== left[n]);
      expect(wrong.length).toBeGreaterThan(50);
      expect(wrong.every(([n, sample]) => sample === 0 && Math.floor(n / 100) === Math.floor(wrong[0][0] / 100))).toBe(
        true,
      );
      expect(notices).toEqual(['0.006 s of the recording are damaged: silence stands in for them.']);
    });

    it('leaves a damaged Ogg page out and says so', async () => {
      const bytes = fixture('long.opus');
      const pages = [...bytes.keys()].filter((at) => text('OggS').every((letter, i) => bytes[at + i] === letter));
      bytes[(pages[3] + pages[4]) >> 1] ^= 1;
      const { notices, recording } = await decodeAudio(bytes);
      const whole = await decodeAudio(fixture('long.opus'));
      expect(notices).toEqual(['One page of the file is damaged and was left out.']);
      expect(recording.channels[0].length).toBeLessThan(whole.recording.channels[0].length);
      expect(recording.channels[0].length).toBeGreaterThan(whole.recording.channels[0].length / 2);
    });

    it('does not take an Ogg file whose head is damaged for one of an unknown codec', async () => {
      const bytes = fixture('mono.opus');
      bytes[30] ^= 1;
      await expect(decodeAudio(bytes)).rejects.toThrow(/damaged at its beginning/);
    });

    it('uses the first of two recordings in one Ogg file', async () => {
      const one = await decodeAudio(fixture('mono.opus'));
      const two = await decodeAudio(join(fixture('mono.opus'), fixture('stereo.opus')));
      expect(two.recording).toEqual(one.recording);
      expect(two.notices).toEqual(['The file holds more than one recording: the first is used.']);
    });

    it.each<[string, Uint8Array, RegExp]>([
      ['an empty file', new Uint8Array(0), /is empty.*not one byte/],
      ['text', text('This is a letter, not a sound.\r\n'), /holds text, not sound/],
      ['a web page', text('<!doctype html><title>404</title>'), /holds text, not sound/],
      ['other bytes', Uint8Array.from({ length: 4000 }, (_, n) => (n * n * 7) % 251), /no kind of sound file known/],
      ['one byte', Uint8Array.of(0), /no kind of sound file known/],
      ['M4A', fixture('mono.m4a'), /M4A files cannot be read here.*WAV or FLAC/],
      ['AAC', fixture('mono.aac'), /AAC files cannot be read here.*WAV or FLAC/],
      ['WebM', fixture('mono.webm'), /WebM files cannot be read here.*WAV or FLAC/],
      ['AIFF', text('FORM\0\0\0\0AIFFCOMM'), /AIFF files cannot be read here/],
      ['Ogg and garbage', join(text('OggS'), new Uint8Array(200).fill(3)), /Ogg file is damaged/],
      ['fLaC and garbage', join(text('fLaC'), new Uint8Array(200).fill(3)), /damaged head/],
      ['a FLAC head alone', fixture('fixed.flac').subarray(0, 60), /not one sample/],
      ['an Opus head alone', fixture('mono.opus').subarray(0, 47), /not one sample/],
      ['a Vorbis head alone', fixture('mono.ogg').subarray(0, 58), /not one sample/],
      ['a tag alone', join(text('ID3'), Uint8Array.of(4, 0, 0, 0, 0, 0, 0)), /MP3 file holds no sound/],
      ['a WAV header alone', wavFile({ data: new Uint8Array(0) }), /not one sample/],
    ])('refuses %s in a sentence', async (_, bytes, sentence) => {
      const refused = await decodeAudio(bytes).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(AudioError);
      expect((refused as AudioError).message).toMatch(sentence);
      expect((refused as AudioError).message).toMatch(/^[A-Z].*\. ?.*\.$/);
    });

    const all = ['mono.mp3', 'mono.ogg', 'mono.opus', 'six.opus', 'integers-16.flac', 'fixed.flac', 'integers.oga'];
    it.each([...all, 'pcm-24.wav'])(
      'throws nothing but AudioError and ends in time, whatever happens to %s',
      async (name) => {
        const original = fixture(name);
        const change = fc.tuple(fc.nat(original.length - 1), fc.nat(255));
        const garbage = fc.uint8Array({ maxLength: 300 });
        await fc.assert(
          fc.asyncProperty(
            fc.array(change, { maxLength: 12 }),
            fc.nat(original.length),
            fc.nat(original.length),
            garbage,
            async (changes, length, at, insert) => {
              const bytes = original.slice(0, Math.max(length, 4));
              for (const [place, value] of changes) if (place < bytes.length) bytes[place] = value;
              const spoilt = join(bytes.subarray(0, at), insert, bytes.subarray(at));
              try {
                const { recording } = await decodeAudio(spoilt);
                expect(recording.channels[0].length).toBeGreaterThan(0);
                expect(recording.channels.every((channel) => channel.every(Number.isFinite))).toBe(true);
              } catch (error) {
                if (!(error instanceof AudioError)) throw error;
              }
            },
          ),
          { numRuns: 40 },
        );
      },
      20_000,
    );

    it('throws nothing but AudioError for bytes after any magic', async () => {
      const magic = fc.constantFrom('RIFF\0\0\0\0WAVE', 'OggS\0', 'fLaC', 'ID3', '\xff\xfb\x90\x64', '', '\xff\xf8');
      await fc.assert(
        fc.asyncProperty(magic, fc.uint8Array({ maxLength: 600 }), async (start, rest) => {
          const bytes = join(
            Uint8Array.from(start, (letter) => letter.charCodeAt(0)),
            rest,
          );
          await decodeAudio(bytes).catch((error: unknown) => {
            if (!(error instanceof AudioError)) throw error;
          });
        }),
        { numRuns: 200 },
      );
    }, 20_000);
  });

  describe('with a platform that decodes', () => {
    const recording: Recording = { channels: [Float32Array.of(0.1, 0.2)], sampleRate: 48000 };

    it('hands it what the engine cannot read, as a copy', async () => {
      for (const name of ['mono.m4a', 'mono.aac', 'mono.webm']) {
        const bytes = fixture(name);
        const platformDecode = vi.fn(async (copy: Uint8Array) => {
          copy.fill(0);
          return recording;
        });
        const decoded = await decodeAudio(bytes, { platformDecode });
        expect(decoded.recording).toEqual(recording);
        expect(decoded.format).toMatch(/^(M4A|AAC|WebM), decoded by the browser$/);
        expect(bytes).toEqual(fixture(name));
      }
    });

    it('does not ask it for what the engine reads itself', async () => {
      const platformDecode = vi.fn(async () => recording);
      await decodeAudio(fixture('mono.opus'), { platformDecode });
      await decodeAudio(text('words'), { platformDecode }).catch(() => undefined);
      expect(platformDecode).not.toHaveBeenCalled();
    });

    it('gives a sentence where it cannot, or finds nothing', async () => {
      const platformDecode = () => Promise.reject(new DOMException('Unable to decode audio data', 'EncodingError'));
      await expect(decodeAudio(fixture('mono.m4a'), { platformDecode })).rejects.toThrow(
        'M4A files cannot be read by this browser. Convert it to WAV or FLAC, or choose another file.',
      );
      const empty = async () => ({ channels: [new Float32Array(0)], sampleRate: 48000 });
      await expect(decodeAudio(fixture('mono.m4a'), { platformDecode: empty })).rejects.toThrow(/not one sample/);
    });
  });
});
