/** The pictures in words, for those who hear the page. */
import { extentOf, indexOfLargest } from '@/components/plots/cells';
import { formatDimensions, formatNumber, formatProbability, formatRange } from '@/components/plots/format';
import { type Cell, offsetOf, type Tensor } from '@/lib/tensor';
import type { PanelKey } from './panels.ts';
import { rangeText, type Scene } from './scene.ts';
import type { ThreadKey } from './thread.ts';

/** The words that the network knows, in the order in which they are offered. */
export const words: readonly string[] = ['yes', 'no', 'up', 'down', 'left', 'right', 'go', 'stop'];

/** What a picture shows: "Convolution 1: 32 maps of 30 × 30, values 0 to 2.0. 41 per cent of the cells are 0." */
export function pictureText(key: PanelKey, title: string, values: Tensor): string {
  const { shape } = values;
  const range = rangeText(key, values);
  switch (key) {
    case 'waveform':
      return `${title} of the second that is judged: ${formatDimensions(shape)} samples, ${range}.`;
    case 'spectrogram':
    case 'resized':
      return `${title}: ${shape[0]} columns in time, ${shape[1]} rows in frequency, ${range}. ${loudestPlace(values)}`;
    case 'normalised':
      return `${title}: ${shape[0]} × ${shape[1]} signed values, ${range}.`;
    case 'dense':
      return `${title}: ${shape[0]} units, ${range}. ${zeros(values)}`;
    case 'answers':
      return title;
    default:
      return `${title}: ${shape[2]} maps of ${shape[0]} × ${shape[1]}, ${range}. ${zeros(values)}`;
  }
}

/** A cell and its value: "map 5, column 12, row 9: 2.31". Columns run in time, rows in frequency, both from 0. */
export function cellText(key: ThreadKey, cell: Cell, scene: Scene): string {
  const values = scene.shown[key];
  if (!values) return '';
  const value = values.data[offsetOf(values.shape, cell.slice(0, values.shape.length))];
  if (key === 'answers') return `${scene.classes[cell[0]]}, ${formatProbability(value)}`;
  const number = value === 0 ? '0' : formatNumber(value, { significant: 3 });
  if (key === 'dense') return `unit ${cell[0]}: ${number}`;
  const map = values.shape[2] > 1 ? `map ${cell[2]}, ` : '';
  return `${map}column ${cell[0]}, row ${cell[1]}: ${number}`;
}

/** "0.19 to 0.34 s, 1,563 to 2,625 Hz" */
export function fieldText(seconds: readonly [number, number], hertz: readonly [number, number]): string {
  return `${formatRange(...seconds, { decimals: 2, unit: 's' })}, ${formatRange(...hertz, { decimals: 0, unit: 'Hz' })}`;
}

function loudestPlace({ shape, data }: Tensor): string {
  const loudest = indexOfLargest(data);
  const [time, frequency] = [Math.floor(loudest / shape[1]), loudest % shape[1]];
  return `Loudest in column ${time}, row ${frequency}.`;
}

function zeros({ data }: Tensor): string {
  if (extentOf(data).max === 0) return 'All are 0.';
  const count = data.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  return `${formatNumber((100 * count) / data.length, { decimals: 0 })} per cent are 0.`;
}
