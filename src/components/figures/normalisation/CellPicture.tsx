import './normalisation.css';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { Grip } from '@/components/controls/Grip';
import { Axis } from '@/components/plots/Axis';
import { cellAtPlace } from '@/components/plots/cell-scale';
import { Legend } from '@/components/plots/Legend';
import { pointing } from '@/components/plots/pointing';
import type { Tensor } from '@/lib/tensor';
import { kilohertz, type Look, paintPicture, placeName, side, time } from './looks.ts';

/** Time and frequency of a cell. */
export type Chosen = readonly [t: number, f: number];

interface Props {
  /** What stands over the picture. */
  readonly title: ComponentChildren;
  /** [time, frequency, 1]; undefined until it is computed. */
  readonly picture: Tensor | undefined;
  readonly look: Look;
  /** The picture in words. */
  readonly label: string;
  /** The cell that is marked. */
  readonly cell?: Chosen | undefined;
  /** Hears the cell that is pointed at. */
  readonly onCell?: (cell: Chosen) => void;
  /** Whether handles for the keyboard stand on the edges: on one picture of a figure. */
  readonly handles?: boolean;
  readonly children?: ComponentChildren;
}

/** One of the network's pictures, 32 × 32, with axes, legend and the marked cell. */
export function CellPicture({ title, picture, look, label, cell, onCell, handles, children }: Props) {
  const paint = useMemo(() => picture && paintPicture(picture, look), [picture, look]);
  const point = onCell ? pointing((x, y) => onCell([cellAtPlace(time, x), cellAtPlace(kilohertz, 1 - y)])) : {};
  return (
    <div class="n-picture">
      <p class="n-title">{title}</p>
      <div class="plot">
        <div class={`pic n-pic ${onCell ? 'touchable' : ''}`} {...point}>
          <LivePicture still={look.still} themed={look.map === 'diverging'} label={label} paint={paint} />
          {cell && <Mark cell={cell} />}
          {cell && handles && onCell && <Handles cell={cell} onCell={onCell} />}
          {children}
        </div>
        <Axis side="left" scale={kilohertz} unit="kHz" ticks={[0, 2, 4, 6, 8]} />
        <Axis side="bottom" scale={time} unit="s" ticks={[0.2, 0.4, 0.6, 0.8]} name="time" />
      </div>
      <Legend map={look.map} low={look.low} high={look.high} ticks={look.ticks} label={look.label} />
    </div>
  );
}

function Mark({ cell: [t, f] }: { readonly cell: Chosen }) {
  const cell = 100 / side;
  return (
    <span
      class="n-mark"
      style={{ left: `${t * cell}%`, bottom: `${f * cell}%`, width: `${cell}%`, height: `${cell}%` }}
    />
  );
}

function Handles({ cell: [t, f], onCell }: { readonly cell: Chosen; readonly onCell: (cell: Chosen) => void }) {
  const text = placeName(t, f);
  return (
    <>
      <Grip
        label="Time of the cell"
        place={(t + 0.5) / side}
        index={t}
        count={side}
        text={text}
        onMove={(to) => onCell([to, f])}
      />
      <Grip
        label="Frequency of the cell"
        side="left"
        place={(f + 0.5) / side}
        index={f}
        count={side}
        text={text}
        onMove={(to) => onCell([t, to])}
      />
    </>
  );
}
