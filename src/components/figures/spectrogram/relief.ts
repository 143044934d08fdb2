/**
 * A spectrogram as a landscape: time and frequency span the floor, the level stands up. Seen from infinitely far away
 * (a parallel projection), so that equal lengths along an axis stay equal, and a strip of the landscape, which is a flat
 * card, is drawn by one affine map.
 */
import { type Cells, valueAt } from '@/components/plots/cells';

/** How the landscape stands before the reader. */
export interface View {
  /** Degrees about the upright, −180 to 180; 0 has time to the right, positive values turn the front to the right. */
  readonly turn: number;
  /** Degrees above the horizon from which it is seen; 90 is from straight above. */
  readonly tilt: number;
}

/** A place in the landscape: shares 0 to 1 of the time, of the frequency and of the levels that are shown. */
export interface Place {
  readonly time: number;
  readonly frequency: number;
  readonly level: number;
}

/** Lengths of the box around the landscape. */
const sides: Readonly<Record<keyof Place, number>> = { time: 1.5, frequency: 1, level: 0.42 };

/** What a step from 0 to 1 along an axis does on the screen, y downwards, and to the distance from the eye. */
interface Step {
  readonly x: number;
  readonly y: number;
  readonly away: number;
}

export type Projection = Readonly<Record<keyof Place, Step>> & {
  /** Where the floor's corner of time 0 and frequency 0 lies. */
  readonly origin: { readonly x: number; readonly y: number };
};

/** The room that a drawing has, in any unit. */
export interface Room {
  readonly width: number;
  readonly height: number;
  /** Left free for what is written: at the left and right, and above and below. */
  readonly aside: number;
  readonly above: number;
}

/** The projection that puts the landscape into the middle of the room, as large as it may be at every turn. */
export function project({ turn, tilt }: View, { width, height, aside, above }: Room): Projection {
  const [a, e] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const across = Math.hypot(sides.time, sides.frequency);
  const up = across * Math.sin(e) + sides.level * Math.cos(e);
  const scale = Math.max(0, Math.min((width - 2 * aside) / across, (height - 2 * above) / up));
  const step = (east: number, north: number): Step => {
    const away = scale * (east * Math.sin(a) + north * Math.cos(a));
    return { x: scale * (east * Math.cos(a) - north * Math.sin(a)), y: -away * Math.sin(e), away };
  };
  const time = step(sides.time, 0);
  const frequency = step(0, sides.frequency);
  const level = { x: 0, y: -scale * sides.level * Math.cos(e), away: 0 };
  return {
    time,
    frequency,
    level,
    origin: {
      x: width / 2 - (time.x + frequency.x) / 2,
      y: height / 2 - (time.y + frequency.y + level.y) / 2,
    },
  };
}

/** Where a place lies on the screen, y downwards. */
export function pointOf({ origin, time, frequency, level }: Projection, place: Place): readonly [number, number] {
  return [
    origin.x + place.time * time.x + place.frequency * frequency.x + place.level * level.x,
    origin.y + place.time * time.y + place.frequency * frequency.y + place.level * level.y,
  ];
}

/** The direction in which the landscape is cut into strips: the one that is longer on the screen. */
export function stripDirection({ time, frequency }: Projection): 'time' | 'frequency' {
  return Math.abs(time.x) >= Math.abs(frequency.x) ? 'time' : 'frequency';
}

/** The order in which strips are painted, the farthest first, so that each covers what is behind it. */
export function backToFront(strips: number, { away }: Step): number[] {
  return Array.from({ length: strips }, (_, i) => (away > 0 ? strips - 1 - i : i));
}

/** The nearer end of an axis, 0 or 1. */
export function nearEnd({ away }: Step): 0 | 1 {
  return away > 0 ? 0 : 1;
}

/** At most so many cells along time and frequency: each is the greatest of its block, so that no peak is lost. */
export function blockMaxima(cells: Cells, mostTimes: number, mostFrequencies: number): Cells {
  const times = Math.min(cells.times, mostTimes);
  const frequencies = Math.min(cells.frequencies, mostFrequencies);
  const data = new Float32Array(times * frequencies);
  const edge = (i: number, blocks: number, count: number) => Math.floor((i * count) / blocks);
  for (let t = 0; t < times; t++) {
    for (let f = 0; f < frequencies; f++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let i = edge(t, times, cells.times); i < edge(t + 1, times, cells.times); i++) {
        for (let k = edge(f, frequencies, cells.frequencies); k < edge(f + 1, frequencies, cells.frequencies); k++) {
          most = Math.max(most, valueAt(cells, i, k));
        }
      }
      data[t * frequencies + f] = most;
    }
  }
  return { data, times, frequencies, offset: 0, timeStride: frequencies, frequencyStride: 1 };
}
