/** A sound file of the reader's, opened in the page: nothing is uploaded. */
import type { Clip as MonoClip, Recording } from '../lib/audio/clip.ts';
import { openAudio } from '../lib/audio/decode.ts';
import { mixBlock } from '../lib/audio/mix.ts';
import { noSamples, shortNotice } from '../lib/audio/stream.ts';
import { AudioError } from '../lib/errors.ts';
import type { Clip } from './clip.ts';
import { longestClip, makeClip } from './make-clip.ts';

/** A sound that is too long for a clip: which part of it shall be taken? */
export interface LongSound {
  readonly kind: 'long';
  readonly name: string;
  readonly seconds: number;
  readonly audio: MonoClip;
  readonly notices: readonly string[];
}

export type Opened = { readonly kind: 'clip'; readonly clip: Clip } | LongSound;

/** So many samples fit into the memory of a phone: 20 minutes at 48 kHz. */
const mostSamples = 60_000_000;
/** The rate at which the browser decodes what the engine cannot read: it wants to be told one. */
const platformRate = 48000;
const decodedByBrowser = `This kind of file was decoded by the browser, which gives it at ${platformRate / 1000} kHz whatever its own rate.`;

/**
 * Opens a sound file.
 * @throws AudioError that says what is wrong with it and what to do
 */
export async function openFile(file: File): Promise<Opened> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new AudioError(
      `The file ${file.name} cannot be read: it was moved or is not yours to open. Choose it again.`,
    );
  });
  let byBrowser = false;
  const stream = await openAudio(new Uint8Array(bytes), {
    platformDecode(given) {
      byBrowser = true;
      return platformDecode(given);
    },
  });
  const { sampleRate } = stream;
  const blocks: Float32Array[] = [];
  let length = 0;
  let pause = performance.now() + 30;
  for (const block of stream.blocks) {
    const mono = mixBlock(block);
    blocks.push(mono);
    length += mono.length;
    if (length > mostSamples) {
      const minutes = Math.floor(mostSamples / sampleRate / 60);
      throw new AudioError(`The file is longer than the ${minutes} minutes that fit in here. Cut it first.`);
    }
    if (performance.now() > pause) {
      // The page stays alive while a long file is read.
      await new Promise((resolve) => setTimeout(resolve));
      pause = performance.now() + 30;
    }
  }
  if (length === 0) throw new AudioError(noSamples(stream.format));
  const samples = joined(blocks, length);
  const notices = [...stream.notices, ...(byBrowser ? [decodedByBrowser] : []), ...shortNotice(length, sampleRate)];
  const audio = { samples, sampleRate };
  const seconds = length / sampleRate;
  if (seconds > longestClip) return { kind: 'long', name: file.name, seconds, audio, notices };
  return { kind: 'clip', clip: makeClip({ name: file.name, source: 'file', ...audio, notices }) };
}

/** The part of a long sound from the second `from` on, as long as a clip may be. */
export function partOf({ name, audio, seconds, notices }: LongSound, from: number): Clip {
  const { samples, sampleRate } = audio;
  const first = Math.round(Math.min(Math.max(from, 0), seconds - longestClip) * sampleRate);
  const part = samples.slice(first, first + longestClip * sampleRate);
  const start = first / sampleRate;
  const told = `Taken from ${formatTime(start)} to ${formatTime(start + part.length / sampleRate)} of ${name}.`;
  return makeClip({ name, source: 'file', samples: part, sampleRate, notices: [...notices, told] });
}

/** Minutes and seconds: "2:05". */
export function formatTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** What only the browser can read (M4A, WebM), at `platformRate`. */
async function platformDecode(bytes: Uint8Array): Promise<Recording> {
  const context = new OfflineAudioContext(1, 1, platformRate);
  const buffer = await context.decodeAudioData(bytes.buffer as ArrayBuffer);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index));
  return { channels, sampleRate: buffer.sampleRate };
}

function joined(blocks: readonly Float32Array[], length: number): Float32Array {
  const samples = new Float32Array(length);
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return samples;
}
