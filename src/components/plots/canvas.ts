/** A canvas whose pixels are those of the screen. */

export interface CanvasSize {
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/**
 * Keeps a canvas as large, in device pixels, as the screen shows it, and calls `resized` when it has become so: soon
 * after the call, and whenever its size or the screen's pixel ratio changes. Returns a function that ends it.
 */
export function watchCanvas(canvas: HTMLCanvasElement, resized: (size: CanvasSize) => void): () => void {
  return watchSize(canvas, (size) => {
    if (canvas.width !== size.width) canvas.width = size.width;
    if (canvas.height !== size.height) canvas.height = size.height;
    resized(size);
  });
}

/** The same for any element: the size of a canvas that would fill it. */
export function watchSize(element: Element, resized: (size: CanvasSize) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    const exact = entry.devicePixelContentBoxSize?.[0];
    const ratio = devicePixelRatio;
    const width = wholePixels(entry.contentRect.width * ratio, exact?.inlineSize);
    const height = wholePixels(entry.contentRect.height * ratio, exact?.blockSize);
    if (width > 0 && height > 0) resized({ width, height, ratio });
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(element);
  }
  return () => observer.disconnect();
}

/**
 * A length in device pixels: the browser's exact count, which knows where the element begins within a pixel, unless it
 * is of another screen, as where a developer's tool imitates one.
 */
function wholePixels(length: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - length) <= 1 ? exact : Math.round(length);
}
