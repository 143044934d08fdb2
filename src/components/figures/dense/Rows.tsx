import { formatNumber } from '@/components/plots/format';
import { formatShare } from './shares.ts';

interface Props {
  readonly names: readonly string[];
  readonly logits: ArrayLike<number>;
  readonly shares: ArrayLike<number>;
  /** The row that is looked into. */
  readonly chosen?: number;
  /** Where a row can be chosen: a name for the group that no other has. */
  readonly group?: string;
  readonly onChoose?: (index: number) => void;
  /** What stands above the second column of bars. */
  readonly shareName?: string;
}

/** Ten answers: each with its logit as a bar from zero, and its share as a bar from the left. */
export function Rows({ names, logits, shares, chosen = -1, group, onChoose, shareName = 'probability' }: Props) {
  const known = shares.length > 0;
  const values = Array.from(logits);
  const limit = Math.max(1e-9, ...values.map(Math.abs));
  const winner = known ? Array.from(shares).indexOf(Math.max(...Array.from(shares))) : -1;
  const rows = names.map((name, index) => {
    const logit = values[index] ?? 0;
    const width = (50 * Math.abs(logit)) / limit;
    return {
      name,
      index,
      cells: (
        <>
          <span class="r-bar signed" aria-hidden="true">
            <i style={{ left: `${logit < 0 ? 50 - width : 50}%`, width: `${width}%` }} />
          </span>
          <span class="r-num" data-logit={known ? logit : undefined}>
            {known ? formatNumber(logit, { decimals: 2 }) : ''}
          </span>
          <span class="r-bar" aria-hidden="true">
            <i style={{ width: known ? `${100 * shares[index]}%` : 0 }} />
          </span>
          <span class="r-num" data-share={known ? shares[index] : undefined}>
            {known ? formatShare(shares[index]) : ''}
          </span>
        </>
      ),
    };
  });
  const classOf = (index: number) => ['r-row', index === winner && 'win', index === chosen && 'chosen'];
  const head = (
    <div class="r-row r-head" aria-hidden="true">
      <span />
      <span>logit</span>
      <span />
      <span>{shareName}</span>
      <span />
    </div>
  );
  if (!group) {
    return (
      <div class="rows">
        {head}
        <ul class="plain">
          {rows.map(({ name, index, cells }) => (
            <li key={name} class={classOf(index).filter(Boolean).join(' ')}>
              <span class="r-name">{name}</span>
              {cells}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <fieldset class="rows">
      <legend class="sr">Answer to look into</legend>
      {head}
      {rows.map(({ name, index, cells }) => (
        <label key={name} class={classOf(index).filter(Boolean).join(' ')}>
          <input type="radio" name={group} value={name} checked={index === chosen} onChange={() => onChoose?.(index)} />
          <span class="r-name">{name}</span>
          {cells}
        </label>
      ))}
    </fieldset>
  );
}
