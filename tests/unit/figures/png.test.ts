import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/components/figures/png.ts';
import { packPixel } from '../../../src/components/plots/colour.ts';
import { createRaster, type Raster } from '../../../src/components/plots/raster.ts';

/** The pixels of a PNG without filters, read chunk by chunk. */
function decode(file: Uint8Array): { width: number; height: number; colourType: number; pixels: Uint32Array } {
  const view = new DataView(file.buffer, file.byteOffset);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at);
    chunks.set(String.fromCharCode(...file.subarray(at + 4, at + 8)), file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR') as Uint8Array;
  const [width, height] = [0, 4].map((at) => new DataView(header.buffer, header.byteOffset).getUint32(at));
  const rows = inflateSync(chunks.get('IDAT') as Uint8Array);
  const colourType = header[9];
  const step = colourType === 3 ? 1 : 4;
  const pixels = new Uint32Array(width * height);
  const bytes = new Uint8Array(pixels.buffer);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + step * width) + 1 + step * x;
      const index = rows[at];
      const rgba =
        step === 4
          ? rows.subarray(at, at + 4)
          : [...(chunks.get('PLTE') ?? []).slice(3 * index, 3 * index + 3), (chunks.get('tRNS') ?? [])[index]];
      bytes.set(rgba, 4 * (y * width + x));
    }
  }
  return { width, height, colourType, pixels };
}

describe('a PNG', () => {
  it.each([
    ['a palette', 3, 200],
    ['RGBA', 6, 300],
  ])('holds the very pixels, as %s', (_kind, colourType, colours) => {
    const raster: Raster = createRaster(25, 20);
    // Pixel 0 stays transparent.
    for (let i = 1; i < 500; i++) raster.pixels[i] = packPixel([(i % colours) & 255, (i % colours) >> 8, 7]);
    const file = encodePng(raster);
    expect([...file.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const read = decode(file);
    expect([read.width, read.height, read.colourType]).toEqual([25, 20, colourType]);
    expect(read.pixels).toEqual(raster.pixels);
  });
});
