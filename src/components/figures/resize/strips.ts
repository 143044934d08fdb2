/** A row of a few cells in another length: its numbers, small enough to check by hand. */
import { indexOfLargest } from '@/components/plots/cells';
import { axisWeights, type Coordinates, placeOf } from '@/lib/dsp/interpolate';
import { ParameterError } from '@/lib/errors';
import type { Parameters } from '@/lib/parameters';
import type { Tensor } from '@/lib/tensor';

export interface StripSettings {
  /** How many cells the row has. */
  readonly before: number;
  /** How many it gets. */
  readonly after: number;
  /** The new cell whose sum is written out. */
  readonly cell: number;
  readonly numbers: 'counting' | 'from your clip';
}

const most = 8;

export const stripSchema: Parameters<StripSettings> = {
  before: { kind: 'integer', label: 'old cells', help: 'n, before.', min: 1, max: most, default: 3 },
  after: { kind: 'integer', label: 'new cells', help: 'm, after.', min: 1, max: most, default: 6 },
  cell: {
    kind: 'integer',
    label: 'new cell',
    help: 'o, the one that is written out; press a cell to choose it.',
    min: 0,
    max: most - 1,
    default: 2,
  },
  numbers: {
    kind: 'choice',
    label: 'values',
    help: 'Counting in tens, each result tells where it was read.',
    choices: ['counting', 'from your clip'],
    default: 'counting',
  },
};

/** @throws ParameterError where there is no such new cell */
export function checkStrip({ after, cell }: StripSettings): void {
  if (cell >= after) {
    throw new ParameterError(
      'cell',
      `There is no cell ${cell} among ${after} new ${after === 1 ? 'one' : 'ones'}, which are counted from 0. Choose ${after - 1} or less.`,
    );
  }
}

export interface NewCell {
  readonly place: number;
  readonly value: number;
  readonly terms: readonly { readonly weight: number; readonly value: number }[];
}

export interface Strip {
  readonly row: readonly number[];
  readonly cells: readonly NewCell[];
  /** How wide a new cell is, in old ones: as far as the place of the next. */
  readonly step: number;
}

/** The row in another length, by bilinear weights. */
export function stripOf(row: readonly number[], after: number, coordinates: Coordinates): Strip {
  const before = row.length;
  const axis = axisWeights(before, after, { method: 'bilinear', coordinates, antialias: false });
  const cells = Array.from({ length: after }, (_, o) => {
    const terms = Array.from({ length: axis.count[o] }, (_, j) => ({
      weight: axis.weights[o * axis.taps + j],
      value: row[axis.first[o] + j],
    }));
    const value = terms.reduce((sum, term) => sum + term.weight * term.value, 0);
    return { place: placeOf(o, before, after, coordinates), value, terms };
  });
  return { row, cells, step: after > 1 ? cells[1].place - cells[0].place : before };
}

/** How far cells reach beyond the middle of the first or the last old one, by any of the conventions. */
export function reachOf(strips: readonly Strip[]): number {
  const beyond = strips.flatMap(({ row, cells, step }) =>
    cells.map(({ place }) => Math.max(-place, place - row.length + 1) + step / 2),
  );
  return Math.max(0.5, ...beyond) + 0.05;
}

/** 10, 20, 30 … */
export function countingRow(cells: number): readonly number[] {
  return Array.from({ length: cells }, (_, index) => 10 * (index + 1));
}

/** So many neighbouring bins around the loudest cell of a picture of [frames, bins, 1], in whole hundredths of it. */
export function loudestRow({ shape: [, bins], data }: Tensor, cells: number): readonly number[] {
  const loudest = indexOfLargest(data);
  const frame = Math.floor(loudest / bins);
  const first = Math.max(0, Math.min(bins - cells, (loudest % bins) - Math.floor(cells / 2)));
  const largest = data[loudest] || 1;
  return Array.from({ length: cells }, (_, index) => Math.round((100 * data[frame * bins + first + index]) / largest));
}
