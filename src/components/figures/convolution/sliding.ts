/** The order in which a window slides: along time, row by row, from the highest frequency down, as one reads. */
import type { Cell, Shape } from '@/lib/tensor';

/** How many places there are in an output of [time, frequency, …]. */
export function stepsOf([times, frequencies]: Shape): number {
  return times * frequencies;
}

/** The output cell, [time, frequency], of a step counted from 0. */
export function cellOfStep(step: number, [times, frequencies]: Shape): Cell {
  return [step % times, frequencies - 1 - Math.floor(step / times)];
}

/** The step that makes a cell; a cell beyond the edge counts as the nearest. */
export function stepOfCell([time, frequency]: Cell, [times, frequencies]: Shape): number {
  const within = (index: number, count: number) => Math.max(0, Math.min(count - 1, index));
  return (frequencies - 1 - within(frequency, frequencies)) * times + within(time, times);
}
