import { formatProbability } from '@/components/plots/format';
import { sixDigits } from '@/components/plots/sums/digits';
import type { Explanation } from '@/lib/layers/explanation';
import type { Account } from '../cursor.ts';
import { Ranked } from './Ranked.tsx';

/** An answer: its logit as a sum over the units before it, and the softmax over all logits. */
export function Shares({ account }: { readonly account: Account }) {
  const softmax = account.steps[account.steps.length - 1];
  return (
    <>
      <h3>The logit of {account.run.info.classes[account.cell[0]]}</h3>
      <Ranked account={account} label="logit" />
      <h3>Softmax: what share of all it gets</h3>
      <Softmax explanation={softmax} account={account} />
    </>
  );
}

/** The largest logit is taken from all of them first, as the layer does: the shares stay the same. */
function Softmax({ explanation, account }: { readonly explanation: Explanation; readonly account: Account }) {
  const { classes } = account.run.info;
  const terms = explanation.terms.toSorted((a, b) => a.from[0] - b.from[0]);
  const largest = Math.max(...terms.map(({ value }) => value));
  const powers = terms.map(({ value }) => Math.exp(value - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return (
    <div class="softmax">
      <table>
        <thead>
          <tr>
            <th>answer</th>
            <th class="n">logit</th>
            <th class="n">exp(logit − {sixDigits(largest)})</th>
            <th class="n">share of the sum</th>
          </tr>
        </thead>
        <tbody>
          {terms.map(({ from: [index], value }, row) => (
            <tr key={index} class={index === account.cell[0] ? 'win' : ''}>
              <td>
                <i>{classes[index]}</i>
              </td>
              <td class="n" data-logit={value}>
                {sixDigits(value)}
              </td>
              <td class="n" data-power={powers[row]}>
                {sixDigits(powers[row])}
              </td>
              <td class="n">{formatProbability(powers[row] / total)}</td>
            </tr>
          ))}
          <tr class="tot">
            <td>sum</td>
            <td />
            <td class="n" data-total={total}>
              {sixDigits(total)}
            </td>
            <td class="n">100 %</td>
          </tr>
        </tbody>
      </table>
      <p class="formula">
        {sixDigits(powers[account.cell[0]])} / {sixDigits(total)} ={' '}
        <b class="num" data-share={explanation.result}>
          {sixDigits(explanation.result)}
        </b>
      </p>
    </div>
  );
}
