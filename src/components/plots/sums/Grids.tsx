import './sums.css';
import { useId, useRef } from 'preact/hooks';
import { colourOf, cssColour, inkOn, signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { itemByKey } from '@/components/plots/moving';
import { palette } from '@/components/plots/palette';
import { decimalsOf, type Part } from './parts.ts';

interface Props {
  /** Terms of one map, a box of cells. */
  readonly parts: readonly Part[];
  /** What the three grids hold; without weights and products, the values alone. */
  readonly captions: readonly [string] | readonly [string, string, string];
  /** Which part wins, where one does. */
  readonly winner?: number;
  readonly chosen: Part | undefined;
  readonly onChoose: (part: Part) => void;
  /** Hears the part that is pointed at, and undefined when the pointer leaves. */
  readonly onPoint?: (part: Part | undefined) => void;
}

/** Boxes wider than this show colours alone; their numbers are told one at a time. */
const roomy = 4;

/** Inputs × weights = products, as grids of numbers that stand as the cells do: time to the right, frequency up. */
export function Grids({ parts, captions, winner, chosen, onChoose, onPoint }: Props) {
  const grids = useRef<HTMLDivElement>(null);
  const id = useId();
  const times = parts.map(({ place }) => place[0]);
  const frequencies = parts.map(({ place }) => place[1]);
  const left = Math.min(...times);
  const top = Math.max(...frequencies);
  const columns = Math.max(...times) - left + 1;
  const rows = top - Math.min(...frequencies) + 1;
  const inOrder = Array.from({ length: rows * columns }, (_, item) => {
    const [x, y] = [item % columns, Math.floor(item / columns)];
    return parts.find(({ place }) => place[0] === left + x && place[1] === top - y);
  });
  const values = [
    parts.map(({ value }) => value),
    parts.map(({ weight }) => weight),
    parts.map(({ product }) => product),
  ];
  const decimals = values.map(decimalsOf);
  const of = [(part: Part) => part.value, (part: Part) => part.weight, (part: Part) => part.product];
  const last = captions.length - 1;
  const focused = chosen ? inOrder.indexOf(chosen) : 0;
  const choose = (item: number) => {
    const part = inOrder[item];
    if (!part) return;
    onChoose(part);
    onPoint?.(part);
  };
  return (
    <div class={columns > roomy ? 'grids fine' : 'grids'} ref={grids} onPointerLeave={() => onPoint?.(undefined)}>
      {captions.map((caption, grid) => (
        <div class="m" key={caption}>
          <small id={`${id}-${grid}`}>{caption}</small>
          <table aria-labelledby={`${id}-${grid}`}>
            <tbody>
              {Array.from({ length: rows }, (_, y) => (
                <tr key={y}>
                  {inOrder.slice(y * columns, (y + 1) * columns).map((part, x) => {
                    const item = y * columns + x;
                    if (!part) return <td key={item} class="none" />;
                    const value = of[grid](part);
                    const text = value === 0 ? '0' : formatNumber(value, { decimals: decimals[grid] });
                    return (
                      <td
                        key={item}
                        class={`${part === chosen ? 'lit' : ''}${part.index === winner ? ' winner' : ''}`}
                        style={tint(value, values[grid])}
                        data-term={part.index}
                        data-value={value}
                        onPointerEnter={() => choose(item)}
                        onPointerDown={() => choose(item)}
                      >
                        {grid === last ? (
                          <button
                            type="button"
                            tabIndex={item === Math.max(0, focused) ? 0 : -1}
                            aria-label={`term ${part.index + 1}: ${text}${part.index === winner ? ', the largest' : ''}`}
                            onFocus={() => choose(item)}
                            onKeyDown={(event) => {
                              const next = itemByKey(event.key, item, inOrder.length, columns);
                              if (next === undefined) return;
                              event.preventDefault();
                              const buttons = grids.current?.querySelectorAll<HTMLElement>('.m:last-of-type button');
                              buttons?.[next]?.focus();
                            }}
                          >
                            {text}
                          </button>
                        ) : (
                          <span>{text}</span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </div>
  );
}

/** A cell's colour by its value among the others, with ink that is read on it. */
function tint(value: number, all: readonly number[]): { background: string; color: string } | undefined {
  const colours = palette.value;
  if (!colours) return undefined;
  const limit = 1.15 * Math.max(...all.map(Math.abs));
  const background = colourOf(value, signedScale(colours.diverging, limit));
  return { background: cssColour(background), color: inkOn(background) };
}
