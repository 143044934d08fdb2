/** The chapter's exercises: their answers by the engine, and what a wrong number would be the answer to. */
import type { Question } from '@/components/chapter/Exercise';
import { indexOfLargest } from '@/components/plots/cells';
import { formatNumber } from '@/components/plots/format';
import { placeOf } from '@/lib/dsp/interpolate';
import { type ResizeConfig, resizeKind } from '@/lib/layers/resize';
import { cellAt, type Tensor } from '@/lib/tensor';
import { resized } from '@/workers/lab/resized';
import { countedCells } from './counted.ts';
import { interpolationOf } from './ways.ts';

const side = 32;
const bilinear: ResizeConfig = { height: side, width: side, ...interpolationOf('bilinear') };

const one = (value: number) => formatNumber(value, { decimals: 1 });
const whole = (value: number) => formatNumber(value, { decimals: 0 });
const near = (given: number, value: number, tolerance: number) => Math.abs(given - value) <= tolerance;

/** The loudest cell of the small picture: [column, row]. */
function loudestCell(magnitudes: Tensor): readonly [number, number] {
  const small = resized(magnitudes, bilinear);
  const [column, row] = cellAt(small.shape, indexOfLargest(small.data));
  return [column, row];
}

/** Where the loudest row of the small picture is read. */
export function placeQuestion(magnitudes: Tensor): Question {
  const [, bins] = magnitudes.shape;
  const [, row] = loudestCell(magnitudes);
  const place = (coordinates: 'half-pixel' | 'align-corners' | 'asymmetric') => placeOf(row, bins, side, coordinates);
  const answer = place('half-pixel');
  const tolerance = 0.01;
  return {
    given: `Your second has ${bins} rows, the small picture ${side}. The loudest cell of the small picture is in row ${row}, counted from 0. Coordinates are half-pixel.`,
    unit: '',
    answer: Math.round(1000 * answer) / 1000,
    tolerance,
    why: `(${row} + ½) · ${bins}/${side} − ½ = ${formatNumber(answer, { decimals: 3 })}.`,
    hint: `The middle of new row ${row} is ${row} + ½ rows above the lower edge. How many old rows is that? The middle of old row 0 is ½ above the edge too.`,
    mistake: (given) => {
      if (near(given, answer + 0.5, tolerance))
        return `That is how far the middle lies above the lower edge. Old row 0 has its own middle ½ above that edge, so ½ comes off.`;
      if (near(given, place('asymmetric'), tolerance))
        return `That is ${row} · ${bins}/${side}: the asymmetric convention, which lets the first cells meet instead of the edges.`;
      if (near(given, place('align-corners'), tolerance))
        return `That is ${row} · ${bins - 1}/${side - 1}: aligned corners, where the middles of the outermost rows meet.`;
      if (near(given, Math.round(answer), tolerance) || near(given, Math.floor(answer), tolerance))
        return `That is a whole row. The place may lie between two of them, and bilinear needs to know where: write three decimals.`;
      return `Go from the lower edge: ${row} + ½ new rows, each ${formatNumber(bins / side, { decimals: 5 })} old ones high, and ½ comes off.`;
    },
  };
}

