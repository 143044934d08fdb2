import { formatNumber } from '@/components/plots/format';
import { sixDigits } from '@/components/plots/sums/digits';
import type { Account } from '../cursor.ts';
import { gatesOf } from './gates.ts';

/** A step of an LSTM: four gates, each a weighted sum that is squeezed, and what they make of the memory. */
export function Gates({ account }: { readonly account: Account }) {
  const [explanation] = account.steps;
  const gates = gatesOf(explanation);
  const memory = explanation.constants?.memory ?? 0;
  const [i, f, g, o] = gates.map(({ open }) => open);
  const kept = f * memory + i * g;
  return (
    <>
      <p class="formula">o · tanh(f · memory + i · g)</p>
      <p class="formula">
        {sixDigits(o)} · tanh({sixDigits(f)} · {sixDigits(memory)} + {sixDigits(i)} · {sixDigits(g)}) = {sixDigits(o)} ·
        tanh({sixDigits(kept)}) ={' '}
        <b class="num" data-result={explanation.result}>
          {sixDigits(explanation.result)}
        </b>
      </p>
      <div class="ranked-list gates">
        <table>
          <thead>
            <tr>
              <th>gate</th>
              <th class="n">inputs × weights</th>
              <th class="n">+ bias, state</th>
              <th class="n">opens</th>
            </tr>
          </thead>
          <tbody>
            {gates.map(({ sign, name, fromInput, added, open }) => (
              <tr key={sign}>
                <td>
                  <i>{sign}</i>: {name}
                </td>
                <td class="n" data-value={fromInput}>
                  {sixDigits(fromInput)}
                </td>
                <td class="n" data-added={added}>
                  {sixDigits(added)}
                </td>
                <td class="n" data-open={open}>
                  {sixDigits(open)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="term">
        Each gate adds up {formatNumber(explanation.terms.length / 4, { decimals: 0 })} inputs × weights, its bias and
        what the state of the step before brings. The memory of that step is {sixDigits(memory)}. Gates are squeezed by
        σ(z) = 1 / (1 + e^−z), the candidate by tanh.
      </p>
    </>
  );
}
