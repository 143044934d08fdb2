/** How much of a picture's magnitude arrives in a smaller one, column by column. */
import type { Tensor } from '@/lib/tensor';

/** Columns with less than this share of the fullest one have nothing to compare. */
const least = 0.01;

/**
 * The sum of each column over that of the same column in `exact`, where the means of the covered cells stand, which
 * lose nothing. NaN where there is nothing.
 */
export function shareByColumn(picture: Tensor, exact: Tensor): readonly number[] {
  const should = columnSums(exact);
  const fullest = Math.max(...should);
  return columnSums(picture).map((sum, column) =>
    should[column] > least * fullest ? sum / should[column] : Number.NaN,
  );
}

/** Of a picture of [time, frequency, 1]. */
function columnSums({ shape: [columns, rows], data }: Tensor): readonly number[] {
  return Array.from({ length: columns }, (_, column) =>
    data.subarray(column * rows, (column + 1) * rows).reduce((sum, value) => sum + value, 0),
  );
}
