import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { isLit } from '@/components/chapter/lit';
import { formatNumber } from '@/components/plots/format';
import { cellAtPoint } from '@/components/plots/moving';
import { pointing } from '@/components/plots/pointing';
import { CellHandle } from './CellHandle.tsx';
import { pooledShape, rowLength } from './flatten-look.ts';
import { paintRow } from './paint.ts';

interface Props {
  readonly data: Float32Array | undefined;
  readonly limit: number;
  readonly index: number;
  /** How many numbers are in the row so far. */
  readonly laid: number;
  readonly onChoose: (index: number) => void;
}

const [, width, channels] = pooledShape;
/** The numbers of one moment: the row is broken after so many. */
const perMoment = width * channels;

const whole = (value: number) => formatNumber(value, { decimals: 0 });

/** The row of 12,544 numbers, broken into one line a moment. */
export function FlattenRow({ data, limit, index, laid, onChoose }: Props) {
  const paint = useMemo(() => data && paintRow(data, perMoment, limit, laid), [data, limit, laid]);
  return (
    <div>
      <p class="d-head">The row, broken after every 896 numbers</p>
      <div
        class="pic d-row touchable"
        {...pointing((x, y) => onChoose(cellAtPoint(x, y, [0], [rowLength], perMoment)[0]))}
      >
        <LivePicture
          still="dense-row"
          themed
          label={`The row of 12,544 numbers, ${whole(laid)} of them laid out`}
          paint={paint}
        />
        {isLit('8.1', 'W') && (
          <span class="d-box lit" style={{ left: 0, top: 0, width: '100%', height: '7.142857%' }} />
        )}
        {isLit('8.1', 'C') && (
          <span class="d-box lit" style={{ left: 0, top: 0, width: '7.142857%', height: '7.142857%' }} />
        )}
        <CellHandle
          label="Place in the row"
          cell={[index]}
          shape={[rowLength]}
          columns={perMoment}
          text={`index ${whole(index)}`}
          onMove={([to]) => onChoose(to)}
        />
      </div>
    </div>
  );
}

/** A few numbers of the row around the chosen one. */
export function Neighbours({ data, index, laid, onChoose }: Props) {
  const reach = 3;
  const first = Math.min(Math.max(index - reach, 0), rowLength - 2 * reach - 1);
  return (
    <ol class="d-run plain" aria-label="Numbers of the row around the chosen one">
      {Array.from({ length: 2 * reach + 1 }, (_, k) => first + k).map((n) => (
        <li key={n}>
          <button type="button" aria-pressed={n === index} onClick={() => onChoose(n)}>
            <span>{whole(n)}</span>
            <b data-index={n} data-value={data?.[n]}>
              {data && n < laid ? formatNumber(data[n], { decimals: 3 }) : '–'}
            </b>
          </button>
        </li>
      ))}
    </ol>
  );
}

interface TextProps {
  readonly cell: readonly [number, number, number];
  readonly index: number;
  readonly value: number | undefined;
}

/** The arithmetic, there and back. */
export function IndexText({ cell: [i, j, c], index, value }: TextProps) {
  const lit = (symbol: string) => (isLit('8.1', symbol) ? 'lit' : '');
  return (
    <p class="d-arithmetic" aria-live="polite">
      <span>
        Cell [{i}, {j}, {c}] → <b class={lit('i')}>{i}</b> · <b class={lit('W')}>14</b> · <b class={lit('C')}>64</b> +{' '}
        <b class={lit('j')}>{j}</b> · <b class={lit('C')}>64</b> + <b class={lit('c')}>{c}</b> = {whole(i * perMoment)}{' '}
        + {whole(j * channels)} + {c} ={' '}
        <b class={lit('n')} data-index={index}>
          {whole(index)}
        </b>
        {value !== undefined && (
          <>
            , where <b data-value={value}>{formatNumber(value, { decimals: 4 })}</b> stands
          </>
        )}
        .
      </span>
      <span>
        Back: {whole(index)} = {i} · 896 + {whole(index - i * perMoment)}, and {whole(index - i * perMoment)} = {j} · 64
        + {c}.
      </span>
    </p>
  );
}
