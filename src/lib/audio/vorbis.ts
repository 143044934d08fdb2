/** Ogg Vorbis: libvorbis compiled to WebAssembly, fed piece by piece. */
import { AudioError } from '../errors.ts';
import { type OggStream, oggNotices } from './ogg.ts';
import type { AudioStream, Block } from './stream.ts';

const bytesPerPiece = 65536;

export function isVorbis(packet: Uint8Array | undefined): boolean {
  return packet !== undefined && packet[0] === 1 && String.fromCharCode(...packet.subarray(1, 7)) === 'vorbis';
}

/**
 * Opens a Vorbis file.
 * @param ogg the same bytes, taken apart: its first packet has the facts (Vorbis I specification, section 4.2.2)
 * @throws AudioError if its head is damaged
 */
export async function openVorbis(bytes: Uint8Array, ogg: OggStream): Promise<AudioStream> {
  const head = ogg.packets[0];
  const channelCount = head[11] ?? 0;
  const sampleRate = head.length < 16 ? 0 : new DataView(head.buffer, head.byteOffset).getUint32(12, true);
  if (channelCount === 0 || sampleRate === 0) {
    throw new AudioError(
      'The Vorbis file has a damaged head and cannot be decoded. Export it again, or as WAV or FLAC.',
    );
  }
  const { decoder: createDecoder } = await import('@audio/decode-vorbis');
  const decoder = await createDecoder();

  function* blocks(): Generator<Block> {
    try {
      for (let at = 0; at < bytes.length; at += bytesPerPiece) {
        const { channelData } = decoder.decode(bytes.subarray(at, at + bytesPerPiece));
        if (channelData.length === channelCount) yield channelData;
      }
      const { channelData } = decoder.flush();
      if (channelData.length === channelCount) yield channelData;
    } finally {
      decoder.free();
    }
  }
  return { format: 'Ogg Vorbis', sampleRate, channelCount, blocks: blocks(), notices: oggNotices(ogg) };
}
