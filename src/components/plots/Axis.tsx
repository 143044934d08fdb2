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

interface Mark {
  /** Along the axis, 0 to 1. */
  readonly place: number;
  readonly text: string;
}

/** From here on the value stands left of its tick, lest it reach beyond the picture. */
const endsAt = 0.97;
/** The length of an axis on a phone and the width of a sign on it, px. */
const narrow = { length: 300, sign: 6.25 };

/** Whether a tick's value would run into that of the last one, which has the unit, on a phone. */
function collides(mark: Mark, last: Mark): boolean {
  const half = ({ text }: Mark) => (narrow.sign * text.length) / 2;
  const right = narrow.length * mark.place + half(mark);
  const left = narrow.length * last.place - half(last) * (last.place > endsAt ? 2 : 1);
  return right > left;
}

/** Ticks with their values, each at the centre of what it names; stands in a `.plot` beside its `.pic`. */
export function Axis({ side, scale, unit, ticks, wanted = 5, decimals, write, name }: Props) {
  const values = ticks ?? roundTicks(...edgesOf(scale), wanted);
  const edge = side === 'bottom' ? 'left' : 'bottom';
  const marks = values.map((value, index) => {
    const format = {
      ...(decimals === undefined ? {} : { decimals }),
      ...(index === values.length - 1 ? { unit } : {}),
    };
    return { value, place: placeOf(scale, value), text: write ? write(value) : formatNumber(value, format) };
  });
  const last = marks.at(-1);
  return (
    <div class={side === 'bottom' ? 'ax ax-x' : 'ax ax-y'} aria-hidden="true">
      {marks.map((mark) => {
        const end = side === 'bottom' && mark.place > endsAt;
        const tight = side === 'bottom' && last !== undefined && mark !== last && collides(mark, last);
        return (
          <i key={mark.value} class={end ? 'end' : tight ? 'tight' : ''} style={{ [edge]: `${100 * mark.place}%` }}>
            {mark.text}
          </i>
        );
      })}
      {name && <span class={`ax-name ${side === 'bottom' ? 'x' : 'y'}`}>{name}</span>}
    </div>
  );
}
