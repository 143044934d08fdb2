import { PlayButton } from '@/components/chapter/PlayButton';
import { useLab } from '@/components/chapter/use-lab';
import { formatNumber, formatRange } from '@/components/plots/format';
import type { Place, UnitContributions } from '@/lib/insight/contributions';

interface Props {
  readonly number: string;
  readonly votes: UnitContributions | undefined;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

const three = (value: number) => formatNumber(value, { decimals: 3 });

/** The places of the picture with the largest sums, and how they add up. */
export function UnitPlaces({ number, votes, chosen, onChoose }: Props) {
  const sound = votes?.places[chosen]?.sound;
  const { result: heard } = useLab(`${number}c`, 'soundOfField', sound && [sound.seconds, sound.hertz]);
  const listed = votes?.places.reduce((total, { sum }) => total + sum, 0) ?? 0;
  return (
    <div>
      <table class="d-table">
        <thead>
          <tr>
            <th>part of the sound</th>
            <th class="n">says</th>
          </tr>
        </thead>
        <tbody>
          {votes?.places.map(({ sound: { seconds, hertz }, sum }, index) => (
            <tr key={index} class={index === chosen ? 'chosen' : ''}>
              <td>
                <button type="button" class="link" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
                  {formatRange(seconds[0], seconds[1], { decimals: 2, unit: 's' })},{' '}
                  {formatRange(hertz[0] / 1000, hertz[1] / 1000, { decimals: 1, unit: 'kHz' })}
                </button>
              </td>
              <td class="n" data-place={sum}>
                {three(sum)}
              </td>
            </tr>
          ))}
          {votes && (
            <>
              <tr>
                <td>the other places</td>
                <td class="n">{three(votes.result - votes.bias - listed)}</td>
              </tr>
              <tr>
                <td>bias</td>
                <td class="n" data-bias={votes.bias}>
                  {three(votes.bias)}
                </td>
              </tr>
              <tr class="tot">
                <td>sum</td>
                <td class="n">{three(votes.result)}</td>
              </tr>
            </>
          )}
        </tbody>
      </table>
      <PlayButton what={`${number}-place`} samples={heard?.samples} sampleRate={heard?.sampleRate}>
        Play this part
      </PlayButton>
    </div>
  );
}

/** The largest products of one place. */
export function PlaceTerms({ place }: { readonly place: Place | undefined }) {
  const shown = place?.contributions.slice(0, 8) ?? [];
  const left = place ? place.sum - shown.reduce((total, { product }) => total + product, 0) : 0;
  return (
    <table class="d-table d-terms">
      <thead>
        <tr>
          <th class="n">index</th>
          <th class="n">value</th>
          <th class="n">× weight</th>
          <th class="n">= product</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ from: [index], value, weight, product }) => (
          <tr key={index} data-index={index}>
            <td class="n">{formatNumber(index, { decimals: 0 })}</td>
            <td class="n" data-value={value}>
              {three(value)}
            </td>
            <td class="n" data-weight={weight}>
              {three(weight)}
            </td>
            <td class="n" data-product={product}>
              {three(product)}
            </td>
          </tr>
        ))}
        {place && (
          <>
            <tr>
              <td colSpan={3}>the other {place.contributions.length - shown.length} channels</td>
              <td class="n">{three(left)}</td>
            </tr>
            <tr class="tot">
              <td colSpan={3}>this part says</td>
              <td class="n">{three(place.sum)}</td>
            </tr>
          </>
        )}
      </tbody>
    </table>
  );
}
