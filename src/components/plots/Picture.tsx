import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type CanvasSize, watchCanvas } from './canvas.ts';
import { type Palette, palette } from './palette.ts';
import { createRaster, type Raster } from './raster.ts';

/** Paints a picture into a raster of device pixels; `ratio` device pixels make a CSS pixel. */
export type Paint = (raster: Raster, colours: Palette, ratio: number) => void;

interface Props {
  /** What the picture shows, in words; it follows the data. */
  label: string;
  /** Keep it the same function while the data are the same: a new one paints anew. */
  paint: Paint;
  class?: string;
}

/** A canvas of cells: painted to the device pixel, and anew when its size, the theme or the data change. */
export function Picture({ label, paint, class: name }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<CanvasSize>();
  const colours = palette.value;

  useEffect(() => (canvas.current ? watchCanvas(canvas.current, setSize) : undefined), []);

  // Before the frame in which everything around it changes, not after it.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !size || !colours) return;
    const raster = createRaster(size.width, size.height);
    paint(raster, colours, size.ratio);
    const bytes = new Uint8ClampedArray(raster.pixels.buffer as ArrayBuffer);
    context.putImageData(new ImageData(bytes, raster.width, raster.height), 0, 0);
  }, [size, colours, paint]);

  return <canvas ref={canvas} class={name} role="img" aria-label={label} />;
}
