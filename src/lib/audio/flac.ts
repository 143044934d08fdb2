/**
 * FLAC (RFC 9639), native and in Ogg, decoded by our own code: 4 to 32 bits, 1 to 8 channels. A frame predicts each
 * sample from the ones before it and stores the error of the prediction in Rice codes, so that nothing is lost.
 *
 * Every frame carries checksums. A damaged one is left out, and silence stands in for it where the next frame's number
 * tells how much is missing.
 */
import { AudioError } from '../errors.ts';
import { BitReader } from './bits.ts';
import { type OggStream, oggNotices } from './ogg.ts';
import { type AudioStream, type Block, formatSeconds } from './stream.ts';

/** What the STREAMINFO block says of the whole file, RFC 9639 section 8.2. */
interface StreamInfo {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bits: number;
  /** Samples of a frame, where all frames but the last have as many. */
  readonly blockSize: number;
  /** Samples a channel; 0 where the encoder did not know. */
  readonly total: number;
}

interface FrameHeader {
  readonly blockSize: number;
  readonly sampleRate: number;
  /** 0 to 7: that many channels + 1; 8 left and side, 9 side and right, 10 mid and side. */
  readonly assignment: number;
  readonly bits: number;
  /** Number of the frame's first sample. */
  readonly first: number;
  /** Where the subframes begin. */
  readonly end: number;
}

const streamInfoLength = 34;
const longestGapSeconds = 60;

export function isFlac(bytes: Uint8Array): boolean {
  return startsWith(bytes, 'fLaC');
}

/** Whether an Ogg stream's first packet says that it holds FLAC. */
export function isOggFlac(packet: Uint8Array | undefined): boolean {
  return packet !== undefined && packet[0] === 0x7f && startsWith(packet.subarray(1), 'FLAC');
}

/** Opens a native FLAC file. Throws AudioError if its head is damaged. */
export function openFlac(bytes: Uint8Array): AudioStream {
  let info: StreamInfo | undefined;
  let offset = 4;
  for (let last = false; !last && offset + 4 <= bytes.length; ) {
    const length = (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3];
    last = (bytes[offset] & 0x80) !== 0;
    if ((bytes[offset] & 0x7f) === 0) info = readStreamInfo(bytes.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return openFrames(bytes.subarray(Math.min(offset, bytes.length)), info, 'FLAC', []);
}

/** Opens FLAC in an Ogg container. Throws AudioError if its head is damaged. */
export function openOggFlac(ogg: OggStream): AudioStream {
  const head = ogg.packets[0];
  // 0x7F "FLAC", version (2 bytes), number of header packets (2 bytes), "fLaC", block header (4 bytes), STREAMINFO.
  const info = readStreamInfo(head.subarray(17));
  const frames = ogg.packets.slice(1).filter((packet) => packet[0] === 0xff);
  const bytes = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  return openFrames(bytes, info, 'Ogg FLAC', oggNotices(ogg));
}

function readStreamInfo(block: Uint8Array): StreamInfo | undefined {
  if (block.length < streamInfoLength) return undefined;
  const smallest = (block[0] << 8) | block[1];
  const largest = (block[2] << 8) | block[3];
  const reader = new BitReader(block, 10);
  const sampleRate = reader.unsigned(20);
  const channels = reader.unsigned(3) + 1;
  const bits = reader.unsigned(5) + 1;
  const total = reader.unsigned(4) * 2 ** 32 + reader.unsigned(32);
  return { sampleRate, channels, bits, total, blockSize: smallest === largest ? largest : 0 };
}

function openFrames(bytes: Uint8Array, info: StreamInfo | undefined, format: string, notices: string[]): AudioStream {
  if (!info || info.sampleRate === 0 || info.bits < 4) {
    throw new AudioError(`The ${format} file has a damaged head and cannot be decoded. Copy or export it again.`);
  }
  const { sampleRate, channels, total } = info;

  function* blocks(): Generator<Block> {
    let damaged = 0;
    let origin: number | undefined;
    let done = 0;
    for (const { header, samples } of readFrames(bytes, info as StreamInfo)) {
      origin ??= header.first;
      const gap = header.first - origin - done;
      if (gap > 0 && gap < longestGapSeconds * sampleRate) {
        damaged += gap;
        done += gap;
        yield Array.from({ length: channels }, () => new Float32Array(gap));
      }
      done += header.blockSize;
      yield samples;
    }
    if (damaged > 0) {
      notices.push(`${formatSeconds(damaged / sampleRate)} of the recording are damaged: silence stands in for them.`);
    }
    if (done > 0 && done < total) {
      const [promised, held] = [total, done].map((length) => formatSeconds(length / sampleRate));
      notices.push(`The header promises ${promised}, but the file holds ${held}: these are used.`);
    }
  }
  return {
    format: `${format}, ${info.bits}-bit`,
    sampleRate,
    channelCount: channels,
    blocks: blocks(),
    notices,
  };
}

interface Frame {
  readonly header: FrameHeader;
  readonly samples: readonly Float32Array[];
}

/** Every sound frame whose checksums are right, in order. */
function* readFrames(bytes: Uint8Array, info: StreamInfo): Generator<Frame> {
  let at = 0;
  while (at + 5 < bytes.length) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return;
    const header = readHeader(bytes, at, info);
    const frame = header && readFrame(bytes, at, header, info);
    if (frame) {
      yield { header, samples: frame.samples };
      at = frame.end;
    } else {
      at++;
    }
  }
}

/** The frame header at `at`, RFC 9639 section 9.1, or undefined if there is none that fits the stream. */
function readHeader(bytes: Uint8Array, at: number, info: StreamInfo): FrameHeader | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xfe) !== 0xf8) return undefined;
  const reader = new BitReader(bytes, at + 2);
  const sizeCode = reader.unsigned(4);
  const rateCode = reader.unsigned(4);
  const assignment = reader.unsigned(4);
  const bitsCode = reader.unsigned(3);
  if (sizeCode === 0 || rateCode === 15 || assignment > 10 || bitsCode === 3 || reader.unsigned(1) === 1)
    return undefined;
  const number = readNumber(reader);
  const blockSize = readBlockSize(reader, sizeCode);
  const sampleRate = readSampleRate(reader, rateCode) ?? info.sampleRate;
  const bits = [info.bits, 8, 12, 0, 16, 20, 24, 32][bitsCode];
  const end = reader.position + 1;
  const channels = assignment < 8 ? assignment + 1 : 2;
  if (number === undefined || sampleRate !== info.sampleRate || bits !== info.bits || channels !== info.channels) {
    return undefined;
  }
  if (end > bytes.length || crc8(bytes, at, end - 1) !== bytes[end - 1]) return undefined;
  const variable = (bytes[at + 1] & 1) === 1;
  const first = variable ? number : number * (info.blockSize || blockSize);
  return { blockSize, sampleRate, assignment, bits, first, end };
}