/** The value of the loudest cell of the small picture, from its four neighbours. */
export function valueQuestion(magnitudes: Tensor): Question {
  const [frames, bins] = magnitudes.shape;
  const [column, row] = loudestCell(magnitudes);
  const { terms } = resizeKind.create(bilinear).explain([column, row, 0], magnitudes);
  // In per cent of the loudest cell, so that a quiet clip has digits too.
  const loudest = magnitudes.data[indexOfLargest(magnitudes.data)] || 1;
  const values = terms.map(({ value }) => Math.round((1000 * value) / loudest) / 10);
  const [first] = terms[0].from;
  const later = placeOf(column, frames, side, 'half-pixel') - first;
  const higher = placeOf(row, bins, side, 'half-pixel') - terms[0].from[1];
  const blend = (share: number, up: number) => {
    const [a, b, c, d] = values;
    return (1 - share) * ((1 - up) * a + up * b) + share * ((1 - up) * c + up * d);
  };
  const answer = blend(later, higher);
  const tolerance = 0.1;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const three = (value: number) => formatNumber(value, { decimals: 3 });
  return {
    given: `In per cent of the loudest old cell: in the left column the lower cell has ${one(values[0])}, the upper ${one(values[1])}; in the right column ${one(values[2])} and ${one(values[3])}. The place lies ${three(later)} to the right of the left column, ${three(higher)} above the lower row.`,
    unit: '%',
    answer,
    tolerance,
    why: `Left: ${three(1 - higher)} × ${one(values[0])} + ${three(higher)} × ${one(values[1])} = ${one(blend(0, higher))}. Right: ${one(blend(1, higher))}. Then ${three(1 - later)} × ${one(blend(0, higher))} + ${three(later)} × ${one(blend(1, higher))} = ${one(answer)}.`,
    hint: 'First blend each column upwards, by the distances to its two cells. Then blend the two results.',
    mistake: (given) => {
      if (near(given, mean, tolerance))
        return `That is the plain mean of the four, as if the place were in their middle. Each counts by how close it is: a distance of ${three(higher)} gives the weight ${three(1 - higher)}.`;
      if (near(given, blend(1 - later, 1 - higher), tolerance))
        return `That gives the far cells the weights of the near ones. A cell counts 1 minus its distance.`;
      if (near(given, blend(higher, later), tolerance))
        return `That takes the distance in columns for the one in rows. To the right it is ${three(later)}, upwards ${three(higher)}.`;
      if (near(given, blend(Math.round(later), Math.round(higher)), tolerance))
        return `That is the nearest cell alone: the method nearest. Bilinear lets all four count.`;
      if (given > Math.max(...values) || given < Math.min(...values))
        return `A weighted mean lies between its smallest and its largest value. Do your four weights add up to 1?`;
      return `Blend the left column first: ${three(1 - higher)} of the lower cell and ${three(higher)} of the upper one. It should give ${one(blend(0, higher))}.`;
    },
  };
}

/** How many cells of the reader's whole clip have a say. */
export function countQuestion(frames: number): Question {
  const bins = 129;
  const all = frames * bins;
  const answer = countedCells([frames, bins], bilinear);
  const along = countedCells([frames, 1], { ...bilinear, width: 1 });
  const up = countedCells([1, bins], { ...bilinear, height: 1 });
  return {
    given: `Your whole clip has ${whole(frames)} frames of ${bins} bins: ${whole(all)} cells. It is made ${side} × ${side} by bilinear weights, without antialias.`,
    unit: 'cells',
    answer,
    tolerance: 0,
    why: `Each of the ${side} new rows reads two old ones, and no two rows share any: ${up}. Along time it is ${along}. So ${along} × ${up} = ${whole(answer)} cells count, ${formatNumber((100 * answer) / all, { significant: 2, unit: '%' })} of all.`,
    hint: 'How many old rows does one new row read? Do two new rows share any? Do the same for columns, and multiply.',
    mistake: (given) => {
      if (given === all)
        return `That is all of them, and it would be so with antialias or area. Bilinear looks at the two nearest rows and the two nearest columns, however far apart the places are.`;
      if (given === side * side)
        return `That is one old cell for each new one: the method nearest. Bilinear reads four.`;
      if (given === 4 * side * side && given !== answer)
        return `Each new cell reads up to four. But along time two new cells may share a column, and a place in the exact middle of a column reads that one alone. Count the rows and the columns that are read.`;
      if (given === 4) return `That is for one new cell. How many are read for all ${whole(side * side)} together?`;
      if (given === 2 * side) return `That is how many rows are read. A cell is read where its row and its column are.`;
      return `Count along one side at a time: how many old rows are read for ${side} new ones, how many old columns? Then multiply.`;
    },
  };
}
