import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Axis } from '@/components/plots/Axis';
import { type CanvasSize, watchSize } from '@/components/plots/canvas';
import { binScale, type CellScale, frameScale } from '@/components/plots/cell-scale';
import type { Paint } from '@/components/plots/Picture';
import { pointing } from '@/components/plots/pointing';
import { paintCells, wholeOf } from '@/components/plots/raster';
import type { Scales } from '@/components/plots/stage-scales';
import type { LookPicture } from '@/workers/lab/look';
import type { DecibelPicture } from '@/workers/lab/spectrogram-calls';
import { LivePicture } from './LivePicture.tsx';

/** What is shown of a spectrogram, dB below its strongest cell. */
export const shownRange = 70;

type Drawn = Pick<DecibelPicture, 'decibels' | 'frames' | 'bins'> & Partial<Pick<LookPicture, 'columns' | 'rows'>>;

interface Props {
  /** Undefined until the first is computed. */
  readonly picture: DecibelPicture | LookPicture | undefined;
  /** The picture made at build time that stands until then. */
  readonly still: string;
  /** See LivePicture. */
  readonly first?: boolean;
  /** The clip's name and what to see in it, in words. */
  readonly label: string;
  /** Drawn over the picture: cursors, marks. */
  readonly children?: ComponentChildren;
  /** A class that gives the picture its height; `tall` without it. */
  readonly class?: string;
  /** Hears where the picture is touched, in shares of its width and of its height from the top. */
  readonly onPoint?: (x: number, y: number) => void;
  /** Hears how many pixels the picture has, as a look needs to know. Keep it the same function. */
  readonly onSize?: (size: CanvasSize) => void;
}

/** Where the columns and rows of a spectrogram lie. */
export function scalesOf({
  options,
  sampleRate,
  frames,
  bins,
}: Pick<DecibelPicture, 'options' | 'sampleRate' | 'frames' | 'bins'>): Scales {
  return {
    time: frameScale(frames, options, sampleRate),
    frequency: binScale(bins, options.nFft, sampleRate),
  };
}

/** A function that paints a spectrogram, or a look at one, in magma. */
export function paintDecibels({ decibels, frames, bins, columns = frames, rows = bins }: Drawn): Paint {
  const cells = { data: decibels, times: columns, frequencies: rows, offset: 0, timeStride: rows, frequencyStride: 1 };
  return (raster, { sequential }) =>
    paintCells(raster, wholeOf(raster), cells, { table: sequential, low: -shownRange, high: 0 });
}

/** A spectrogram with its axes, in seconds and kilohertz. */
export function SpectrogramPlot({
  picture,
  still,
  first,
  label,
  children,
  class: name = 'tall',
  onPoint,
  onSize,
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current && onSize ? watchSize(box.current, onSize) : undefined), [onSize]);
  const paint = useMemo(() => picture && paintDecibels(picture), [picture]);
  const scales = picture && scalesOf(picture);
  return (
    <div class="plot">
      <div ref={box} class={onPoint ? `pic touchable ${name}` : `pic ${name}`} {...(onPoint && pointing(onPoint))}>
        <LivePicture still={still} first={first} label={label} paint={paint} />
        {children}
      </div>
      {scales && (
        <>
          <Axis side="left" scale={inKilohertz(scales.frequency)} unit="kHz" wanted={4} />
          <Axis side="bottom" scale={scales.time} unit="s" wanted={6} name="time" />
        </>
      )}
    </div>
  );
}

export function inKilohertz({ count, first, step }: CellScale): CellScale {
  return { count, first: first / 1000, step: step / 1000 };
}
