/** Choosing the part to judge in a longer clip: where keys and pointer take it. */
import type { Pressed } from '@/components/plots/moving';

/** Keys step by 10 ms, with Shift by 100 ms. */
const step = 0.01;

/**
 * Where the second begins after a key; undefined for a key that does not move it.
 * @param bounds the first and last place where it may begin, seconds
 */
export function startByKey({ key, shiftKey }: Pressed, start: number, bounds: readonly [number, number]) {
  const far = shiftKey ? 10 * step : step;
  const moved = {
    ArrowLeft: start - far,
    ArrowDown: start - far,
    ArrowRight: start + far,
    ArrowUp: start + far,
    PageDown: start - 1,
    PageUp: start + 1,
    Home: bounds[0],
    End: bounds[1],
  }[key];
  return moved === undefined ? undefined : within(moved, bounds);
}

/** A beginning on a whole step, within the bounds. */
export function within(start: number, [first, last]: readonly [number, number]): number {
  return Math.min(Math.max(Math.round(start / step) * step, first), last);
}

/** The tile that a key leads to; undefined for a key that leads to none. */
export function tileByKey(key: string, start: number, tiles: readonly number[]): number | undefined {
  const at = tiles.indexOf(start);
  const next = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageDown: at - 5,
    PageUp: at + 5,
    Home: 0,
    End: tiles.length - 1,
  }[key];
  return next === undefined ? undefined : tiles[Math.max(0, Math.min(tiles.length - 1, next))];
}
