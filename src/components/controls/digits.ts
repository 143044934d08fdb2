/** A number in the field beside a slider, as it is written there and as it is read. */

/** Up to six significant digits; empty for what is no number. */
export function digitsOf(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '';
}

/** Reads "16,000" and "−3.5"; not a number for what is none yet, such as "" and "−". */
export function numberOf(text: string): number {
  const plain = text.replaceAll(',', '').replace('−', '-').trim();
  return plain === '' ? Number.NaN : Number(plain);
}
