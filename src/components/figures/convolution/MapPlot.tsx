import type { ComponentChildren } from 'preact';
import { LivePicture } from '@/components/chapter/LivePicture';
import { inKilohertz } from '@/components/chapter/SpectrogramPlot';
import { Axis } from '@/components/plots/Axis';
import type { CellScale } from '@/components/plots/cell-scale';
import { cellAtPoint, cellByKey } from '@/components/plots/moving';
import type { Paint } from '@/components/plots/Picture';
import { pointing } from '@/components/plots/pointing';
import type { Cell } from '@/lib/tensor';

interface Props {
  /** Undefined until there is something to paint. */
  readonly paint: Paint | undefined;
  /** The picture made at build time: its name in stills.ts. */
  readonly still: string;
  readonly themed?: boolean;
  /** What the picture shows, in words. */
  readonly label: string;
  /** Stands above the picture: "input", "map 22". */
  readonly title?: string;
  readonly scales?: { readonly time: CellScale; readonly frequency: CellScale } | undefined;
  /** The cell that is looked at, [time, frequency], in a picture of `shape`; it can be moved where `onMove` is given. */
  readonly cell?: Cell;
  readonly shape?: readonly [number, number];
  readonly onMove?: (cell: Cell) => void;
  readonly class?: string;
  /** Drawn over the picture. */
  readonly children?: ComponentChildren;
}

/** A map with its axes, in seconds and kilohertz; a cell of it is chosen by pointer or keys. */
export function MapPlot(props: Props) {
  const { paint, still, themed = true, label, title, scales, cell, shape, onMove, children } = props;
  const picture = <LivePicture still={still} themed={themed} label={label} paint={paint} />;
  const canMove = cell && shape && onMove;
  const move = (next: Cell) => {
    if (canMove && next.some((index, axis) => index !== cell[axis])) onMove(next);
  };
  return (
    <div class={props.class ? `map-plot ${props.class}` : 'map-plot'}>
      {title && <p class="map-title">{title}</p>}
      <div class="plot">
        {canMove ? (
          <div
            class="pic touchable"
            role="application"
            tabIndex={0}
            aria-label={`Cell ${cell[0]}, ${cell[1]} of ${title ?? label}. Arrow keys move it, with Shift by ten.`}
            {...pointing((x, y) => move(cellAtPoint(x, y, cell, shape, 1)))}
            onKeyDown={(event) => {
              if (event.ctrlKey || event.altKey || event.metaKey) return;
              const next = cellByKey(event, cell, shape, 1);
              if (!next) return;
              event.preventDefault();
              move(next);
            }}
          >
            {picture}
            {children}
          </div>
        ) : (
          <div class="pic">
            {picture}
            {children}
          </div>
        )}
        {scales && (
          <>
            <Axis side="left" scale={inKilohertz(scales.frequency)} unit="kHz" wanted={4} />
            <Axis side="bottom" scale={scales.time} unit="s" wanted={4} name="time" />
          </>
        )}
      </div>
    </div>
  );
}