/** A number of up to 36 bits in the manner of UTF-8, RFC 9639 section 9.1.5. */
function readNumber(reader: BitReader): number | undefined {
  const lead = reader.unsigned(8);
  if (lead < 0x80) return lead;
  const following = Math.clz32(~(lead << 24)) - 1;
  if (following < 1 || following > 6) return undefined;
  let value = lead & (0x3f >> following);
  for (let i = 0; i < following; i++) {
    const byte = reader.unsigned(8);
    if (byte >> 6 !== 2) return undefined;
    value = value * 64 + (byte & 63);
  }
  return value;
}

function readBlockSize(reader: BitReader, code: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 144 << code;
  if (code === 6) return reader.unsigned(8) + 1;
  if (code === 7) return reader.unsigned(16) + 1;
  return 1 << code;
}

function readSampleRate(reader: BitReader, code: number): number | undefined {
  if (code === 0) return undefined;
  if (code === 12) return reader.unsigned(8) * 1000;
  if (code === 13) return reader.unsigned(16);
  if (code === 14) return reader.unsigned(16) * 10;
  return [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000][code];
}

/** The samples of a frame, or undefined if it is damaged. */
function readFrame(
  bytes: Uint8Array,
  start: number,
  header: FrameHeader,
  info: StreamInfo,
): { samples: Float32Array[]; end: number } | undefined {
  const reader = new BitReader(bytes, header.end);
  const { assignment, blockSize } = header;
  const values: Float64Array[] = [];
  for (let channel = 0; channel < info.channels; channel++) {
    // The difference of two channels needs a bit more than each of them.
    const isSide = (assignment === 9 && channel === 0) || ((assignment === 8 || assignment === 10) && channel === 1);
    const subframe = readSubframe(reader, blockSize, info.bits + (isSide ? 1 : 0));
    if (!subframe || reader.overrun) return undefined;
    values.push(subframe);
  }
  reader.align();
  const end = reader.position + 2;
  if (end > bytes.length || crc16(bytes, start, end - 2) !== ((bytes[end - 2] << 8) | bytes[end - 1])) return undefined;
  if (assignment >= 8) undoStereo(assignment, values[0], values[1]);
  return { samples: values.map((channel) => toFloats(channel, 2 ** (1 - info.bits))), end };
}

function toFloats(values: Float64Array, scale: number): Float32Array {
  const samples = new Float32Array(values.length);
  for (let n = 0; n < values.length; n++) samples[n] = values[n] * scale;
  return samples;
}

