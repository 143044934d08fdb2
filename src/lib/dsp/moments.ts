/**
 * Mean and variance of numbers that come piece by piece, in double precision: each piece by two passes, pieces joined
 * by the formula of T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing
 * sample variances", 1979.
 */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Of the population: the mean squared distance from the mean. 0 for no numbers. */
  readonly variance: number;
}

export const noMoments: Moments = { count: 0, mean: 0, variance: 0 };

/** Mean and variance of some numbers. Equal numbers have exactly that mean, and variance 0. */
export function momentsOf(values: Float32Array): Moments {
  const count = values.length;
  if (count === 0) return noMoments;
  const shift = values[0];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] - shift;
  const mean = shift + sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i] - mean) ** 2;
  return { count, mean, variance: squares / count };
}

/** The moments of two sets of numbers together. */
export function joinMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return noMoments;
  const distance = b.mean - a.mean;
  const mean = a.mean + (distance * b.count) / count;
  const within = a.variance * a.count + b.variance * b.count;
  const between = (distance * distance * a.count * b.count) / count;
  return { count, mean, variance: (within + between) / count };
}
