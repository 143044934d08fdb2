/**
 * A mel picture's frequency axis: the rows are the filters, evenly spaced in mel, each centred on its own peak; the ticks
 * are round hertz at their mel places.
 */
import { hzToMel, type MelOptions, melToHz } from '@/lib/dsp/mel';
import { type CellScale, edgesOf, placeOf, valueAtPlace } from './cell-scale.ts';
import { formatNumber } from './format.ts';

type Bands = Pick<MelOptions, 'nMels' | 'fMin' | 'fMax' | 'scale'>;

export interface MelAxis {
  /** The filters, in mel. */
  readonly scale: CellScale;
  /** Round frequencies that lie on it, Hz. */
  readonly ticks: readonly number[];
  toMel(hertz: number): number;
  /** How a tick that lies at so many mel is written: "1" for 1 kHz; the highest with its unit. */
  write(mel: number): string;
  /** The frequency at a place from 0 (the lower edge) to 1. */
  hertzAt(place: number): number;
  /** The place of a frequency; outside 0 to 1 where the picture does not reach it. */
  placeOfHertz(hertz: number): number;
}

const round = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000];
/** So much of the axis lies between two ticks, lest their labels touch. */
const leastGap = 0.07;

export function melAxis({ nMels, fMin, fMax, scale: name }: Bands): MelAxis {
  const lowest = hzToMel(fMin, name);
  const step = (hzToMel(fMax, name) - lowest) / (nMels + 1);
  const scale = { count: nMels, first: lowest + step, step };
  const [from, to] = edgesOf(scale);
  const toMel = (hertz: number) => hzToMel(hertz, name);
  const ticks: number[] = [];
  // From 1 kHz outwards, so that this one is always there.
  for (const hertz of [1000, ...round.filter((f) => f > 1000), ...round.filter((f) => f < 1000).reverse()]) {
    const place = placeOf(scale, toMel(hertz));
    const clear = ticks.every((other) => Math.abs(placeOf(scale, toMel(other)) - place) >= leastGap);
    if (toMel(hertz) >= from && toMel(hertz) <= to && clear) ticks.push(hertz);
  }
  ticks.sort((a, b) => a - b);
  return {
    scale,
    ticks,
    toMel,
    write(mel) {
      const hertz = Math.round(melToHz(mel, name));
      return formatNumber(hertz / 1000, hertz === ticks.at(-1) ? { unit: 'kHz' } : {});
    },
    hertzAt: (place) => melToHz(valueAtPlace(scale, place), name),
    placeOfHertz: (hertz) => placeOf(scale, toMel(hertz)),
  };
}
