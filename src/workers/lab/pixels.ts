/** Which cells lie under which pixels, along one axis of a picture. */

/** A canvas, in device pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export interface CellsOfPixels {
  /** For each pixel, the first cell under it, and the one after the last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
}

/** For each pixel along an axis, the cells under it: one where pixels are plenty, several where they are few. */
export function cellsOfPixels(cells: number, pixels: number): CellsOfPixels {
  const first = new Int32Array(pixels);
  const end = new Int32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (pixels >= cells) {
      first[pixel] = Math.floor(((pixel + 0.5) * cells) / pixels);
      end[pixel] = first[pixel] + 1;
    } else {
      first[pixel] = Math.floor((pixel * cells) / pixels);
      end[pixel] = Math.floor(((pixel + 1) * cells) / pixels);
    }
  }
  return { first, end };
}
