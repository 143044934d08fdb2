import { boxOfCell, cellByKey } from '@/components/plots/moving';
import type { Cell, Shape } from '@/lib/tensor';

interface Props {
  /** What it chooses: "Unit". */
  readonly label: string;
  readonly cell: Cell;
  readonly shape: Shape;
  /** Of a list in rows: how many stand in one. */
  readonly columns?: number;
  /** The cell in words. */
  readonly text: string;
  readonly onMove: (cell: Cell) => void;
}

/** The mark on a cell of a picture, moved by the arrow keys. */
export function CellHandle({ label, cell, shape, columns = 1, text, onMove }: Props) {
  const { left, top, width, height } = boxOfCell(cell, shape, columns);
  const index = cell.reduce((offset, place, axis) => offset * shape[axis] + place, 0);
  const percent = (share: number) => `${100 * share}%`;
  return (
    <button
      type="button"
      class="cell-handle"
      style={{ left: percent(left), top: percent(top), width: percent(width), height: percent(height) }}
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={shape.reduce((size, length) => size * length, 1) - 1}
      aria-valuenow={index}
      aria-valuetext={text}
      onKeyDown={(event) => {
        const moved = cellByKey(event, cell, shape, columns);
        if (!moved) return;
        event.preventDefault();
        onMove(moved);
      }}
    />
  );
}
