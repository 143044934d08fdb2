/** How numbers of very different size are written on logarithmic axes. */
import { formatNumber } from '@/components/plots/format';

const raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** 4 → "10⁴"; 0, 1, 2 and 3 are written out. */
export function powerOfTen(power: number): string {
  if (power >= 0 && power <= 3) return formatNumber(10 ** power);
  return `10${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map((digit) => raised[Number(digit)]).join('')}`;
}

/** 0.000142 → "142 µs", to three digits. */
export function formatSeconds(seconds: number): string {
  const [unit, size] = [
    ['s', 1],
    ['ms', 1e-3],
    ['µs', 1e-6],
    ['ns', 1e-9],
  ].find(([, size]) => seconds >= 0.9995 * Number(size)) ?? ['ns', 1e-9];
  return formatNumber(Number((seconds / Number(size)).toPrecision(3)), { unit: String(unit) });
}
