import { formatNumber } from '@/components/plots/format';
import type { Explanation, Term } from '@/lib/layers/explanation';

interface Props {
  readonly explanation: Explanation;
  /** The frequency of a bin, Hz. */
  readonly hertz: (bin: number) => number;
}

/** So many terms are listed; the smaller ones beyond are added up in one line. */
const listed = 12;

const productOf = ({ weight = 1, value }: Term) => weight * value;

/** One band as the sum that makes it: weight times power, bin by bin. */
export function WeightedSum({ explanation: { terms, result }, hertz }: Props) {
  const leading = terms.toSorted((a, b) => productOf(b) - productOf(a)).slice(0, listed);
  const shown = terms.filter((term) => leading.includes(term));
  const rest = terms.filter((term) => !leading.includes(term));
  const n = (value: number, significant = 4) => formatNumber(value, { significant });
  return (
    <section class="m-sum" tabIndex={0} aria-label="The sum behind the cell">
      <table>
        <thead>
          <tr>
            <th scope="col">bin</th>
            <th scope="col">frequency</th>
            <th scope="col">weight</th>
            <th scope="col">power</th>
            <th scope="col">product</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((term) => (
            <tr key={term.from[1]} data-bin={term.from[1]} data-weight={term.weight} data-value={term.value}>
              <td>{term.from[1]}</td>
              <td>{formatNumber(hertz(term.from[1]), { decimals: 0, unit: 'Hz' })}</td>
              <td>{n(term.weight ?? 1, 3)}</td>
              <td>{small(term.value)}</td>
              <td>{small(productOf(term))}</td>
            </tr>
          ))}
          {rest.length > 0 && (
            <tr data-rest={rest.reduce((sum, term) => sum + productOf(term), 0)}>
              <td colSpan={4}>
                {rest.length} smaller {rest.length === 1 ? 'term' : 'terms'}
              </td>
              <td>{small(rest.reduce((sum, term) => sum + productOf(term), 0))}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr data-result={result}>
            <td colSpan={4}>
              {terms.length === 0 ? 'no bin lies inside this filter' : 'the sum: the energy of the band'}
            </td>
            <td>{small(result)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** Powers run over many decades: four digits, or a power of ten below a thousandth. */
function small(value: number) {
  if (value === 0 || Math.abs(value) >= 0.001) return formatNumber(value, { significant: 4 });
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  return (
    <>
      {formatNumber(value / 10 ** exponent, { decimals: 2 })} × 10<sup>{formatNumber(exponent)}</sup>
    </>
  );
}
