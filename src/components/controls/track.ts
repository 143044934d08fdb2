/**
 * The track of a slider: where a value stands on it, and what its positions stand for. Where values are spaced by
 * ratios, the track has a thousand positions, each the same factor above the one before.
 */
import type { NumberParameter } from '../../lib/parameters.ts';

const positions = 1000;

/** From one value to the next. */
function stepOf({ kind, min, max, step }: NumberParameter): number {
  return step ?? (kind === 'integer' ? 1 : (max - min) / positions);
}

/** The ends of the track, and how far apart its positions are. */
export function trackOf(parameter: NumberParameter): { min: number; max: number; step: number } {
  if (parameter.scale === 'log') return { min: 0, max: positions, step: 1 };
  return { min: parameter.min, max: parameter.max, step: stepOf(parameter) };
}

/** The share of the track before a value, 0 to 1: at an end for what lies beyond, at the beginning for no number. */
export function shareOf({ min, max, scale }: NumberParameter, value: number): number {
  const within = Math.min(Math.max(Number.isFinite(value) ? value : min, min), max);
  return scale === 'log' ? Math.log(within / min) / Math.log(max / min) : (within - min) / (max - min);
}

/** The position of a value's handle. Only the least and the greatest value stand at the ends. */
export function positionOf(parameter: NumberParameter, value: number): number {
  const { min, max, scale } = parameter;
  const within = Math.min(Math.max(Number.isFinite(value) ? value : min, min), max);
  if (scale !== 'log') return within;
  if (within === min) return 0;
  if (within === max) return positions;
  return Math.min(Math.max(Math.round(shareOf(parameter, value) * positions), 1), positions - 1);
}

/**
 * The value that a handle moved to `position` gives. Where that rounds to nothing further than the value it came from,
 * as for 16 and 17 on a track that reaches to 4096, it is the next value in that direction.
 * @param from the value that the handle stood at
 */
export function valueAt(parameter: NumberParameter, position: number, from: number): number {
  const { min, max, scale } = parameter;
  if (scale !== 'log') return position;
  const step = stepOf(parameter);
  const tidy = (value: number) => Number(Math.min(max, Math.max(min, value)).toPrecision(12));
  const rounded = tidy(Math.round((min * (max / min) ** (position / positions)) / step) * step);
  const up = position > positionOf(parameter, from);
  if (!Number.isFinite(from) || (up ? rounded > from : rounded < from)) return rounded;
  return tidy(up ? from + step : from - step);
}
