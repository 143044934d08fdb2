/** How the last layers are painted. */
import { blockOf, extentOf, magnitudeQuantile, planeOf } from '@/components/plots/cells';
import { signedScale } from '@/components/plots/colour';
import { paintMaps } from '@/components/plots/map-grid';
import type { Paint } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import type { Tensor } from '@/lib/tensor';
import type { Judged } from '@/workers/lab/dense-calls';

/** The 128 units stand in rows of so many. */
export const unitColumns = 16;

/** The largest vote, for or against, that any answer gets; 1 where there is none. */
export function voteLimit(votes: Float32Array): number {
  return votes.reduce((most, vote) => Math.max(most, Math.abs(vote)), 0) || 1;
}

/** A limit as a legend can say it: two digits, rounded up. */
export function roundUp(limit: number): number {
  const unit = 10 ** (Math.floor(Math.log10(limit)) - 1);
  return Number((Math.ceil(limit / unit - 1e-9) * unit).toPrecision(2));
}

/** The votes for one answer, one cell a unit. */
export function paintVotes({ votes, units }: Pick<Judged, 'votes' | 'units'>, answer: number, limit: number): Paint {
  const own = votes.data.subarray(answer * units.length, (answer + 1) * units.length);
  return (raster, { diverging }) =>
    paintCells(raster, wholeOf(raster), blockOf(own, unitColumns), signedScale(diverging, limit));
}

/** One channel of [time, frequency, channel], between −limit and limit. */
export function paintPlane(t: Tensor, limit: number, channel = 0): Paint {
  return (raster, { diverging }) =>
    paintCells(raster, wholeOf(raster), planeOf(t, channel), signedScale(diverging, limit));
}

/** Where the colours of what max-pooling gives end. */
export function pooledLimit({ data }: Tensor): number {
  return roundUp(magnitudeQuantile(data, 0.98) || 1);
}

/** The maps of the pooled picture stand in rows of so many. */
export const mapColumns = 8;

/** All channels of [time, frequency, channel], side by side. */
export function paintAllMaps(t: Tensor, limit: number): Paint {
  return (raster, { diverging, rule }, ratio) => {
    const { width, height } = raster;
    const [gap, line] = [Math.round(3 * ratio), Math.round(ratio)];
    const grid = { width, height, columns: mapColumns, count: t.shape[2], gap, line };
    paintMaps(raster, grid, t, signedScale(diverging, limit), rule);
  };
}

/** A row of numbers, broken after every `columns`; those that are not laid out yet stay empty. */
export function paintRow(data: Float32Array, columns: number, limit: number, laid = data.length): Paint {
  const shown = data.map((value, n) => (n < laid ? value : Number.NaN));
  return (raster, { diverging }) =>
    paintCells(raster, wholeOf(raster), blockOf(shown, columns), signedScale(diverging, limit));
}

/** The largest weight of the last layer, rounded up. */
export function weightLimit({ data }: Tensor): number {
  return roundUp(Math.max(...data.map(Math.abs)));
}

/** The last layer's weights, [units, answers]: an answer a row, from the top, and the units in this order. */
export function paintWeights({ shape: [, count], data }: Tensor, order: readonly number[], limit: number): Paint {
  const values = Float32Array.from({ length: order.length * count }, (_, cell) => {
    const row = count - 1 - (cell % count);
    return data[order[Math.floor(cell / count)] * count + row];
  });
  const cells = {
    data: values,
    times: order.length,
    frequencies: count,
    offset: 0,
    timeStride: count,
    frequencyStride: 1,
  };
  return (raster, { diverging }) => paintCells(raster, wholeOf(raster), cells, signedScale(diverging, limit));
}

/** Where the colours of a unit's map end. */
export function unitLimit({ data }: Tensor): number {
  const { max, min } = extentOf(data);
  return roundUp(Math.max(Math.abs(max), Math.abs(min)) || 1);
}

/** Where the colours of what speaks for an answer end: few cells are beyond. */
export function evidenceLimit({ data }: Tensor): number {
  return Number((magnitudeQuantile(data, 0.995) || 1).toPrecision(2));
}
