/** What a model takes, in words. */
import { formatNumber } from '@/components/plots/format';
import type { ModelSummary } from './summaries.ts';

/** "1 s" */
export function secondsOf({ samples, sampleRate }: Pick<ModelSummary, 'samples' | 'sampleRate'>): string {
  return formatNumber(samples / sampleRate, { unit: 's' });
}
