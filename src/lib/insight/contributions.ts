/**
 * A dense unit as a weighted vote: its value is its bias plus Σ weight × input, and each product is a contribution. An
 * input is a cell of a picture that was laid out in a row (`flatten`), so a contribution has a place there, and a field
 * in the sound. Cells of several channels at one place are merged, since they look at the same seconds and hertz.
 */
import { ModelError } from '../errors.ts';
import { type Region, single, union } from '../layers/region.ts';
import { fieldOf, inputOf, type Network, type Trace } from '../model/network.ts';
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
  const { stages } = network;
  const found = stages[stage];
  if (found?.layer.type !== 'dense' || !(unit in trace.outputs[stage].data)) {
    throw new ModelError(`Stage ${stage} has no dense unit number ${unit} whose contributions could be shown.`);
  }
  const { terms, bias = 0, result } = found.layer.explain([unit], inputOf(trace, stage));
  let map = stage - 1;
  while (map >= 0 && stages[map].outputShape.length < 2) map--;
  const all = terms.map(({ from, value, weight = 1 }) => ({
    from,
    value,
    weight,
    product: value * weight,
    region: fieldOf(network, stage - 1, single(from), map, 'focus'),
  }));
  all.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const places = placesOf(all).sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  return {
    result,
    bias,
    map,
    strongest: all.slice(0, count),
    places: places.slice(0, count).map((place) => ({ ...place, sound: soundOf(network, map, place.region) })),
  };
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

/** Contributions from the same place, together: the same cells on all axes but the channels'. */
function placesOf(contributions: readonly Contribution[]): Omit<Place, 'sound'>[] {
  const places = new Map<string, Contribution[]>();
  for (const contribution of contributions) {
    const key = contribution.region
      .slice(0, contribution.region.length === 1 ? 1 : -1)
      .map(({ start, end }) => `${start} ${end}`)
      .join(' ');
    const known = places.get(key);
    if (known) known.push(contribution);
    else places.set(key, [contribution]);
  }
  return [...places.values()].map((group) => ({
    region: group.map(({ region }) => region).reduce(union),
    sum: group.reduce((total, { product }) => total + product, 0),
    contributions: group,
  }));
}
