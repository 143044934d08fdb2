import { Legend } from '@/components/plots/Legend';
import { shownDecibels } from './paint.ts';

/** The colours of a picture in decibels. */
export function DecibelLegend() {
  const ticks = [-shownDecibels, -shownDecibels / 2, 0];
  return <Legend map="sequential" low={-shownDecibels} high={0} ticks={ticks} label="dB below the loudest cell" />;
}
