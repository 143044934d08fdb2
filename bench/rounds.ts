/** How often what is measured runs, in Node and in Chromium alike. */
import type { Rounds } from './measure.ts';

/** Median milliseconds by contender. */
export type Medians = Record<string, number>;

export const forwardRounds: Rounds = { rounds: 60, calls: 8 };
export const stftRounds: Rounds = { rounds: 40, calls: 20 };
/** For each network; all together take some minutes. */
export const trainRounds: Rounds = { rounds: 6, calls: 2 };
export const fftRounds: Rounds = { rounds: 40, calls: 20 };
export const logMelRounds: Rounds = { rounds: 5, calls: 2 };
