/** The terms of an explanation as a figure shows them: each with its product and the cell that it comes from. */
import type { Explanation } from '@/lib/layers/explanation';
import type { Cell } from '@/lib/tensor';

export interface Part {
  /** Its number among the terms. */
  readonly index: number;
  readonly value: number;
  readonly weight: number;
  readonly product: number;
  /** The cell in the tensor that the figure calls its source. */
  readonly place: Cell;
}

/** @param placeOf where a term's cell stands in the source, if that is not the layer's own input */
export function partsOf(
  { terms }: Pick<Explanation, 'terms'>,
  placeOf: (from: Cell) => Cell = (from) => from,
): readonly Part[] {
  return terms.map(({ from, value, weight = 1 }, index) => ({
    index,
    value,
    weight,
    product: value * weight,
    place: placeOf(from),
  }));
}

export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { product }) => sum + product, 0);
}

/** The terms from the one that weighs most to the one that weighs least, whatever their sign. */
export function ranked<Given extends Part>(parts: readonly Given[]): readonly Given[] {
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
