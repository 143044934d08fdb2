/**
 * What takes many passes through a network is a generator: it yields after each pass, so that a worker can show what
 * has come so far, let other work in, or stop. The result is what it returns.
 */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Runs a generator to its end, for callers that have nothing else to do. */
export function runToEnd<Result>(generator: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}
