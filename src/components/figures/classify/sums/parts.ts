/** The terms of an explanation as the page shows them: each with its product and its place in the stage it comes from. */
import type { Explanation } from '@/lib/layers/explanation';
import type { Cell } from '@/lib/tensor';
import type { StageInfo } from '@/workers/protocol';
import { cellInSource, type Entry } from '../entries.ts';

export interface Part {
  /** Its number among the terms. */
  readonly index: number;
  readonly value: number;
  readonly weight: number;
  readonly product: number;
  /** The cell in the output of the entry's source. */
  readonly place: Cell;
}

export function partsOf({ terms }: Explanation, stages: readonly StageInfo[], entry: Entry): readonly Part[] {
  return terms.map(({ from, value, weight = 1 }, index) => ({
    index,
    value,
    weight,
    product: value * weight,
    place: cellInSource(stages, entry, from),
  }));
}

export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { product }) => sum + product, 0);
}

/** The terms from the one that weighs most to the one that weighs least, whatever their sign. */
export function ranked(parts: readonly Part[]): readonly Part[] {
  return parts.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
}

export interface ChannelSum {
  readonly channel: number;
  readonly parts: readonly Part[];
  readonly sum: number;
}

/** The terms by the input map that they read. */
export function byChannel(parts: readonly Part[]): readonly ChannelSum[] {
  const groups = new Map<number, Part[]>();
  for (const part of parts) {
    const channel = part.place[2] ?? 0;
    const group = groups.get(channel);
    if (group) group.push(part);
    else groups.set(channel, [part]);
  }
  return [...groups].map(([channel, own]) => ({ channel, parts: own, sum: sumOf(own) }));
}

/** Digits after the point that show the largest of these numbers with three significant digits; the others with as many. */
export function decimalsOf(values: readonly number[]): number {
  const largest = Math.max(...values.map(Math.abs));
  if (!(largest > 0) || !Number.isFinite(largest)) return 2;
  return Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(largest))));
}
