/** How the last layers are painted. */
import { blockOf } from '@/components/plots/cells';
import { signedScale } from '@/components/plots/colour';
import type { Paint } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
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
