import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { inKilohertz, scalesOf, shownRange } from '@/components/chapter/SpectrogramPlot';
import { type CanvasSize, watchCanvas } from '@/components/plots/canvas';
import { parseHex } from '@/components/plots/colour';
import { palette } from '@/components/plots/palette';
import { createRaster } from '@/components/plots/raster';
import type { DecibelPicture } from '@/workers/lab/spectrogram-calls';
import { project, type View } from './relief.ts';
import { reliefAxes } from './relief-axes.ts';
import { drawFrame } from './relief-frame.ts';
import { crestOf, landscapeOf, paintRelief } from './relief-raster.ts';

interface Props {
  readonly picture: DecibelPicture;
  readonly view: View;
  /** What it shows, in words. */
  readonly label: string;
}

/** Around the landscape, for what is written there, CSS pixels. */
const aside = 44;
const above = 26;

/** The landscape on a canvas, drawn anew when the view, the data, the size or the theme change. */
export function ReliefCanvas({ picture, view, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<CanvasSize>();
  const colours = palette.value;
  const { turn, tilt } = view;

  useEffect(() => (canvas.current ? watchCanvas(canvas.current, setSize) : undefined), []);

  const landscape = useMemo(() => {
    const { decibels: data, frames, bins } = picture;
    const cells = { data, times: frames, frequencies: bins, offset: 0, timeStride: bins, frequencyStride: 1 };
    return landscapeOf(cells, -shownRange);
  }, [picture]);

  const crest = useMemo(() => colours && crestOf(colours.sequential, parseHex(colours.sootInk)), [colours]);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !size || !colours || !crest) return;
    const { width, height, ratio } = size;
    const view = { turn, tilt };
    const raster = createRaster(width, height);
    const pixels = project(view, { width, height, aside: aside * ratio, above: above * ratio });
    const line = Math.max(1, Math.round(ratio / 2));
    paintRelief(raster, pixels, landscape, { table: colours.sequential, crest, line });
    const bytes = new Uint8ClampedArray(raster.pixels.buffer as ArrayBuffer);
    context.putImageData(new ImageData(bytes, width, height), 0, 0);

    const projection = project(view, { width: width / ratio, height: height / ratio, aside, above });
    const { time, frequency } = scalesOf(picture);
    const axes = reliefAxes(projection, { time, frequency: inKilohertz(frequency), lowest: -shownRange });
    const style = getComputedStyle(context.canvas);
    const token = (name: string) => style.getPropertyValue(name).trim();
    drawFrame(
      context,
      projection,
      axes,
      {
        floor: token('--seq-0'),
        ink: token('--ink'),
        muted: token('--ink-muted'),
        rule: token('--rule'),
        font: `12px ${style.fontFamily}`,
      },
      ratio,
    );
  }, [size, landscape, picture, colours, crest, turn, tilt]);

  return <canvas ref={canvas} role="img" aria-label={label} />;
}
