import { Legend } from '@/components/plots/Legend';
import { shownRange } from './SpectrogramPlot.tsx';

interface Props {
  /** How far below the loudest cell the colours reach, dB. */
  readonly range?: number;
  readonly label?: string;
}

/** The colours of a picture in decibels. */
export function DecibelLegend({ range = shownRange, label = 'dB below the loudest cell' }: Props) {
  return <Legend map="sequential" low={-range} high={0} ticks={[-range, -range / 2, 0]} label={label} />;
}