/** Turns what was stored into left and right, in place. */
function undoStereo(assignment: number, a: Float64Array, b: Float64Array): void {
  for (let n = 0; n < a.length; n++) {
    if (assignment === 8) {
      b[n] = a[n] - b[n];
    } else if (assignment === 9) {
      a[n] += b[n];
    } else {
      // mid = floor((left + right) / 2), side = left − right: the lost bit of mid is the lowest of side.
      const sum = 2 * a[n] + Math.abs(b[n] % 2);
      const side = b[n];
      a[n] = (sum + side) / 2;
      b[n] = (sum - side) / 2;
    }
  }
}

/** One channel of a frame, RFC 9639 section 9.2, or undefined if it breaks the rules. */
function readSubframe(reader: BitReader, blockSize: number, frameBits: number): Float64Array | undefined {
  if (reader.unsigned(1) !== 0) return undefined;
  const type = reader.unsigned(6);
  const wasted = reader.unsigned(1) ? reader.unary() + 1 : 0;
  const bits = frameBits - wasted;
  if (bits < 1) return undefined;
  const samples = new Float64Array(blockSize);
  if (type === 0) {
    samples.fill(reader.signed(bits));
  } else if (type === 1) {
    for (let n = 0; n < blockSize; n++) samples[n] = reader.signed(bits);
  } else if (type >= 8 && type <= 12) {
    const coefficients = fixedPredictors[type - 8];
    if (!readPredicted(reader, samples, bits, coefficients.length, () => ({ coefficients, shift: 0 })))
      return undefined;
  } else if (type >= 32) {
    if (!readPredicted(reader, samples, bits, (type & 31) + 1, readCoefficients)) return undefined;
  } else {
    return undefined;
  }
  if (wasted > 0) {
    const scale = 2 ** wasted;
    for (let n = 0; n < blockSize; n++) samples[n] *= scale;
  }
  return samples;
}

/** The weights of the samples 1, 2, … places back in the fixed predictors of order 0 to 4. */
const fixedPredictors: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

interface Predictor {
  readonly coefficients: readonly number[];
  readonly shift: number;
}

function readCoefficients(reader: BitReader, order: number): Predictor | undefined {
  const precision = reader.unsigned(4) + 1;
  const shift = reader.signed(5);
  if (precision === 16 || shift < 0) return undefined;
  return { coefficients: Array.from({ length: order }, () => reader.signed(precision)), shift };
}

/** Warm-up samples, predictor, and residual: sample = residual + floor(Σ coefficient · earlier sample / 2^shift). */
function readPredicted(
  reader: BitReader,
  samples: Float64Array,
  bits: number,
  order: number,
  readPredictor: (reader: BitReader, order: number) => Predictor | undefined,
): boolean {
  if (order > samples.length) return false;
  for (let n = 0; n < order; n++) samples[n] = reader.signed(bits);
  const predictor = readPredictor(reader, order);
  if (!predictor || !readResidual(reader, samples, order)) return false;
  const { coefficients } = predictor;
  const scale = 2 ** -predictor.shift;
  for (let n = order; n < samples.length; n++) {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += coefficients[k] * samples[n - 1 - k];
    samples[n] += Math.floor(sum * scale);
  }
  return true;
}

/** Rice codes in partitions, RFC 9639 section 9.2.7, into the samples from `order` on. */
function readResidual(reader: BitReader, samples: Float64Array, order: number): boolean {
  const method = reader.unsigned(2);
  if (method > 1) return false;
  const parameterBits = 4 + method;
  const rawMark = 2 ** parameterBits - 1;
  const partitions = 1 << reader.unsigned(4);
  const partitionLength = samples.length / partitions;
  if (!Number.isInteger(partitionLength) || partitionLength < order) return false;
  let n = order;
  for (let partition = 1; partition <= partitions; partition++) {
    const end = partition * partitionLength;
    const parameter = reader.unsigned(parameterBits);
    if (parameter === rawMark) {
      const bits = reader.unsigned(5);
      for (; n < end; n++) samples[n] = bits === 0 ? 0 : reader.signed(bits);
    } else {
      const scale = 2 ** parameter;
      for (; n < end; n++) {
        const code = reader.unary() * scale + reader.unsigned(parameter);
        // Even codes are zero and above, odd ones below zero: 0, −1, 1, −2, 2, …
        samples[n] = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
      }
    }
    if (reader.overrun) return false;
  }
  return true;
}

/** Polynomial x^8 + x^2 + x + 1, of a frame's header. */
function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) {
    crc ^= bytes[i];
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff;
  }
  return crc;
}

const crc16Table = Uint16Array.from({ length: 256 }, (_, index) => {
  let crc = index << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x8005 : 0);
  return crc & 0xffff;
});

/** Polynomial x^16 + x^15 + x^2 + 1, of a whole frame. */
function crc16(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) crc = ((crc << 8) & 0xffff) ^ crc16Table[(crc >> 8) ^ bytes[i]];
  return crc;
}

function startsWith(bytes: Uint8Array, letters: string): boolean {
  return [...letters].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
