/**
 * Reading and writing WAV files: RIFF, RIFX (big-endian) and RF64/BW64 (beyond 4 GiB); linear PCM of 8 to 32 bits, 32 and
 * 64-bit floats, A-law and µ-law, plain or as WAVE_FORMAT_EXTENSIBLE; any number of channels. Sources: Microsoft and IBM,
 * Multimedia Programming Interface and Data Specifications 1.0 (1991); EBU Tech 3306 (RF64); ITU-T G.711.
 *
 * Recorders that were unplugged, streams and careless programs leave wrong sizes behind, so the header is believed only
 * as far as the file bears it out. What was mended is told in notices.
 */
import { AudioError } from '../errors.ts';
import type { Recording } from './clip.ts';
import {
  type AudioStream,
  type Block,
  checkSampleRate,
  collect,
  type DecodedAudio,
  formatSeconds,
  noSamples,
} from './stream.ts';
import { type SampleFormat, sampleFormat, sampleReader } from './wav-samples.ts';

const framesPerBlock = 65536;
/** A size field that says "not known". */
const unknownSize = 0xffffffff;

interface Format {
  readonly channels: number;
  readonly sampleRate: number;
  readonly sample: SampleFormat;
}

interface Data {
  readonly offset: number;
  /** What the header promises, bytes; undefined where it does not say. */
  readonly promised: number | undefined;
}

/** Whether the bytes begin as a WAV file does: RIFF, RIFX, RF64 or BW64, and WAVE. */
export function isWav(bytes: Uint8Array): boolean {
  return ['RIFF', 'RIFX', 'RF64', 'BW64'].includes(fourLetters(bytes, 0)) && fourLetters(bytes, 8) === 'WAVE';
}

/** A whole WAV file: every channel at the file's own rate. Throws AudioError, as openWav does. */
export function readWav(bytes: Uint8Array): DecodedAudio {
  return collect(openWav(bytes));
}

/**
 * Opens a WAV file for reading block by block.
 * @throws AudioError if it is no WAV file, its header is cut off, its format is none of those above, or it holds no sample
 */
export function openWav(bytes: Uint8Array): AudioStream {
  if (!isWav(bytes)) throw notWav(bytes);
  const littleEndian = fourLetters(bytes, 0) !== 'RIFX';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const notices: string[] = [];
  const { format, data } = readChunks(view, littleEndian, notices);
  const { channels, sampleRate, sample } = format;
  const name = `WAV, ${sample.name}`;

  const frameBytes = channels * sample.bytes;
  const available = bytes.length - data.offset;
  const used = data.promised === undefined ? available : Math.min(data.promised, available);
  const frames = Math.floor(used / frameBytes);
  if (frames === 0) throw new AudioError(noSamples(name));
  if (data.promised !== undefined && data.promised > available) {
    const promised = formatSeconds(data.promised / frameBytes / sampleRate);
    notices.push(
      `The header promises ${promised}, but the file holds ${formatSeconds(frames / sampleRate)}: these are used.`,
    );
  }

  function* blocks(): Generator<Block> {
    const read = sampleReader(sample, view, littleEndian);
    let damaged = 0;
    for (let frame = 0; frame < frames; frame += framesPerBlock) {
      const length = Math.min(framesPerBlock, frames - frame);
      yield Array.from({ length: channels }, (_, channel) => {
        const samples = new Float32Array(length);
        damaged += read(samples, data.offset + frame * frameBytes + channel * sample.bytes, frameBytes);
        return samples;
      });
    }
    if (damaged > 0) {
      notices.push(
        `${damaged} of ${frames * channels} samples are not finite numbers or beyond all bounds: they are taken as zero.`,
      );
    }
  }
  return { format: name, sampleRate, channelCount: channels, blocks: blocks(), notices };
}

/** Walks through the chunks until format and data are found. */
function readChunks(view: DataView, littleEndian: boolean, notices: string[]): { format: Format; data: Data } {
  let format: Format | undefined;
  let data: Data | undefined;
  let longSize: number | undefined;
  let offset = 12;
  while (offset + 8 <= view.byteLength && !(format && data)) {
    const name = fourLettersOf(view, offset);
    const size = view.getUint32(offset + 4, littleEndian);
    const body = offset + 8;
    if (name === 'ds64' && body + 16 <= view.byteLength) {
      longSize = Number(view.getBigUint64(body + 8, littleEndian));
    } else if (name === 'fmt ') {
      format = readFormat(view, body, size, littleEndian, notices);
    } else if (name === 'data') {
      data = { offset: body, promised: promisedSize(view, body, size, longSize, littleEndian) };
      // Data before the format is against the rules; with a size that leaves room, the format may still come.
      if (!format && data.promised === undefined) break;
    }
    offset = nextChunk(view, body, size);
  }
  if (!format) {
    if (view.byteLength < 44) {
      throw new AudioError(
        `The WAV header is cut off: the file has only ${view.byteLength} bytes. Copy or record the file again.`,
      );
    }
    throw new AudioError(
      'The WAV file has no "fmt " chunk, so its format is not known. Export it again as WAV, 16-bit PCM.',
    );
  }
  if (!data)
    throw new AudioError(
      'The WAV file has no "data" chunk: there is no sound in it. Record it again or choose another file.',
    );
  return { format, data };
}

