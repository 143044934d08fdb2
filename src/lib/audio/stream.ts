/**
 * A recording that is being read: its facts at once, its samples block by block, so that an hour of sound need not lie
 * in memory at the file's full rate.
 */
import { AudioError } from '../errors.ts';
import type { Recording } from './clip.ts';

/** Equally long pieces of every channel. */
export type Block = readonly Float32Array[];

export interface AudioStream {
  /** What was read, for people: "WAV, 16-bit PCM". */
  readonly format: string;
  /** Samples a second, Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** The samples from first to last; can be run through once. */
  readonly blocks: Iterable<Block>;
  /** What was odd in the file and how it was mended, a sentence each. Complete once the blocks have been run through. */
  readonly notices: readonly string[];
}

/** A whole recording in memory, with what was mended in it. */
export interface DecodedAudio {
  readonly recording: Recording;
  readonly format: string;
  readonly notices: readonly string[];
}

/** Runs a stream through and joins its blocks. Throws AudioError if it holds no sample. */
export function collect(stream: AudioStream): DecodedAudio {
  const blocks = [...stream.blocks];
  const length = blocks.reduce((sum, block) => sum + block[0].length, 0);
  if (length === 0) throw new AudioError(noSamples(stream.format));
  const channels = Array.from({ length: stream.channelCount }, (_, channel) => {
    if (blocks.length === 1) return blocks[0][channel];
    const samples = new Float32Array(length);
    let at = 0;
    for (const block of blocks) {
      samples.set(block[channel], at);
      at += block[channel].length;
    }
    return samples;
  });
  return { recording: { channels, sampleRate: stream.sampleRate }, format: stream.format, notices: stream.notices };
}

const lowestRate = 1000;
const highestRate = 768000;

/** Throws AudioError for a sample rate that no recording has: the header is damaged, or meant as an attack. */
export function checkSampleRate(sampleRate: number): void {
  if (sampleRate >= lowestRate && sampleRate <= highestRate) return;
  throw new AudioError(
    `The file gives a sample rate of ${sampleRate} Hz; ${lowestRate} to ${highestRate} Hz can be read. Export it again at 16000 Hz or more.`,
  );
}

/** The sentence for a file without sound. */
export function noSamples(format: string): string {
  return `The file (${format}) holds no sound: not one sample can be read. Where it was cut off or damaged, copy it again; else choose another file.`;
}

/** Too short to hold any word, seconds. */
const SHORTEST = 0.05;

/** A notice for a sound that is too short to be a word; none for a longer one. */
export function shortNotice(samples: number, sampleRate: number): readonly string[] {
  if (samples >= SHORTEST * sampleRate) return [];
  const count = samples === 1 ? 'one sample' : `${samples} samples`;
  return [`The sound is only ${count} long, too short for a word, and silence fills the rest: choose a longer one.`];
}

/** A length of time as a notice gives it: "1.3 s". */
export function formatSeconds(seconds: number): string {
  return `${seconds < 0.095 ? seconds.toFixed(3) : seconds.toFixed(seconds < 9.95 ? 2 : 1)} s`;
}
