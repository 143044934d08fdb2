import { formatNumber } from '@/components/plots/format';

/** What a recorder at full scale would have lost. */
export function clippedWords(clipped: number): string {
  return clipped > 0
    ? `${formatNumber(clipped)} of its samples were cut off at full scale: that no normalisation brings back.`
    : 'Nothing is cut off at full scale.';
}
