import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { inKilohertz, shownRange } from '@/components/chapter/SpectrogramPlot';
import { Axis } from '@/components/plots/Axis';
import { binScale, type CellScale, frameScale } from '@/components/plots/cell-scale';
import type { ColourScale } from '@/components/plots/colour';
import { melAxis } from '@/components/plots/mel-scale';
import type { Paint } from '@/components/plots/Picture';
import type { Palette } from '@/components/plots/palette';
import { pointing } from '@/components/plots/pointing';
import { paintCells, wholeOf } from '@/components/plots/raster';
import type { Bands } from '@/workers/lab/mel-calls';

export type Grid = Pick<Bands, 'settings' | 'frames' | 'bands'>;

interface Props {
  /** Undefined until the first is computed. */
  readonly grid: Grid | undefined;
  readonly paint: Paint | undefined;
  /** The picture made at build time that stands until then. */
  readonly still: string;
  readonly themed?: boolean;
  readonly label: string;
  /** Drawn over the picture: cursors, marks. */
  readonly children?: ComponentChildren;
  readonly class?: string;
  /** About so many ticks of time. */
  readonly wanted?: number;
  /** Hears where the picture is pressed, from its left and top edge, 0 to 1. */
  readonly onPoint?: (x: number, y: number) => void;
}

export function timeScale({ settings: { stft, sampleRate }, frames }: Grid): CellScale {
  return frameScale(frames, stft, sampleRate);
}

/** A function that paints values of [frames, rows]. */
export function paintRows(values: Float32Array, frames: number, scale: (colours: Palette) => ColourScale): Paint {
  const rows = values.length / frames;
  const cells = { data: values, times: frames, frequencies: rows, offset: 0, timeStride: rows, frequencyStride: 1 };
  return (raster, colours) => paintCells(raster, wholeOf(raster), cells, scale(colours));
}

/** A function that paints decibels below the strongest cell. */
export function paintBelow({ decibels, frames }: { readonly decibels: Float32Array; readonly frames: number }): Paint {
  return paintRows(decibels, frames, ({ sequential }) => ({ table: sequential, low: -shownRange, high: 0 }));
}

/** A picture of bands with its axes: round hertz at their mel places, or evenly spaced bins where there are no filters. */
export function MelPlot({
  grid,
  paint,
  still,
  themed = false,
  label,
  children,
  class: name = 'tall',
  wanted = 5,
  onPoint,
}: Props) {
  const filters = grid?.settings.mel;
  const axis = useMemo(() => (filters ? melAxis(filters) : undefined), [filters]);
  return (
    <div class="plot">
      <div class={`pic ${onPoint ? 'touchable ' : ''}${name}`} {...(onPoint ? pointing(onPoint) : {})}>
        <LivePicture still={still} themed={themed} label={label} paint={paint} />
        {children}
      </div>
      {grid && (
        <>
          {axis ? (
            <Axis side="left" scale={axis.scale} unit="kHz" ticks={axis.ticks.map(axis.toMel)} write={axis.write} />
          ) : (
            <Axis
              side="left"
              scale={inKilohertz(binScale(grid.bands, grid.settings.stft.nFft, grid.settings.sampleRate))}
              unit="kHz"
              wanted={5}
            />
          )}
          <Axis side="bottom" scale={timeScale(grid)} unit="s" wanted={wanted} name="time" />
        </>
      )}
    </div>
  );
}
