/** Sentences about cells and the sound that they come from. */

import { placeOf } from '@/components/plots/cell-scale';
import { formatNumber, formatRange } from '@/components/plots/format';
import { scalesOf } from '@/components/plots/stage-scales';
import { type Cell, offsetOf } from '@/lib/tensor';
import type { SoundField } from '@/workers/protocol';
import { outputOf } from './cursor.ts';
import { cellName, channelsOf, type Entry, type ModelShell, plainShape } from './entries.ts';
import type { Run } from './judge.ts';

/** "Convolution 1 [9, 7, 4]", or the name of a class. */
export function nameOf({ title, shape, output }: Entry, cell: Cell, { stages, classes }: ModelShell): string {
  return output === stages.length - 1 ? classes[cell[0]] : `${title} ${cellName(cell, shape)}`;
}

/** "at 0.332 s, 2,094 Hz": the middle of what a cell stands for; empty where it stands for no place. */
export function whereOf({ output }: Entry, cell: Cell, info: ModelShell): string {
  if (output < 0) return `at ${formatNumber(cell[0] / info.sampleRate, { decimals: 4, unit: 's' })}`;
  const scales = scalesOf(info, output);
  if (!scales) return '';
  const { time, frequency } = scales;
  const seconds = formatNumber(time.first + cell[0] * time.step, { decimals: 3, unit: 's' });
  return `at ${seconds}, ${hertz(frequency.first + cell[1] * frequency.step)}`;
}

/** "0.288 to 0.376 s, 1,812.5 to 2,375 Hz" */
export function fieldText({ seconds, hertz: [low, high] }: Pick<SoundField, 'seconds' | 'hertz'>): string {
  return `${formatRange(...seconds, { decimals: 3, unit: 's' })}, ${hertz(low, '')} to ${hertz(high)}`;
}

/** Whether a field is all of the sound. */
export function isWhole({ seconds: [from, to], hertz: [low, high] }: SoundField, info: ModelShell): boolean {
  const { samples, sampleRate, stages } = info;
  const spectrogram = stages.find(({ type }) => type === 'spectrogram');
  const scales = scalesOf(
    info,
    stages.findIndex(({ type }) => type === 'spectrogram'),
  );
  // The last samples may lie in no frame.
  const hop = Number(spectrogram?.config.hopLength ?? 1) / sampleRate;
  const inFrames = scales ? placeOf(scales.time, to) : 1;
  return from === 0 && (to > samples / sampleRate - hop || inFrames >= 1) && low === 0 && high >= sampleRate / 2;
}

/** What a reader who cannot see the picture is told of its cell. */
export function spokenCell(of: Run, from: Entry, cell: Cell, field: SoundField | undefined): string {
  const values = outputOf(of, from.output);
  const value = formatNumber(values.data[offsetOf(values.shape, cell)], { significant: 4 });
  const where = whereOf(from, cell, of.info);
  const sound = field && !isWhole(field, of.info) ? ` From ${fieldText(field)}.` : '';
  return `${nameOf(from, cell, of.info)}: ${value}${where ? `, ${where}` : ''}.${sound}`;
}

/** A picture in words: "Map 4 of 32, 30 columns in time, 30 rows in frequency." */
export function pictureText({ title, shape }: Entry, channel: number): string {
  if (shape.length === 1) return `${title}: ${formatNumber(shape[0], { decimals: 0 })} numbers.`;
  const map = channelsOf(shape) > 1 ? `map ${channel} of ${channelsOf(shape)}, ` : '';
  const [times, frequencies] = plainShape(shape);
  return `${title}: ${map}${times} columns in time, ${frequencies} rows in frequency.`;
}

function hertz(value: number, unit = 'Hz'): string {
  const decimals = Number.isInteger(value) ? 0 : 1;
  return formatNumber(value, unit ? { decimals, unit } : { decimals });
}
