/** Results of the worker whose arrays are moved to the page: to copy tens of megabytes would hold the page up. */

const given = new WeakMap<object, readonly ArrayBuffer[]>();

/** Marks arrays of a result as the page's own from now on: the worker keeps nothing of them. Returns the result. */
export function handOver<Result extends object>(result: Result, ...arrays: readonly Float32Array[]): Result {
  given.set(
    result,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
  return result;
}

/** What of a result is to be moved; nothing where it was not handed over. */
export function buffersOf(result: unknown): ArrayBuffer[] {
  return typeof result === 'object' && result !== null ? [...(given.get(result) ?? [])] : [];
}
