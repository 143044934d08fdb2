/** The energies of a spectrogram in decibels, whatever scale its model works on. */
import type { StageInfo } from '@/workers/protocol';
import { pathTo } from './stage-path.ts';

/**
 * A function from values of the stage `index` to decibels of the magnitude, 20·log₁₀|X|: it undoes the logarithm, the
 * decibels or the power law that stands between the spectrogram and that stage.
 */
export function decibelsOf(
  stages: readonly Pick<StageInfo, 'type' | 'config' | 'inputIndex'>[],
  index: number,
): (v: number) => number {
  const before = pathTo(stages, index).map((stage) => stages[stage]);
  const setting = (type: string, name: string): unknown => before.find((stage) => stage.type === type)?.config[name];
  const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  const power = number(setting('spectrogram', 'power'), 1);
  const quantity = setting('decibels', 'quantity');
  if (quantity !== undefined) return (value) => ((quantity === 'power' ? 2 : 1) * value) / power;
  const factor = 20 / Math.LN10 / power;
  const logScale = setting('log', 'scale');
  if (typeof logScale === 'number') return (value) => (factor * value) / logScale;
  const exponent = number(setting('power', 'exponent'), 1);
  return (value) => (factor / exponent) * Math.log(Math.max(value, 0));
}