/** The size of the sound in bytes, or undefined where the header leaves it open (a stream that was never closed). */
function promisedSize(
  view: DataView,
  body: number,
  size: number,
  longSize: number | undefined,
  littleEndian: boolean,
): number | undefined {
  if (size === unknownSize) return longSize;
  if (size > 0 || body >= view.byteLength) return size;
  // Zero: either there is no sound, and only further chunks follow, or the recorder never came to write the size.
  return holdsOnlyChunks(view, body, littleEndian) ? 0 : undefined;
}

function holdsOnlyChunks(view: DataView, from: number, littleEndian: boolean): boolean {
  let offset = from;
  while (offset + 8 <= view.byteLength) {
    if (!isChunkName(view, offset)) return false;
    offset = nextChunk(view, offset + 8, view.getUint32(offset + 4, littleEndian));
  }
  return offset >= view.byteLength;
}

/** Chunks of odd size are followed by a byte of padding, which some programs forget. */
function nextChunk(view: DataView, body: number, size: number): number {
  const end = body + size;
  if (size % 2 === 0) return end;
  return isChunkName(view, end) && !isChunkName(view, end + 1) ? end : end + 1;
}

function isChunkName(view: DataView, offset: number): boolean {
  if (offset + 4 > view.byteLength) return false;
  for (let i = 0; i < 4; i++) {
    const code = view.getUint8(offset + i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

function readFormat(view: DataView, body: number, size: number, littleEndian: boolean, notices: string[]): Format {
  if (size < 14 || body + Math.min(size, 16) > view.byteLength) {
    throw new AudioError(
      'The WAV header is cut off in the middle of its format. Copy or record the file again, or export it as WAV, 16-bit PCM.',
    );
  }
  const channels = view.getUint16(body + 2, littleEndian);
  const sampleRate = view.getUint32(body + 4, littleEndian);
  if (channels === 0) {
    throw new AudioError('The WAV header says that the file has 0 channels. Export it again, in mono or stereo.');
  }
  checkSampleRate(sampleRate);
  const blockAlign = view.getUint16(body + 12, littleEndian);
  const sample = sampleFormat({
    code: view.getUint16(body, littleEndian),
    bits: size >= 16 ? view.getUint16(body + 14, littleEndian) : (blockAlign / channels) * 8,
    channels,
    sampleRate,
    bytesPerSecond: view.getUint32(body + 8, littleEndian),
    blockAlign,
    extension:
      size >= 40 && body + 40 <= view.byteLength
        ? new DataView(view.buffer, view.byteOffset + body + 16, 24)
        : undefined,
    littleEndian,
  });
  if (blockAlign !== channels * sample.bytes) {
    notices.push(
      `The header gives ${blockAlign} bytes a frame where ${sample.name} in ${channels} channels takes ${channels * sample.bytes}: the latter is used.`,
    );
  }
  return { channels, sampleRate, sample };
}

function notWav(bytes: Uint8Array): AudioError {
  const kind = fourLetters(bytes, 0);
  if (kind === 'RIFF' || kind === 'RIFX' || kind === 'RF64') {
    return bytes.length < 12
      ? new AudioError(
          `The WAV header is cut off: the file has only ${bytes.length} bytes. Copy or record the file again.`,
        )
      : new AudioError('The file is a RIFF file, but not a WAV file. Choose a sound file.');
  }
  return new AudioError('The file is not a WAV file. Choose a sound file, or export this one as WAV.');
}

function fourLetters(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function fourLettersOf(view: DataView, offset: number): string {
  return fourLetters(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset);
}

/** How samples are stored by writeWav. 'pcm16' rounds and clips at full scale; 'float32' keeps every sample exactly. */
export type WavEncoding = 'pcm16' | 'float32';

/**
 * A WAV file of a recording: [channels, n] at its rate.
 * @throws AudioError if there is no channel, or the file would exceed the 4 GiB that its header can name
 */
export function writeWav(recording: Recording, encoding: WavEncoding = 'pcm16'): Uint8Array<ArrayBuffer> {
  const { channels, sampleRate } = recording;
  if (channels.length === 0) throw new AudioError('A recording without a channel cannot be written.');
  const float = encoding === 'float32';
  const bytes = float ? 4 : 2;
  const frames = channels[0].length;
  const frameBytes = channels.length * bytes;
  // Formats other than PCM carry the size of an (empty) extension and a fact chunk with the number of frames.
  const headerBytes = float ? 58 : 44;
  const dataBytes = frames * frameBytes;
  if (headerBytes + dataBytes > unknownSize) {
    throw new AudioError(`A WAV file cannot hold ${dataBytes} bytes of sound. Write a shorter piece.`);
  }
  const file = new Uint8Array(headerBytes + dataBytes);
  const view = new DataView(file.buffer);
  let at = 0;
  const letters = (text: string) => {
    for (const letter of text) view.setUint8(at++, letter.charCodeAt(0));
  };
  const uint16 = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const uint32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  letters('RIFF');
  uint32(file.length - 8);
  letters('WAVEfmt ');
  uint32(float ? 18 : 16);
  uint16(float ? 3 : 1);
  uint16(channels.length);
  uint32(sampleRate);
  uint32(sampleRate * frameBytes);
  uint16(frameBytes);
  uint16(bytes * 8);
  if (float) {
    uint16(0);
    letters('fact');
    uint32(4);
    uint32(frames);
  }
  letters('data');
  uint32(dataBytes);
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      if (float) view.setFloat32(at, channel[frame], true);
      else view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(channel[frame] * 32768))), true);
      at += bytes;
    }
  }
  return file;
}
