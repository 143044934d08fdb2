import { useRef } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import { itemByKey } from '@/components/plots/moving';
import type { Coordinates } from '@/lib/dsp/interpolate';
import type { Strip } from './strips.ts';

interface Props {
  readonly strip: Strip;
  readonly coordinates: Coordinates;
  readonly chosen: number;
  /** How far the row of any convention reaches beyond the middle of the first or last old cell. */
  readonly reach: number;
  /** Which symbols of the formula are pointed at. */
  readonly lit: { readonly old: boolean; readonly made: boolean; readonly chosen: boolean; readonly place: boolean };
  readonly onChoose: (cell: number) => void;
}

export const coordinateNames: readonly Coordinates[] = ['half-pixel', 'align-corners', 'asymmetric'];

const meets: Readonly<Record<Coordinates, string>> = {
  'half-pixel': 'the outer edges meet',
  'align-corners': 'the outermost middles meet',
  asymmetric: 'the first middles meet',
};

/** The old cells of a row and, laid under them where they read, the new ones. */
export function StripRow({ strip, coordinates, chosen, reach, lit, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { row, cells, step } = strip;
  const width = row.length - 1 + 2 * reach;
  const left = (place: number) => `${(100 * (place + reach)) / width}%`;
  const across = (length: number) => `${(100 * length) / width}%`;
  const { place, value, terms } = cells[Math.min(chosen, cells.length - 1)];
  return (
    <section class="strip" aria-label={coordinates}>
      <h3>
        {coordinates} <span>{meets[coordinates]}</span>
      </h3>
      <div class="strip-cells" data-coordinates={coordinates}>
        {row.map((number, index) => (
          <span
            key={index}
            class={`old${lit.old ? ' lit' : ''}`}
            style={{ left: left(index - 0.5), width: across(1) }}
            data-value={number}
          >
            {formatNumber(number)}
          </span>
        ))}
        <div ref={list} role="radiogroup" aria-label={`New cells, ${coordinates}`}>
          {cells.map((one, index) => (
            // biome-ignore lint/a11y/useSemanticElements: a drawn cell, placed where it reads
            <button
              key={index}
              type="button"
              role="radio"
              aria-checked={index === chosen}
              aria-label={`cell ${index}: place ${digits(one.place)}, value ${digits(one.value)}`}
              tabIndex={index === chosen ? 0 : -1}
              class={`new${lit.made || (lit.chosen && index === chosen) ? ' lit' : ''}`}
              style={{ left: left(one.place - step / 2), width: across(step) }}
              data-place={one.place}
              data-value={one.value}
              onClick={() => onChoose(index)}
              onKeyDown={(event) => {
                const next = itemByKey(event.key, index, cells.length, 1);
                if (next === undefined) return;
                event.preventDefault();
                onChoose(next);
                list.current?.querySelectorAll('button')[next]?.focus();
              }}
            >
              {digits(one.value)}
            </button>
          ))}
        </div>
        {cells.map((one, index) => (
          <i
            key={index}
            class={`spot${lit.place || index === chosen ? ' lit' : ''}`}
            style={{ left: left(one.place) }}
            aria-hidden="true"
          />
        ))}
      </div>
      <p aria-live="polite">
        p({chosen}) = {placeWords(coordinates, chosen, row.length, cells.length)} = <b>{digits(place)}</b>. Value:{' '}
        {terms.map((term, index) => (
          <span key={index} data-weight={term.weight} data-value={term.value}>
            {index > 0 && ' + '}
            {digits(term.weight)} × {formatNumber(term.value)}
          </span>
        ))}{' '}
        = <b>{digits(value)}</b>
      </p>
    </section>
  );
}

/** At most three decimals, without zeros at the end. */
const digits = (value: number) => formatNumber(Math.round(1000 * value) / 1000);

function placeWords(coordinates: Coordinates, o: number, n: number, m: number): string {
  if (coordinates === 'half-pixel') return `(${o} + ½) · ${n}/${m} − ½`;
  if (coordinates === 'asymmetric') return `${o} · ${n}/${m}`;
  return m > 1 ? `${o} · (${n} − 1)/(${m} − 1)` : 'the first, since there is one alone:';
}
