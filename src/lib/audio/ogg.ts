/**
 * The Ogg container (RFC 3533): pages of a bit stream, taken apart into the codec's packets. Only the first logical
 * stream is read; further ones, side by side or one after the other, are counted so that a notice can say so.
 */

/** The packets of the first logical stream of an Ogg file. */
export interface OggStream {
  readonly packets: readonly Uint8Array[];
  /** Index of the first packet that ends on page `p`, for each page on which a packet ends, with that page's place. */
  readonly pages: readonly OggPage[];
  /** Whether the page that closes the stream is there. */
  readonly complete: boolean;
  /** Pages whose checksum was wrong: they are left out, with every packet they touch. */
  readonly damagedPages: number;
  /** Whether the file holds other logical streams. */
  readonly others: boolean;
}

export interface OggPage {
  /** How many packets have ended up to and including this page. */
  readonly packetsEnded: number;
  /** The granule position: for audio, the number of samples up to the last packet that ends here. */
  readonly granule: number;
}

const headerLength = 27;
const continued = 1;
const firstPage = 2;
const lastPage = 4;

export function isOgg(bytes: Uint8Array): boolean {
  return hasCapturePattern(bytes, 0);
}

/** Takes the first logical stream of an Ogg file apart. What does not look like a page is skipped. */
export function readOgg(bytes: Uint8Array): OggStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  const pages: OggPage[] = [];
  let serial = -1;
  let complete = false;
  let damagedPages = 0;
  let others = false;
  // The pieces of a packet that goes on beyond its page; undefined while its beginning is missing.
  let pieces: Uint8Array[] | undefined = [];

  let offset = 0;
  while (!complete || !others) {
    offset = nextPage(bytes, offset);
    if (offset < 0) break;
    const segmentCount = bytes[offset + headerLength - 1];
    const body = offset + headerLength + segmentCount;
    let end = body;
    for (let i = offset + headerLength; i < Math.min(body, bytes.length); i++) end += bytes[i];
    if (end > bytes.length || checksum(bytes, offset, end) !== view.getUint32(offset + 22, true)) {
      // Cut off, or damaged, or the four letters stood in the sound by chance: look for the next page.
      if (end <= bytes.length) damagedPages++;
      pieces = undefined;
      offset += 4;
      continue;
    }
    const flags = bytes[offset + 5];
    const pageSerial = view.getUint32(offset + 14, true);
    if (serial < 0) serial = pageSerial;
    if (complete || pageSerial !== serial) {
      others = true;
      offset = end;
      continue;
    }
    if ((flags & firstPage) !== 0 && pages.length > 0) {
      others = true;
      break;
    }
    if ((flags & continued) === 0) pieces = [];
    else if (pieces?.length === 0) pieces = undefined;
    let at = body;
    let from = body;
    let ended = false;
    for (let i = 0; i < segmentCount; i++) {
      const lacing = bytes[offset + headerLength + i];
      at += lacing;
      if (lacing === 255) continue;
      if (pieces) {
        pieces.push(bytes.subarray(from, at));
        packets.push(join(pieces));
        ended = true;
      }
      pieces = [];
      from = at;
    }
    if (from < at && pieces) pieces.push(bytes.subarray(from, at));
    if (ended) {
      pages.push({ packetsEnded: packets.length, granule: Number(view.getBigInt64(offset + 6, true)) });
    }
    if ((flags & lastPage) !== 0) complete = true;
    offset = end;
  }
  return { packets, pages, complete, damagedPages, others };
}

/** What a reader should know about a stream that is not as it should be. */
export function oggNotices(ogg: OggStream): string[] {
  const notices: string[] = [];
  if (ogg.damagedPages > 0) notices.push(`${ogg.damagedPages} pages of the file are damaged and were left out.`);
  else if (!ogg.complete) notices.push('The file was cut off before its end: what is there is used.');
  if (ogg.others) notices.push('The file holds more than one recording: the first is used.');
  return notices;
}

function nextPage(bytes: Uint8Array, from: number): number {
  for (let at = from; at + headerLength <= bytes.length; at++) {
    at = bytes.indexOf(0x4f, at);
    if (at < 0 || at + headerLength > bytes.length) return -1;
    if (hasCapturePattern(bytes, at) && bytes[at + 4] === 0) return at;
  }
  return -1;
}

/** "OggS" */
function hasCapturePattern(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x4f && bytes[at + 1] === 0x67 && bytes[at + 2] === 0x67 && bytes[at + 3] === 0x53;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0];
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** CRC-32 of a page, polynomial 0x04c11db7, most significant bit first, with its own field taken as zero. */
function checksum(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) {
    const byte = i >= from + 22 && i < from + 26 ? 0 : bytes[i];
    crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ byte];
  }
  return crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});
