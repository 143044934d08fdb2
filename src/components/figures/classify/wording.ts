/** Sentences about cells and the sound that they come from. */

import { placeOf } from '@/components/plots/cell-scale';
import { formatNumber, formatRange } from '@/components/plots/format';
import { axesOf, type Rows } from '@/components/plots/stage-scales';
import { melToHz } from '@/lib/dsp/mel';
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
  const { time, trimmed, rows, across } = axesOf(info, output);
  const row = cell[time ? 1 : 0];
  const decimals = time && time.step < 0.001 ? 4 : 3;
  const seconds = time && formatNumber(time.first + cell[0] * time.step, { decimals, unit: 's' });
  const where = [
    ...(seconds ? [trimmed ? `${seconds} of the trimmed sound` : seconds] : []),
    ...(rows && row !== undefined ? placeOfRow(rows, row) : []),
    ...(across && cell.length > 1 ? [`${across} ${cell[1]}`] : []),
  ];
  return where.length > 0 && (time || rows?.kind !== 'number') ? `at ${where.join(', ')}` : '';
}

function placeOfRow(rows: Rows, row: number): readonly string[] {
  if (rows.kind === 'number') return [`${rows.name} ${row}`];
  const value = rows.scale.first + row * rows.scale.step;
  return [rows.kind === 'mel' ? hertz(Math.round(melToHz(value, rows.mel.scale))) : hertz(value)];
}

/** "0.288 to 0.376 s, 1,812.5 to 2,375 Hz"; of a model without a spectrogram, the seconds alone. */
export function fieldText({ seconds, hertz: [low, high] }: Pick<SoundField, 'seconds' | 'hertz'>, info: ModelShell) {
  const time = formatRange(...seconds, { decimals: 3, unit: 's' });
  return info.stages.some(({ type }) => type === 'spectrogram') ? `${time}, ${hertz(low, '')} to ${hertz(high)}` : time;
}

/** Whether a cell depends on nothing of the sound. */
export function isNothing({ seconds: [from, to] }: Pick<SoundField, 'seconds'>): boolean {
  return from === to;
}

/** Whether a field is all of the sound. */
export function isWhole({ seconds: [from, to], hertz: [low, high] }: SoundField, info: ModelShell): boolean {
  const { samples, sampleRate, stages } = info;
  const stage = stages.findIndex(({ type }) => type === 'spectrogram');
  const { time } = axesOf(info, stage);
  // The last samples may lie in no frame.
  const hop = stage < 0 ? 0 : Number(stages[stage].config.hopLength ?? 1) / sampleRate;
  const inFrames = time && stage >= 0 ? placeOf(time, to) : 0;
  const late = to > samples / sampleRate - hop || to === samples / sampleRate || inFrames >= 1;
  return from === 0 && late && low === 0 && high >= sampleRate / 2;
}

/** What the model takes at a time, in words: "second", "5 seconds". */
export function stretchOf({ samples, sampleRate }: Pick<ModelShell, 'samples' | 'sampleRate'>): string {
  const seconds = samples / sampleRate;
  return seconds === 1 ? 'second' : `${formatNumber(seconds)} seconds`;
}

/** What a reader who cannot see the picture is told of its cell. */
export function spokenCell(of: Run, from: Entry, cell: Cell, field: SoundField | undefined): string {
  const values = outputOf(of, from.output);
  const value = formatNumber(values.data[offsetOf(values.shape, cell)], { significant: 4 });
  const where = whereOf(from, cell, of.info);
  const sound = field && !isWhole(field, of.info) && !isNothing(field) ? ` From ${fieldText(field, of.info)}.` : '';
  return `${nameOf(from, cell, of.info)}: ${value}${where ? `, ${where}` : ''}.${sound}`;
}

/** A picture in words: "Map 4 of 32, 30 columns in time, 30 rows in frequency." */
export function pictureText({ title, shape, output }: Entry, channel: number, info: ModelShell): string {
  if (shape.length === 1) return `${title}: ${formatNumber(shape[0], { decimals: 0 })} numbers.`;
  const map = channelsOf(shape) > 1 ? `map ${channel} of ${channelsOf(shape)}, ` : '';
  const [times, frequencies] = plainShape(shape);
  const { rows, across: second } = axesOf(info, output);
  if (second) return `${title}: ${times} places in frequency, ${frequencies} ${second}s.`;
  const across = rows?.kind === 'number' ? `${rows.name}s` : 'rows in frequency';
  return `${title}: ${map}${times} columns in time, ${frequencies} ${across}.`;
}

function hertz(value: number, unit = 'Hz'): string {
  const decimals = Number.isInteger(value) ? 0 : 1;
  return formatNumber(value, unit ? { decimals, unit } : { decimals });
}
