/** A number in a field, as it is written there and as it is read. */

/** Up to six significant digits; empty for what is no number. */
export function digitsOf(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '';
}

/**
 * Reads "16,000", "16 000", "−3.5" and "1e3". A comma that sets off no group of three digits is a decimal point: "0,5".
 * Not a number for what is none yet, such as "" and "−".
 */
export function numberOf(text: string): number {
  const plain = text.replace(/\s/g, '').replace('−', '-');
  const grouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.|$)/.test(plain);
  return plain === '' ? Number.NaN : Number(grouped ? plain.replaceAll(',', '') : plain.replace(',', '.'));
}
