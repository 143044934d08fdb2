/** The divisor of a z-score, √(σ² + ε), as Figure 6.4 shows it. */

/** The epsilons that the figure compares, as its setting names them. */
export const epsilons = { '0': 0, '1e-7': 1e-7, '1e-3': 1e-3 } as const;
export type EpsilonName = keyof typeof epsilons;

/** How far the cells of a picture with this variance spread after normalising: σ/√(σ² + ε), 1 without an epsilon. */
export function spreadAfter(variance: number, epsilon: number): number {
  return Math.sqrt(variance / (variance + epsilon));
}
