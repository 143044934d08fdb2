import './steps.css';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { NumberParameter, Parameters } from '@/lib/parameters';
import { answers } from './answers.ts';
import { formatShare, largest, reluShares, sharesOf } from './shares.ts';

interface Three {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly relu: boolean;
}

const logit = (label: string, value: number): NumberParameter => ({
  kind: 'number',
  label,
  help: 'From −30 to 30.',
  min: -30,
  max: 30,
  step: 0.1,
  default: value,
});

const schema: Parameters<Three> = {
  first: logit('first logit', 2),
  second: logit('second logit', 1),
  third: logit('third logit', -1),
  relu: {
    kind: 'switch',
    label: 'end in ReLU instead',
    help: 'Adds what a network without softmax would give: negative sums cut off, then divided by their sum.',
    default: false,
  },
};

const names = ['first', 'second', 'third'] as const;

/** Softmax of three numbers, every step in a column of its own. */
export default function ByHand({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { result: judged } = useLab(number, 'judged', []);
  const { config } = settings;
  const logits = names.map((name) => config[name]);
  const top = judged ? largest(judged.logits, names.length) : [];
  const takeMine = () => {
    if (!judged) return;
    const [first, second, third] = top.map((index) => Number(judged.logits[index].toFixed(2)));
    settings.take({ first, second, third });
  };
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} />
          <p>
            <button type="button" class="link" disabled={!judged} onClick={takeMine}>
              Take my clip’s three largest
            </button>
            {/* The line is there before the answers are, so that nothing moves when they come. */}
            <span class="help">{top.map((index) => answers[index]).join(', ') || '\u00a0'}</span>
          </p>
        </>
      }
      plate={<Steps logits={logits} relu={config.relu} />}
    />
  );
}

function Steps({ logits, relu }: { readonly logits: readonly number[]; readonly relu: boolean }) {
  const most = Math.max(...logits);
  const powers = logits.map((value) => Math.exp(value - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const shares = sharesOf(logits);
  const cut = reluShares(logits);
  const lit = (symbol: string) => `n${isLit('8.3', symbol) ? ' lit' : ''}`;
  const four = (value: number) => formatNumber(value, { decimals: 4 });
  const two = (value: number) => formatNumber(value, { decimals: 2 });
  return (
    <section class="d-scroll" tabIndex={0} aria-label="Softmax of three numbers, step by step">
      <table class={`d-table d-steps${relu ? ' with-relu' : ''}`}>
        <thead>
          <tr>
            <th class="n">logit</th>
            <th class="n">less the largest</th>
            <th class="n">exp of that</th>
            <th class="n">÷ the sum</th>
            <th>share</th>
            {relu && <th class="n">by ReLU</th>}
          </tr>
        </thead>
        <tbody>
          {logits.map((value, k) => (
            <tr key={names[k]}>
              <td class={lit('z')} data-logit={value}>
                {two(value)}
              </td>
              <td class="n">{two(value - most)}</td>
              <td class={lit('e')} data-power={powers[k]}>
                {four(powers[k])}
              </td>
              <td class={lit('p')} data-share={shares[k]}>
                {formatShare(shares[k])}
              </td>
              <td class="d-bar">
                <i style={{ width: `${100 * shares[k]}%` }} />
              </td>
              {relu && (
                <td class="n" data-relu={cut[k]}>
                  {Number.isFinite(cut[k]) ? formatNumber(100 * cut[k], { decimals: 1, unit: '%' }) : '0 / 0'}
                </td>
              )}
            </tr>
          ))}
          <tr class="tot">
            <td />
            <td>sum</td>
            <td class={lit('sum')} data-total={total}>
              {four(total)}
            </td>
            <td class="n">100 %</td>
            <td />
            {relu && <td class="n">{Number.isFinite(cut[0]) ? '100 %' : 'no answer'}</td>}
          </tr>
        </tbody>
      </table>
    </section>
  );
}
