/** Measures contenders by turns, so that what else the machine does falls on all of them alike. */
export interface Contender {
  readonly name: string;
  run(): unknown;
}

export interface Rounds {
  readonly rounds: number;
  /** Calls of a contender in a row, in each round, after one that is not counted. */
  readonly calls: number;
}

/** The median milliseconds of one call, by contender. */
export async function measure(contenders: readonly Contender[], rounds: Rounds): Promise<Record<string, number>> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds.rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      // The order turns, so that nobody always follows the same neighbour.
      const index = (turn + round) % contenders.length;
      await timeCall(contenders[index]);
      for (let i = 0; i < rounds.calls; i++) times[index].push(await timeCall(contenders[index]));
    }
  }
  return Object.fromEntries(contenders.map(({ name }, index) => [name, median(times[index])]));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function timeCall(contender: Contender): Promise<number> {
  const start = performance.now();
  const result = contender.run();
  if (result instanceof Promise) await result;
  return performance.now() - start;
}
