/** Numbers of a sum, told one at a time. */
import { formatNumber } from '@/components/plots/format';

/** Six significant digits; very small numbers as a power of ten. */
export function sixDigits(value: number): string {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -5 || !Number.isFinite(exponent)) return formatNumber(value, { significant: 6 });
  return `${formatNumber(value / 10 ** exponent, { significant: 6 })} · 10^${formatNumber(exponent)}`;
}

/** Five significant digits, for a column of a table; very small numbers as a power of ten, with three. */
export function fiveDigits(value: number): string {
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (value === 0 || exponent >= -4 || !Number.isFinite(exponent)) return formatNumber(value, { significant: 5 });
  return `${formatNumber(value / 10 ** exponent, { significant: 3 })} · 10^${formatNumber(exponent)}`;
}
