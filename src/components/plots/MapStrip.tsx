import './map-strip.css';
import { useMemo, useRef } from 'preact/hooks';
import type { ColourScale } from '@/components/plots/colour';
import { paintMaps } from '@/components/plots/map-grid';
import { itemByKey } from '@/components/plots/moving';
import { type Paint, Picture } from '@/components/plots/Picture';
import type { Palette } from '@/components/plots/palette';
import { useMedia } from '@/components/plots/use-media';
import type { Tensor } from '@/lib/tensor';

interface Props {
  readonly values: Tensor;
  readonly scale: (palette: Palette) => ColourScale;
  readonly channel: number;
  readonly title: string;
  readonly onChoose: (channel: number) => void;
}

/** Between two maps, CSS pixels. */
const gap = 3;

/** All maps of a stage, side by side; one of them is on the desk. */
export function MapStrip({ values, scale, channel, title, onChoose }: Props) {
  const narrow = useMedia('(max-width: 56rem)');
  const group = useRef<HTMLDivElement>(null);
  const [times, frequencies, count] = values.shape;
  const columns = narrow ? Math.min(8, count) : Math.min(count > 32 ? 32 : 16, count);
  const rows = Math.ceil(count / columns);
  const paint = useMemo<Paint>(
    () => (raster, colours, ratio) => {
      const { width, height } = raster;
      const line = Math.max(1, Math.round(ratio));
      const grid = { width, height, columns, count, gap: Math.round(gap * ratio), line };
      paintMaps(raster, grid, values, scale(colours), colours.rule);
    },
    [values, scale, columns, count],
  );
  return (
    <div class="strip" style={{ aspectRatio: `${(columns * times) / frequencies} / ${rows}` }}>
      <Picture label={`${title}: all ${count} maps`} paint={paint} />
      <div
        class="strip-maps"
        ref={group}
        role="radiogroup"
        aria-label={`Maps of ${title}`}
        style={{ gridTemplateColumns: `repeat(${columns}, 1fr)`, gap: `${gap}px` }}
        onKeyDown={(event) => {
          const next = itemByKey(event.key, channel, count, columns);
          if (next === undefined) return;
          event.preventDefault();
          onChoose(next);
          (group.current?.children[next] as HTMLElement | undefined)?.focus();
        }}
      >
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a map is no text, and stands under the button as part of a picture
          <button
            key={index}
            type="button"
            role="radio"
            aria-checked={index === channel}
            aria-label={`map ${index}`}
            tabIndex={index === channel ? 0 : -1}
            onClick={() => onChoose(index)}
          />
        ))}
      </div>
    </div>
  );
}
