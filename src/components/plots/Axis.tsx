import { type CellScale, edgesOf, placeOf } from './cell-scale.ts';
import { formatNumber } from './format.ts';
import { roundTicks } from './ticks.ts';

interface Props {
  /** Below the picture (time) or to its left (frequency). */
  side: 'bottom' | 'left';
  scale: CellScale;
  /** Stands at the last tick: "s", "Hz". */
  unit: string;
  /** Values to mark; without them, about `wanted` round ones. */
  ticks?: readonly number[];
  wanted?: number;
  decimals?: number;
  /** How a tick is written, with its unit, where it is not the value itself, as on a logarithmic axis. */
  write?: (value: number) => string;
  /** What runs along the axis, in words: "time". */
  name?: string;
}

/** Ticks with their values, each at the centre of what it names; stands in a `.plot` beside its `.pic`. */
export function Axis({ side, scale, unit, ticks, wanted = 5, decimals, write, name }: Props) {
  const marks = ticks ?? roundTicks(...edgesOf(scale), wanted);
  const edge = side === 'bottom' ? 'left' : 'bottom';
  return (
    <div class={side === 'bottom' ? 'ax ax-x' : 'ax ax-y'} aria-hidden="true">
      {marks.map((value, index) => {
        const place = placeOf(scale, value);
        const last = index === marks.length - 1;
        const format = { ...(decimals === undefined ? {} : { decimals }), ...(last ? { unit } : {}) };
        return (
          <i key={value} class={side === 'bottom' && place > 0.97 ? 'end' : ''} style={{ [edge]: `${100 * place}%` }}>
            {write ? write(value) : formatNumber(value, format)}
          </i>
        );
      })}
      {name && <span class={`ax-name ${side === 'bottom' ? 'x' : 'y'}`}>{name}</span>}
    </div>
  );
}
