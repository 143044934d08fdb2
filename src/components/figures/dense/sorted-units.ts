import type { Tensor } from '@/lib/tensor';

/**
 * The units in the order of the answers that they speak most for, the strongest first within an answer.
 * @param weights of the last layer, [units, answers]
 */
export function sortedUnits({ shape: [units, answers], data }: Tensor): number[] {
  const favourites = Array.from({ length: units }, (_, unit) => {
    const own = data.subarray(unit * answers, (unit + 1) * answers);
    const weight = Math.max(...own);
    return { unit, answer: own.indexOf(weight), weight };
  });
  return favourites.sort((a, b) => a.answer - b.answer || b.weight - a.weight).map(({ unit }) => unit);
}
