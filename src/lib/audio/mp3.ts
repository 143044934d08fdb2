/** MP3 (ISO/IEC 11172-3 and 13818-3, layer III): mpg123 compiled to WebAssembly, fed piece by piece. */
import { AudioError } from '../errors.ts';
import type { AudioStream, Block } from './stream.ts';

const bytesPerPiece = 32768;
/** How far into a file the first frame is looked for: recordings cut out of a stream begin in mid-frame. */
const searched = 8192;

interface FrameHeader {
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes to the next frame. */
  readonly length: number;
}

/** Whether an MP3 frame is found near the beginning, followed by a second one of the same rate (or by the end). */
export function isMp3(bytes: Uint8Array): boolean {
  return firstFrame(bytes) !== undefined;
}

/** Opens an MP3 file. Throws AudioError if no frame of it can be decoded. */
export async function openMp3(bytes: Uint8Array): Promise<AudioStream> {
  const frame = firstFrame(bytes);
  if (!frame) {
    throw new AudioError(
      'The MP3 file holds no sound that can be decoded. Copy or export it again, or convert it to WAV.',
    );
  }
  const { sampleRate, channels } = frame;
  const { decoder: createDecoder } = await import('@audio/decode-mp3');
  const decoder = await createDecoder();
  const notices: string[] = [];

  function* blocks(): Generator<Block> {
    try {
      for (let at = frame?.offset ?? 0; at < bytes.length; at += bytesPerPiece) {
        const decoded = decoder.decode(bytes.subarray(at, at + bytesPerPiece));
        if (decoded.channelData.length === 0 || decoded.channelData[0].length === 0) continue;
        if (decoded.sampleRate !== sampleRate) {
          notices.push(
            `The sample rate changes in mid-file from ${sampleRate} to ${decoded.sampleRate} Hz: the rest is left out.`,
          );
          return;
        }
        // The decoder gives two channels always; those of a mono file are the same.
        yield decoded.channelData.slice(0, channels);
      }
    } finally {
      decoder.free();
    }
  }
  return { format: 'MP3', sampleRate, channelCount: channels, blocks: blocks(), notices };
}

function firstFrame(bytes: Uint8Array): (FrameHeader & { offset: number }) | undefined {
  const end = Math.min(searched, bytes.length - 4);
  for (let offset = 0; offset <= end; offset++) {
    const header = readHeader(bytes, offset);
    if (!header) continue;
    const next = readHeader(bytes, offset + header.length);
    const alone = offset === 0 && offset + header.length >= bytes.length;
    if (alone || next?.sampleRate === header.sampleRate) return { ...header, offset };
  }
  return undefined;
}

/** Bit rates of layer III in kbit/s: MPEG-1, and MPEG-2 with its half rates. */
const bitRates = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** The layer III frame header at `offset`, or undefined if there is none. */
function readHeader(bytes: Uint8Array, offset: number): FrameHeader | undefined {
  if (bytes[offset] !== 0xff || (bytes[offset + 1] & 0xe0) !== 0xe0) return undefined;
  const version = (bytes[offset + 1] >> 3) & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
  const layer = (bytes[offset + 1] >> 1) & 3; // 1: layer III
  const rateIndex = bytes[offset + 2] >> 4;
  const frequencyIndex = (bytes[offset + 2] >> 2) & 3;
  if (version === 1 || layer !== 1 || rateIndex === 0 || rateIndex === 15 || frequencyIndex === 3) return undefined;
  const isMpeg1 = version === 3;
  const sampleRate = [44100, 48000, 32000][frequencyIndex] / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const bitRate = (isMpeg1 ? bitRates.mpeg1 : bitRates.mpeg2)[rateIndex] * 1000;
  const padding = (bytes[offset + 2] >> 1) & 1;
  const length = Math.floor(((isMpeg1 ? 144 : 72) * bitRate) / sampleRate) + padding;
  return { sampleRate, channels: bytes[offset + 3] >> 6 === 3 ? 1 : 2, length };
}
