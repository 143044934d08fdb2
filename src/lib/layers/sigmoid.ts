/** The logistic function, σ(z) = 1/(1 + exp(−z)): squeezes every number into what lies between 0 and 1. */
export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
