/**
 * The Ogg container (RFC 3533): pages of a bit stream, taken apart into the codec's packets. Only the first logical
 * stream is read; a notice tells if there are others, side by side with it or after it.
 */

/** The packets of the first logical stream of an Ogg file. */
export interface OggStream {
  readonly packets: readonly Uint8Array[];
  /** The pages on which a packet ends, in order. */
  readonly pages: readonly PageEnd[];
  /** Whether the page that closes the stream is there. */
  readonly complete: boolean;
  /** How many pages were left out because their checksum was wrong. */
  readonly damagedPages: number;
  /** Whether the file holds other logical streams. */
  readonly others: boolean;
}

export interface PageEnd {
  /** How many packets have ended up to and including this page. */
  readonly packetsEnded: number;
  /** The granule position: for audio, the number of samples up to the last packet that ends here. */
  readonly granule: number;
}

interface Page {
  readonly serial: number;
  readonly granule: number;
  /** Whether it goes on with a packet of the page before, opens its stream, closes it. */
  readonly continues: boolean;
  readonly opens: boolean;
  readonly closes: boolean;
  /** The lengths of the segments; one of less than 255 bytes ends a packet. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
  /** 'cut' where the file ends in mid-page: the checksum cannot be checked, but the first packets may be whole. */
  readonly state: 'whole' | 'cut' | 'damaged';
}

const headerLength = 27;

export function isOgg(bytes: Uint8Array): boolean {
  return hasCapturePattern(bytes, 0);
}

/** Takes the first logical stream of an Ogg file apart. What does not look like a page is skipped. */
export function readOgg(bytes: Uint8Array): OggStream {
  const packets: Uint8Array[] = [];
  const pages: PageEnd[] = [];
  let serial: number | undefined;
  let complete = false;
  let damagedPages = 0;
  let others = false;
  /** The pieces of a packet that goes on beyond its page; undefined while its beginning is missing. */
  let pieces: Uint8Array[] | undefined;

  for (const page of readPages(bytes)) {
    if (page.state === 'damaged') {
      damagedPages++;
      pieces = undefined;
      continue;
    }
    if (page.state === 'cut' && page.serial !== serial) continue;
    serial ??= page.serial;
    if (complete || page.serial !== serial || (page.opens && pages.length > 0)) {
      others = true;
      if (complete) break;
      continue;
    }
    if (!page.continues) pieces = [];
    const before = packets.length;
    let from = 0;
    let to = 0;
    for (const length of page.lacing) {
      to += length;
      if (to > page.body.length) break;
      if (length === 255) continue;
      if (pieces) packets.push(join([...pieces, page.body.subarray(from, to)]));
      pieces = [];
      from = to;
    }
    if (from < to) pieces?.push(page.body.subarray(from, to));
    if (packets.length > before && page.state === 'whole') {
      pages.push({ packetsEnded: packets.length, granule: page.granule });
    }
    complete = page.closes && page.state === 'whole';
  }
  return { packets, pages, complete, damagedPages, others };
}

/** What a reader should know about a stream that is not as it should be. */
export function oggNotices(ogg: OggStream): string[] {
  const notices: string[] = [];
  const { damagedPages } = ogg;
  if (damagedPages > 0) {
    notices.push(
      damagedPages === 1
        ? 'One page of the file is damaged and was left out.'
        : `${damagedPages} pages of the file are damaged and were left out.`,
    );
  } else if (!ogg.complete) {
    notices.push('The file was cut off before its end: what is there is used.');
  }
  if (ogg.others) notices.push('The file holds more than one recording: the first is used.');
  return notices;
}

/** Everything that looks like a page, in order. */
function* readPages(bytes: Uint8Array): Generator<Page> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  for (;;) {
    offset = nextCapturePattern(bytes, offset);
    if (offset < 0) return;
    const start = offset + headerLength + bytes[offset + headerLength - 1];
    const lacing = bytes.subarray(offset + headerLength, start);
    const end = lacing.reduce((sum, length) => sum + length, start);
    const right = end <= bytes.length && checksum(bytes, offset, end) === view.getUint32(offset + 22, true);
    const flags = bytes[offset + 5];
    yield {
      serial: view.getUint32(offset + 14, true),
      granule: Number(view.getBigInt64(offset + 6, true)),
      continues: (flags & 1) !== 0,
      opens: (flags & 2) !== 0,
      closes: (flags & 4) !== 0,
      lacing,
      body: bytes.subarray(start, end),
      state: right ? 'whole' : end > bytes.length ? 'cut' : 'damaged',
    };
    // Where the sizes cannot be trusted, the next page may begin anywhere.
    offset = right ? end : offset + 4;
  }
}

/** Where the next "OggS" of version 0 stands with a whole page header, or −1. */
function nextCapturePattern(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x4f, from); at >= 0; at = bytes.indexOf(0x4f, at + 1)) {
    if (at + headerLength > bytes.length) return -1;
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
