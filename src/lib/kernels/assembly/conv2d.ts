// Convolution, one picture at a time: x [height, width, channels], y and dy [outHeight, outWidth, out], all row-major.
// An output pixel reads, for each row of the kernel, kernelWidth · channels numbers that lie side by side in x: a segment.
import { addRows, ENTRY, gather } from './rows';

/** Columns of weights that are kept side by side: as many sums as fit into the registers. */
const PANEL: i32 = 32;

/** Numbers of x that are read again and again while they are in the first cache: 16 kB. */
const BAND: i32 = 4096;

// @ts-ignore: decorator
@inline
function bytes(floats: i32): usize {
  return <usize>floats << 2;
}

/** [rows, columns] → panels of 32 columns, each [rows, 32]; the last panel may be partly unused. */
export function packPanels(from: usize, rows: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column += PANEL) {
    const width = min(PANEL, columns - column);
    for (let row = 0; row < rows; row++) {
      memory.copy(to, from + bytes(row * columns + column), bytes(width));
      to += bytes(PANEL);
    }
  }
}

/** [rows, columns] → [columns, rows]. */
export function transpose(from: usize, rows: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column++) {
    let source = from + bytes(column);
    for (let row = 0; row < rows; row++) {
      store<f32>(to, load<f32>(source));
      source += bytes(columns);
      to += 4;
    }
  }
}

/**
 * y = conv(x, w) + b. `panels`: w as [kernelHeight · kernelWidth · channels, out], packed. `list` has room for an entry
 * for each number of x, `starts` for an address for each pixel and one more. Padding needs no zeros: the kernel is cut
 * off at the picture's edge.
 */
export function conv2d(
  x: usize, panels: usize, b: usize, y: usize, list: usize, starts: usize,
  height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, out: i32,
  outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32, padTop: i32, padLeft: i32,
): void {
  // For each pixel, where its entries start; they are numbered by their place in the row of x.
  let entry = list;
  let start = starts;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      store<u32>(start, <u32>entry);
      start += 4;
      entry = gather(x, channels, 4, column * channels, 1, entry);
      x += bytes(channels);
    }
  }
  store<u32>(start, <u32>entry);

  const segment = kernelWidth * channels;
  for (let pixel = 0; pixel < outHeight * outWidth; pixel++) memory.copy(y + bytes(pixel * out), b, bytes(out));

  for (let column = 0; column < out; column += PANEL) {
    const columns = min(PANEL, out - column);
    for (let ky = 0; ky < kernelHeight; ky++) {
      for (let oy = 0; oy < outHeight; oy++) {
        const iy = oy * strideHeight - padTop + ky;
        if (iy < 0 || iy >= height) continue;
        const rowStarts = starts + bytes(iy * width);
        let sums = y + bytes(oy * outWidth * out + column);
        for (let ox = 0; ox < outWidth; ox++) {
          const ix = ox * strideWidth - padLeft;
          const from = load<u32>(rowStarts + bytes(max(0, min(ix, width))));
          const to = load<u32>(rowStarts + bytes(max(0, min(ix + kernelWidth, width))));
          addRows(from, to, panels + bytes((ky * segment - ix * channels) * PANEL), bytes(PANEL), sums, columns);
          sums += bytes(out);
        }
      }
    }
    panels += bytes(kernelHeight * segment * PANEL);
  }
}

/**
 * dx += the gradient with respect to x. `w`: [kernelHeight, out, kernelWidth · channels]. x and dx are padded already,
 * so that every segment lies within them: [.., width, channels]. `list` has room for an entry for each number of dy,
 * `starts` for an address for each pixel of dy and one more.
 */
export function conv2dBackwardInput(
  dy: usize, w: usize, dx: usize, list: usize, starts: usize,
  width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, out: i32,
  outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  let entry = list;
  let start = starts;
  for (let pixel = 0; pixel < outHeight * outWidth; pixel++) {
    store<u32>(start, <u32>entry);
    start += 4;
    entry = gather(dy, out, 4, 0, 1, entry);
    dy += bytes(out);
  }
  store<u32>(start, <u32>entry);

  const segment = kernelWidth * channels;
  for (let ky = 0; ky < kernelHeight; ky++) {
    start = starts;
    for (let oy = 0; oy < outHeight; oy++) {
      let sums = dx + bytes((oy * strideHeight + ky) * width * channels);
      for (let ox = 0; ox < outWidth; ox++) {
        addRows(load<u32>(start), load<u32>(start, 4), w, bytes(segment), sums, segment);
        sums += bytes(strideWidth * channels);
        start += 4;
      }
    }
    w += bytes(out * segment);
  }
}

/**
 * dw += the gradient with respect to w, as [out, kernelHeight, kernelWidth · channels]; db += that with respect to b.
 * x is padded already. It is read in bands of rows that stay in the first cache. `list` has room for an entry for each
 * pixel of dy.
 */
export function conv2dBackwardWeights(
  dy: usize, x: usize, dw: usize, db: usize, list: usize,
  width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, out: i32,
  outHeight: i32, outWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  const segment = kernelWidth * channels;
  const band = max(1, BAND / (width * channels * strideHeight));
  for (let from = 0; from < outHeight; from += band) {
    const to = min(from + band, outHeight);
    const pixels = dy + bytes(from * outWidth * out);
    for (let o = 0; o < out; o++) {
      // The segments of x are numbered from the band's first row by the pixel they start at.
      let end = list;
      let numbers = pixels + bytes(o);
      for (let oy = 0; oy < to - from; oy++) {
        end = gather(numbers, outWidth, bytes(out), oy * strideHeight * width, strideWidth, end);
        numbers += bytes(outWidth * out);
      }
      let sum = load<f32>(db + bytes(o));
      for (let entry = list; entry < end; entry += ENTRY) sum += load<f32>(entry, 4);
      store<f32>(db + bytes(o), sum);
      for (let ky = 0; ky < kernelHeight; ky++) {
        const rows = x + bytes((from * strideHeight + ky) * width * channels);
        addRows(list, end, rows, bytes(channels), dw + bytes((o * kernelHeight + ky) * segment), segment);
      }
    }
  }
}
