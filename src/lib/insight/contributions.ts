/**
 * A dense unit as a weighted vote: its value is its bias plus Σ weight × input, and each product is a contribution. An
 * input is a cell of a picture that was laid out in a row (`flatten`), so a contribution has a place there, and a field
 * in the sound. Cells of several channels at one place are merged, since they look at the same seconds and hertz.
 */
import { ModelError } from '../errors.ts';
import { type Region, single, union } from '../layers/region.ts';
import { explainCell, fieldOf, type Network, type Stage, type Trace } from '../model/network.ts';
import type { Cell } from '../tensor.ts';
import { type SoundBox, soundOfRegion } from './field-to-sound.ts';

export interface Contribution {
  /** The cell in the input of the unit's stage. */
  readonly from: Cell;
  readonly value: number;
  readonly weight: number;
  /** weight × value. */
  readonly product: number;
  /** The cells of the picture, `UnitContributions.map`, that the input stands for. */
  readonly region: Region;
}

/** All contributions from one place of the picture. */
export interface Place {
  /** The place in the picture: its rows and columns, and all of its channels that contribute. */
  readonly region: Region;
  /** The sum of their products. */
  readonly sum: number;
  /** Those products, largest magnitude first. */
  readonly contributions: readonly Contribution[];
  /** The seconds and hertz that the place looks at, statistics over the whole clip left out. */
  readonly sound: SoundBox;
}

export interface UnitContributions {
  /** The unit's value: bias + Σ products. */
  readonly result: number;
  readonly bias: number;
  /** The stage whose output is the last picture (or series) before the unit; −1: the clip. */
  readonly map: number;
  /** The inputs with the largest products by magnitude, the largest first. */
  readonly strongest: readonly Contribution[];
  /** The places with the largest sums by magnitude, the largest first. */
  readonly places: readonly Place[];
}

/**
 * What made a unit of a dense stage what it is for one clip.
 * @param stage index of a dense stage
 * @param unit which of its units
 * @param count how many contributions and how many places are wanted at most
 * @throws ModelError for a stage that is not dense or a unit that it does not have
 */
export function contributionsTo(
  network: Network,
  trace: Trace,
  stage: number,
  unit: number,
  count: number,
): UnitContributions {
  const found = network.stages[stage];
  if (found?.layer.type !== 'dense' || !(unit in trace.outputs[stage].data)) {
    throw new ModelError(`Stage ${stage} has no dense unit number ${unit} whose contributions could be shown.`);
  }
  const { map, regions, numbers } = placesBefore(network, stage);
  const { terms, bias = 0, result } = explainCell(network, trace, stage, [unit]);
  const groups: Contribution[][] = [];
  const all = terms.map(({ from, value, weight = 1 }) => ({
    from,
    value,
    weight,
    product: value * weight,
    region: regions[from[0]],
  }));
  all.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  for (const contribution of all) {
    const number = numbers[contribution.from[0]];
    groups[number] ??= [];
    groups[number].push(contribution);
  }
  const places = groups.map((group) => ({ group, sum: group.reduce((total, { product }) => total + product, 0) }));
  places.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  return {
    result,
    bias,
    map,
    strongest: all.slice(0, count),
    places: places.slice(0, count).map(({ group, sum }) => {
      const region = group.map((contribution) => contribution.region).reduce(union);
      return { region, sum, contributions: group, sound: soundOf(network, map, region) };
    }),
  };
}

/** Where the inputs of a dense stage come from. */
interface InputPlaces {
  readonly map: number;
  /** What each input stands for in the output of stage `map`. */
  readonly regions: readonly Region[];
  /** The number of its place: inputs share one that differ only in the last axis, the channels'. */
  readonly numbers: Int32Array;
}

/** For every unit of a stage they are the same, so they are looked up once. */
const known = new WeakMap<Stage, InputPlaces>();

function placesBefore(network: Network, stage: number): InputPlaces {
  const { stages } = network;
  const found = known.get(stages[stage]);
  if (found) return found;
  const { inputIndex, inputShape } = stages[stage];
  let map = inputIndex;
  while (map >= 0 && stages[map].outputShape.length < 2) map = stages[map].inputIndex;
  const [inputs] = inputShape;
  const regions = Array.from({ length: inputs }, (_, i) => fieldOf(network, inputIndex, single([i]), map, 'focus'));
  const seen = new Map<string, number>();
  const numbers = Int32Array.from(regions, (region) => {
    const place = region.length > 1 ? region.slice(0, -1) : region;
    const key = place.map(({ start, end }) => `${start} ${end}`).join(' ');
    const number = seen.get(key) ?? seen.size;
    seen.set(key, number);
    return number;
  });
  const places = { map, regions, numbers };
  known.set(stages[stage], places);
  return places;
}

function soundOf(network: Network, map: number, region: Region): SoundBox {
  if (map >= 0) {
    const { seconds, hertz } = soundOfRegion(network, map, region);
    return { seconds, hertz };
  }
  const { sampleRate } = network.architecture.input;
  const [samples] = region;
  return { seconds: [samples.start / sampleRate, samples.end / sampleRate], hertz: [0, sampleRate / 2] };
}
