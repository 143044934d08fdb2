/**
 * Numbers as the book sets them: a true minus, commas between thousands, a no-break space before the unit.
 * 1563.4 Hz → "1,563 Hz", −0.3 → "−0.30", 0.985 → "98.5 %".
 */
export const noBreakSpace = '\u00a0';
const minus = '\u2212';

export interface NumberFormat {
  /** Digits after the point. */
  readonly decimals?: number;
  /** Significant digits, without an exponent; ignored where `decimals` is given. */
  readonly significant?: number;
  readonly unit?: string;
}

/** Without decimals or significant digits: four significant digits, trailing zeros dropped. */
export function formatNumber(value: number, { decimals, significant, unit }: NumberFormat = {}): string {
  if (Number.isNaN(value)) return 'not a number';
  const text = Number.isFinite(value) ? digits(Math.abs(value), decimals, significant) : '∞';
  const negative = value < 0 && !/^[0.,]*$/.test(text);
  return `${negative ? minus : ''}${text}${unit ? noBreakSpace + unit : ''}`;
}

/** "0.12 − 0.05i"; without an imaginary part, the real one alone. */
export function formatComplex(re: number, im?: number, format: NumberFormat = {}): string {
  const real = formatNumber(re, format);
  return im === undefined ? real : `${real} ${im < 0 ? minus : '+'} ${formatNumber(Math.abs(im), format)}i`;
}

/** "−46 to 24 dB": the unit once, at the end. */
export function formatRange(low: number, high: number, format: NumberFormat = {}): string {
  const { unit, ...bare } = format;
  return `${formatNumber(low, bare)} to ${formatNumber(high, format)}`;
}

/** "124 × 129", "16,000": the lengths of the axes. */
export function formatDimensions(shape: readonly number[]): string {
  return shape.map((length) => formatNumber(length, { decimals: 0 })).join(' × ');
}

/** A probability from 0 to 1 in per cent, with one decimal, "98.5 %", and no false certainty at the ends. */
export function formatProbability(probability: number): string {
  if (probability > 0.9995) return `more than 99.9${noBreakSpace}%`;
  if (probability > 0 && probability < 0.0005) return `less than 0.1${noBreakSpace}%`;
  return formatNumber(100 * probability, { decimals: 1, unit: '%' });
}

/** To make one takes longer than to use it a thousand times. */
const formats = new Map<string, Intl.NumberFormat>();

function digits(magnitude: number, decimals: number | undefined, significant: number | undefined): string {
  const options: Intl.NumberFormatOptions =
    decimals !== undefined
      ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      : significant !== undefined
        ? { minimumSignificantDigits: significant, maximumSignificantDigits: significant }
        : { maximumSignificantDigits: 4 };
  const key = `${decimals} ${significant}`;
  const known = formats.get(key) ?? new Intl.NumberFormat('en', options);
  formats.set(key, known);
  return known.format(magnitude);
}
