import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { inKilohertz, scalesOf, shownRange } from '@/components/chapter/SpectrogramPlot';
import { type CanvasSize, watchCanvas } from '@/components/plots/canvas';
import { palette } from '@/components/plots/palette';
import type { DecibelPicture } from '@/workers/lab/spectrogram-calls';
import { drawRelief } from './draw-relief.ts';
import { project, type View } from './relief.ts';
import { reliefAxes } from './relief-axes.ts';
import { stripsOf } from './relief-strips.ts';

interface Props {
  readonly picture: DecibelPicture;
  readonly view: View;
  /** What it shows, in words. */
  readonly label: string;
}

/** Around the landscape, for what is written there, CSS pixels. */
const free = { aside: 44, above: 26 };

/** The landscape on a canvas, drawn anew when the view, the data, the size or the theme change. */
export function ReliefCanvas({ picture, view, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<CanvasSize>();
  const colours = palette.value;
  const { turn, tilt } = view;

  useEffect(() => (canvas.current ? watchCanvas(canvas.current, setSize) : undefined), []);

  const ready = size !== undefined;
  const strips = useMemo(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !colours || !ready) return undefined;
    const { decibels: data, frames, bins } = picture;
    const cells = { data, times: frames, frequencies: bins, offset: 0, timeStride: bins, frequencyStride: 1 };
    return stripsOf(context, cells, -shownRange, colours.sequential);
  }, [picture, colours, ready]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !size || !strips) return;
    const { width, height, ratio } = size;
    const projection = project({ turn, tilt }, { width: width / ratio, height: height / ratio, ...free });
    const { time, frequency } = scalesOf(picture);
    const axes = reliefAxes(projection, { time, frequency: inKilohertz(frequency), lowest: -shownRange });
    const style = getComputedStyle(context.canvas);
    const token = (name: string) => style.getPropertyValue(name).trim();
    drawRelief(
      context,
      projection,
      strips,
      axes,
      {
        floor: token('--seq-0'),
        crest: token('--relief-crest'),
        ink: token('--ink'),
        muted: token('--ink-muted'),
        rule: token('--rule'),
        font: `12px ${style.fontFamily}`,
      },
      ratio,
    );
  }, [size, strips, picture, turn, tilt]);

  return <canvas ref={canvas} role="img" aria-label={label} />;
}
