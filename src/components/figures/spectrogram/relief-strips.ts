/** The landscape's strips as paths and colours, made once for a spectrogram; a turn only maps them anew. */
import { type Cells, valueAt } from '@/components/plots/cells';
import { type ColourTable, colourOf, cssColour } from '@/components/plots/colour';
import { blockMaxima } from './relief.ts';

export interface Strip {
  /** From the floor to the levels and back, in a box of 1 × 1: x runs along the strip, y up. */
  readonly body: Path2D;
  /** Its upper edge alone. */
  readonly crest: Path2D;
  readonly fill: CanvasGradient;
}

export interface Strips {
  /** Along time, one for each frequency from the lowest. */
  readonly time: readonly Strip[];
  /** Along frequency, one for each time from the first. */
  readonly frequency: readonly Strip[];
}

/** So many strips, and points of a strip, are drawn at the most: a longer clip is drawn more coarsely, not more slowly. */
const mostStrips = 72;
const mostPoints = 144;

/**
 * @param context makes the gradients
 * @param lowest the level of the floor, dB; 0 dB is the top
 */
export function stripsOf(
  context: CanvasRenderingContext2D,
  cells: Cells,
  lowest: number,
  colours: ColourTable,
): Strips {
  const level = (value: number) => Math.min(1, Math.max(0, 1 - value / lowest));
  const css = Array.from({ length: 65 }, (_, i) => cssColour(colourOf(i, { table: colours, low: 0, high: 64 })));
  const strip = (levels: readonly number[]): Strip => {
    const fill = context.createLinearGradient(0, 0, 1, 0);
    const crest = new Path2D();
    crest.moveTo(0, levels[0]);
    levels.forEach((height, i) => {
      const along = (i + 0.5) / levels.length;
      crest.lineTo(along, height);
      fill.addColorStop(along, css[Math.round(64 * height)]);
    });
    crest.lineTo(1, levels[levels.length - 1]);
    const body = new Path2D(crest);
    body.lineTo(1, 0);
    body.lineTo(0, 0);
    body.closePath();
    return { body, crest, fill };
  };
  const alongTime = blockMaxima(cells, mostPoints, mostStrips);
  const alongFrequency = blockMaxima(cells, mostStrips, mostPoints);
  return {
    time: Array.from({ length: alongTime.frequencies }, (_, f) =>
      strip(Array.from({ length: alongTime.times }, (_t, t) => level(valueAt(alongTime, t, f)))),
    ),
    frequency: Array.from({ length: alongFrequency.times }, (_, t) =>
      strip(Array.from({ length: alongFrequency.frequencies }, (_f, f) => level(valueAt(alongFrequency, t, f)))),
    ),
  };
}
