/** Round numbers for an axis: multiples of 1, 2 or 5 times a power of ten within [low, high], about `wanted` of them. */
export function roundTicks(low: number, high: number, wanted: number): number[] {
  if (!(high > low) || wanted < 1) return [];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  // The changes lie at the geometric means of 1, 2, 5 and 10.
  const step = power * (factor < Math.sqrt(2) ? 1 : factor < Math.sqrt(10) ? 2 : factor < Math.sqrt(50) ? 5 : 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
    ticks.push(Number((index * step).toFixed(digits)) + 0);
  }
  return ticks;
}
