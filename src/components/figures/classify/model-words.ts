/** What a model takes, in words. */
import { formatNumber } from '@/components/plots/format';
import type { ModelSummary } from './summaries.ts';

/** Whether some class's name needs more room than a word. */
export function hasLongNames(classes: readonly string[]): boolean {
  return classes.some((name) => name.length > 9);
}

/** "3.3 MB", "130 kB" */
export function bytesOf(bytes: number): string {
  const [value, unit, decimals] = bytes < 1e6 ? [bytes / 1e3, 'kB', 0] : [bytes / 1e6, 'MB', 1];
  return formatNumber(value as number, { decimals: decimals as number, unit: unit as string });
}

/** "1 s" */
export function secondsOf({ samples, sampleRate }: Pick<ModelSummary, 'samples' | 'sampleRate'>): string {
  return formatNumber(samples / sampleRate, { unit: 's' });
}
