import { useMemo } from 'preact/hooks';
import { signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { paintMaps } from '@/components/plots/map-grid';
import { type Paint, Picture } from '@/components/plots/Picture';
import type { Tensor } from '@/lib/tensor';
import { limitOf } from './maps.ts';
import { SignedLegend } from './SignedLegend.tsx';

const columns = 8;

/** A kernel of many slices, one for each input map: each slice a small picture. */
export function Slices({ slices, filter }: { readonly slices: Tensor; readonly filter: number }) {
  const count = slices.shape[2];
  const limit = limitOf(slices);
  const paint = useMemo<Paint>(
    () => (raster, colours, ratio) => {
      const { width, height } = raster;
      const grid = { width, height, columns, count, gap: Math.round(5 * ratio), line: Math.max(1, Math.round(ratio)) };
      paintMaps(raster, grid, slices, signedScale(colours.diverging, limit), colours.rule);
    },
    [slices, limit, count],
  );
  return (
    <>
      <p class="map-title">
        kernel {filter}: {count} slices of 9, {formatNumber(slices.data.length)} weights
      </p>
      <div class="slices">
        <Picture label={`The ${count} slices of kernel ${filter}, one for each map before it`} paint={paint} />
      </div>
      <SignedLegend limit={limit} label="weights" />
    </>
  );
}
