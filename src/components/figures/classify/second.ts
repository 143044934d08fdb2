/** Choosing the second to judge in a longer clip: where keys and pointer take it. */
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
