/** The axes of the landscape: which of its edges carry them, and where their ticks and words stand. */
import { type CellScale, edgesOf, placeOf } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { roundTicks } from '@/components/plots/ticks';
import { nearEnd, type Place, type Projection, pointOf } from './relief.ts';

type Point = readonly [number, number];

export interface ReliefAxis {
  /** The edge of the box that carries it. */
  readonly edge: readonly [Point, Point];
  /** Where each tick begins on the edge, and what is written outside it. */
  readonly ticks: readonly { readonly at: Point; readonly text: string }[];
  /** The direction outwards, away from the box, of length 1. */
  readonly outwards: Point;
  /** Stands beside the middle of the edge. */
  readonly name: string;
}

interface Scales {
  readonly time: CellScale;
  /** kHz */
  readonly frequency: CellScale;
  /** The lowest level shown, dB; the highest is 0. */
  readonly lowest: number;
}

/** Time and frequency run along the two nearer edges of the floor; the levels stand on the leftmost corner. */
export function reliefAxes(projection: Projection, { time, frequency, lowest }: Scales): readonly ReliefAxis[] {
  const near = { time: nearEnd(projection.time), frequency: nearEnd(projection.frequency) };
  const at = (place: Partial<Place>) => pointOf(projection, { time: 0, frequency: 0, level: 0, ...place });
  const left = {
    time: projection.time.x > 0 ? 0 : 1,
    frequency: projection.frequency.x > 0 ? 0 : 1,
  };
  const centre = at({ time: 0.5, frequency: 0.5 });
  return [
    {
      edge: [at({ time: 0, frequency: near.frequency }), at({ time: 1, frequency: near.frequency })],
      ticks: roundTicks(...edgesOf(time), 5).map((value, index, { length }) => ({
        at: at({ time: placeOf(time, value), frequency: near.frequency }),
        text: formatNumber(value, index === length - 1 ? { unit: 's' } : {}),
      })),
      outwards: direction(centre, at({ time: 0.5, frequency: near.frequency })),
      name: 'time',
    },
    {
      edge: [at({ frequency: 0, time: near.time }), at({ frequency: 1, time: near.time })],
      ticks: roundTicks(...edgesOf(frequency), 4).map((value, index, { length }) => ({
        at: at({ frequency: placeOf(frequency, value), time: near.time }),
        text: formatNumber(value, index === length - 1 ? { unit: 'kHz' } : {}),
      })),
      outwards: direction(centre, at({ frequency: 0.5, time: near.time })),
      name: 'frequency',
    },
    {
      edge: [at({ ...left, level: 0 }), at({ ...left, level: 1 })],
      ticks: [lowest, lowest / 2, 0].map((value) => ({
        at: at({ ...left, level: 1 - value / lowest }),
        text: formatNumber(value, value === 0 ? { unit: 'dB' } : {}),
      })),
      outwards: [-1, 0],
      name: '',
    },
  ];
}

function direction([x0, y0]: Point, [x1, y1]: Point): Point {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  return [(x1 - x0) / length, (y1 - y0) / length];
}
