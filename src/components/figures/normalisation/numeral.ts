import { formatNumber } from '@/components/plots/format';

/** Four significant digits; what is smaller than a thousandth as a power of ten, with three: "1.1·10⁻⁴". */
export function numeral(value: number): string {
  if (value === 0 || !Number.isFinite(value) || Math.abs(value) >= 1e-3) return formatNumber(value);
  const [digits, power] = value.toExponential(2).split('e');
  const factor = Number(digits);
  return `${factor === 1 ? '' : `${formatNumber(factor)}·`}10${superscript(power)}`;
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(digits: string): string {
  return digits.replace(/./g, (sign) => (sign === '-' ? '⁻' : raised[Number(sign)]));
}
