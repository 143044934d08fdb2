/**
 * From the bytes of a file to a clip at the rate a model wants: decode, mix to mono, resample. Page, trainer and commands
 * all come this way, so that a file sounds the same to each of them.
 *
 * The three steps go block by block. What stays in memory is the file itself and the mono clip at the wanted rate (an
 * hour at 16 kHz: 230 MB), never the whole recording at its own rate (an hour in stereo at 48 kHz: 1.4 GB). With a
 * window, only the window stays. What the browser decodes (M4A, WebM) is the exception: it gives all at once.
 */
import { AudioError, ParameterError } from '../errors.ts';
import type { Clip } from './clip.ts';
import { type DecodeOptions, openAudio } from './decode.ts';
import { mixBlock } from './mix.ts';
import { createResampler } from './resample.ts';
import { type AudioStream, noSamples, shortNotice } from './stream.ts';

export interface ReadOptions extends DecodeOptions {
  /** The part of the recording to keep, seconds; without it, all. What lies outside the recording is left out. */
  readonly window?: { readonly start: number; readonly seconds: number };
}

/** A clip, and what is known of the file that it came from. */
export interface ReadClip {
  readonly clip: Clip;
  /** "WAV, 16-bit PCM" */
  readonly format: string;
  /** The rate of the file, Hz. */
  readonly fileRate: number;
  readonly fileChannels: number;
  /** The length of the whole recording, seconds, whatever window was asked for. */
  readonly fileSeconds: number;
  /** What was odd in the file and how it was mended, a sentence each. */
  readonly notices: readonly string[];
}

/**
 * Reads a sound file as a mono clip.
 * @param sampleRate of the clip, Hz, a whole number
 * @throws AudioError if there is no sound to be had, with what to do about it
 * @throws ParameterError if the rate or the window makes no sense
 */
export async function readClip(bytes: Uint8Array, sampleRate: number, options: ReadOptions = {}): Promise<ReadClip> {
  const stream = await openAudio(bytes, options);
  const { samples, inputLength } = toMono(stream, sampleRate, options.window);
  return {
    clip: { samples, sampleRate },
    format: stream.format,
    fileRate: stream.sampleRate,
    fileChannels: stream.channelCount,
    fileSeconds: inputLength / stream.sampleRate,
    notices: [...stream.notices, ...shortNotice(inputLength, stream.sampleRate)],
  };
}

function toMono(
  stream: AudioStream,
  sampleRate: number,
  window: ReadOptions['window'],
): { samples: Float32Array; inputLength: number } {
  const first = window ? sampleAt(window.start, sampleRate) : 0;
  const end = window ? first + sampleAt(window.seconds, sampleRate) : Number.POSITIVE_INFINITY;
  const resampler = createResampler(stream.sampleRate, sampleRate);
  const pieces: Float32Array[] = [];
  let inputLength = 0;
  let outputLength = 0;
  const take = (output: Float32Array) => {
    const from = Math.max(0, first - outputLength);
    const to = Math.min(output.length, end - outputLength);
    outputLength += output.length;
    // A copy of the part, so that the rest can be forgotten.
    if (to > from) pieces.push(from === 0 && to === output.length ? output : output.slice(from, to));
  };
  for (const block of stream.blocks) {
    inputLength += block[0].length;
    take(resampler.push(mixBlock(block)));
  }
  take(resampler.flush());
  if (inputLength === 0) throw new AudioError(noSamples(stream.format));
  return { samples: join(pieces), inputLength };
}

function sampleAt(second: number, sampleRate: number): number {
  if (!(Number.isFinite(second) && second >= 0)) {
    throw new ParameterError('window', `A window cannot have ${second} seconds. Give a number of seconds from 0.`);
  }
  return Math.round(second * sampleRate);
}

function join(pieces: readonly Float32Array[]): Float32Array {
  if (pieces.length === 1) return pieces[0];
  const joined = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
