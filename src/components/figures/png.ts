/**
 * A raster as a PNG file: with a palette where 256 colours suffice, else RGBA. Runs at build time, in Node.
 * Source: Portable Network Graphics Specification, second edition (W3C, 2003).
 */
import { crc32, deflateSync } from 'node:zlib';
import type { Raster } from '@/components/plots/raster';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function encodePng(raster: Raster): Uint8Array<ArrayBuffer> {
  const { width, height, pixels } = raster;
  const colours = [...new Set(pixels)];
  const indexed = colours.length <= 256;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Bit depth 8; colour type 3 (palette) or 6 (RGBA); the only compression and filter method; no interlacing.
  header.set([8, indexed ? 3 : 6, 0, 0, 0], 8);
  const chunks = indexed
    ? [...palette(colours), rows(height, Uint8Array.from(pixels, indexIn(colours)))]
    : [rows(height, new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength))];
  return new Uint8Array(Buffer.concat([signature, chunk('IHDR', header), ...chunks, chunk('IEND', new Uint8Array())]));
}

/** Red, green and blue of each colour, and its alpha. */
function palette(colours: readonly number[]): Uint8Array[] {
  const bytes = [...new Uint8Array(Uint32Array.from(colours).buffer)];
  const isAlpha = (_byte: number, index: number) => index % 4 === 3;
  return [
    chunk('PLTE', Uint8Array.from(bytes.filter((byte, index) => !isAlpha(byte, index)))),
    chunk('tRNS', Uint8Array.from(bytes.filter(isAlpha))),
  ];
}

function indexIn(colours: readonly number[]): (pixel: number) => number {
  const indices = new Map(colours.map((colour, index) => [colour, index]));
  return (pixel) => indices.get(pixel) ?? 0;
}

/** The picture's rows, each after the number of its filter, 0 for none. */
function rows(height: number, bytes: Uint8Array): Uint8Array {
  const length = bytes.length / height;
  const filtered = new Uint8Array(height * (1 + length));
  for (let y = 0; y < height; y++) {
    filtered.set(bytes.subarray(y * length, (y + 1) * length), y * (1 + length) + 1);
  }
  return chunk('IDAT', deflateSync(filtered, { level: 9 }));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + data.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(new TextEncoder().encode(type), 4);
  whole.set(data, 8);
  view.setUint32(8 + data.length, crc32(whole.subarray(4, 8 + data.length)));
  return whole;
}
