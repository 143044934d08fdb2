/**
 * Ogg Opus (RFC 7845): our own reading of the container, libopus compiled to WebAssembly for the packets. Opus always
 * decodes at 48 kHz, whatever rate it was recorded at. The first `preSkip` samples, which the decoder needs to get
 * going, are dropped, and the end is cut where the last page says, so that a recording comes out as long as it went in.
 * Several channels come in the order of Vorbis: left, centre, right, …
 */
import { AudioError } from '../errors.ts';
import { type OggStream, oggNotices } from './ogg.ts';
import type { AudioStream, Block } from './stream.ts';

const opusRate = 48000;
/** Packets decoded at a time: 2 s of the usual 20 ms packets. */
const packetsPerBlock = 100;

interface OpusHead {
  readonly channels: number;
  readonly preSkip: number;
  /** Q7.8 decibels. */
  readonly outputGain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: readonly number[];
}

export function isOpus(packet: Uint8Array | undefined): boolean {
  return packet !== undefined && String.fromCharCode(...packet.subarray(0, 8)) === 'OpusHead';
}

/** Opens an Opus stream. Throws AudioError if its head is damaged. */
export async function openOpus(ogg: OggStream): Promise<AudioStream> {
  const head = readHead(ogg.packets[0]);
  const { createOpusDecoder } = await import('@audio/decode-opus/core');
  const decoder = await createOpusDecoder();
  const notices = oggNotices(ogg);
  const packets = ogg.packets.slice(2);
  const { skip, keep } = trim(ogg, head.preSkip);

  function* blocks(): Generator<Block> {
    let errors = 0;
    let toSkip = skip;
    let left = keep;
    try {
      decoder.configure({
        sampleRate: opusRate,
        ...head,
        channelMappingTable: [...head.channelMappingTable],
        preSkip: 0,
      });
      for (let at = 0; at < packets.length && left > 0; at += packetsPerBlock) {
        const decoded = decoder.decodeFrames(packets.slice(at, at + packetsPerBlock));
        errors += decoded.errors.length;
        const from = Math.min(toSkip, decoded.samplesDecoded);
        const to = Math.min(decoded.samplesDecoded, from + left);
        toSkip -= from;
        left -= to - from;
        if (to > from) yield decoded.channelData.map((channel) => channel.subarray(from, to));
      }
    } finally {
      decoder.free();
    }
    if (errors > 0) {
      notices.push(`${errors} of ${packets.length} packets of the file are damaged and were left out.`);
    }
  }
  return { format: 'Ogg Opus', sampleRate: opusRate, channelCount: head.channels, blocks: blocks(), notices };
}

/** The identification header, RFC 7845 section 5.1. */
function readHead(packet: Uint8Array): OpusHead {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const channels = packet[9];
  const family = packet[18];
  const length = family === 0 ? 19 : 21 + channels;
  if (packet.length < length || packet[8] >= 16 || channels === 0 || (family === 0 && channels > 2)) {
    throw new AudioError('The Opus file has a damaged head and cannot be decoded. Export it again, or as WAV or FLAC.');
  }
  const common = { channels, preSkip: view.getUint16(10, true), outputGain: view.getInt16(16, true) };
  if (family === 0) {
    const channelMappingTable = channels === 2 ? [0, 1] : [0];
    return { ...common, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable };
  }
  return {
    ...common,
    streamCount: packet[19],
    coupledStreamCount: packet[20],
    channelMappingTable: [...packet.subarray(21, 21 + channels)],
  };
}

/** How many decoded samples to drop at the beginning and how many to keep after them. */
function trim(ogg: OggStream, preSkip: number): { skip: number; keep: number } {
  const last = ogg.pages.at(-1);
  // A file without its closing page was cut off: all that is there counts.
  if (!last || !ogg.complete || ogg.damagedPages > 0) return { skip: preSkip, keep: Number.POSITIVE_INFINITY };
  // A recording cut out of a longer one starts at a granule above zero: that of its first page less what the page holds.
  const firstAudio = ogg.pages.find((page) => page.packetsEnded > 2 && page.granule > 0);
  let origin = 0;
  if (firstAudio && firstAudio !== last) {
    let held = 0;
    for (let i = 2; i < firstAudio.packetsEnded; i++) held += packetDuration(ogg.packets[i]);
    origin = Math.max(0, firstAudio.granule - held);
  }
  return { skip: preSkip, keep: Math.max(0, last.granule - origin - preSkip) };
}

/** Samples at 48 kHz in an Opus packet, RFC 6716 section 3.1. */
function packetDuration(packet: Uint8Array): number {
  if (packet.length === 0) return 0;
  const configuration = packet[0] >> 3;
  const code = packet[0] & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 63 : 2;
  if (configuration < 12) return frames * [480, 960, 1920, 2880][configuration & 3];
  if (configuration < 16) return frames * [480, 960][configuration & 1];
  return frames * [120, 240, 480, 960][configuration & 3];
}
