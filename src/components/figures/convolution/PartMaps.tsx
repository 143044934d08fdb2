import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { paintMaps } from '@/components/plots/map-grid';
import type { Paint } from '@/components/plots/Picture';
import type { Cell, Tensor } from '@/lib/tensor';
import { at } from '@/lib/tensor';

interface Props {
  /** What each input map adds, [time, frequency, input maps]; undefined until it is known. */
  readonly parts: Tensor | undefined;
  readonly limit: number;
  /** Input maps that are out of the stack. */
  readonly out: ReadonlySet<number>;
  /** [time, frequency]: whose numbers the buttons tell. */
  readonly cell: Cell;
  readonly onToggle: (map: number) => void;
}

export const partColumns = 8;
const gap = 4;

/** What each input map adds to one output map: a press takes it out of the stack, or puts it back. */
export function PartMaps({ parts, limit, out, cell, onToggle }: Props) {
  const count = parts?.shape[2] ?? 32;
  const paint = useMemo<Paint | undefined>(
    () =>
      parts &&
      ((raster, colours, ratio) => {
        const { width, height } = raster;
        const line = Math.max(1, Math.round(ratio));
        const grid = { width, height, columns: partColumns, count, gap: Math.round(gap * ratio), line };
        paintMaps(raster, grid, parts, signedScale(colours.diverging, limit), colours.rule);
      }),
    [parts, limit, count],
  );
  return (
    <div class="part-maps">
      <LivePicture still="convolution-parts" themed label={`What each of ${count} maps adds`} paint={paint} />
      <div class="part-buttons" style={{ gap: `${gap}px` }}>
        {Array.from({ length: count }, (_, map) => {
          const value = parts ? at(parts, [...cell, map]) : 0;
          return (
            <button
              key={map}
              type="button"
              aria-pressed={!out.has(map)}
              aria-label={`map ${map}, adds ${formatNumber(value, { decimals: 4 })}`}
              title={`map ${map} adds ${formatNumber(value, { decimals: 4 })} here`}
              data-value={value}
              disabled={!parts}
              onClick={() => onToggle(map)}
            />
          );
        })}
      </div>
    </div>
  );
}
