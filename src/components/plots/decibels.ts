/** The energies of a spectrogram in decibels, whatever scale its model works on. */
import type { StageInfo } from '@/workers/protocol';

/**
 * A function from values of the stage `index` to decibels of the magnitude, 20·log₁₀|X|: it undoes the logarithm or the
 * power law that stands between the spectrogram and that stage.
 */
export function decibelsOf(
  stages: readonly Pick<StageInfo, 'type' | 'config'>[],
  index: number,
): (v: number) => number {
  const before = stages.slice(0, index + 1);
  const setting = (type: string, name: string): number | undefined => {
    const value = before.find((stage) => stage.type === type)?.config[name];
    return typeof value === 'number' ? value : undefined;
  };
  const power = setting('spectrogram', 'power') ?? 1;
  const logScale = setting('log', 'scale');
  const factor = 20 / Math.LN10 / power;
  if (logScale !== undefined) return (value) => (factor * value) / logScale;
  const exponent = setting('power', 'exponent') ?? 1;
  return (value) => (factor / exponent) * Math.log(Math.max(value, 0));
}
