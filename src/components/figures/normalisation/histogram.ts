/** A histogram: how many values fall into each of a row of equal intervals. */
export interface Histogram {
  readonly counts: Int32Array;
  /** The ends of the intervals, one more than there are counts. */
  readonly edges: Float64Array;
}

/** Values outside low to high, and what is no number, are left out; `high` itself belongs to the last interval. */
export function countValues(values: ArrayLike<number>, low: number, high: number, intervals = 40): Histogram {
  const counts = new Int32Array(intervals);
  const step = (high - low) / intervals;
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor((values[i] - low) / step);
    if (place >= 0 && values[i] <= high) counts[Math.min(place, intervals - 1)]++;
  }
  return { counts, edges: Float64Array.from({ length: intervals + 1 }, (_, edge) => low + edge * step) };
}

/** The height of the chart: where one bar towers over all others, it is cut not far above the second. */
export function heightOf(counts: ArrayLike<number>): number {
  const [most = 0, second = 0] = Array.from(counts).sort((a, b) => b - a);
  return Math.max(1, most > 2 * second && second > 0 ? Math.ceil(1.2 * second) : most);
}
