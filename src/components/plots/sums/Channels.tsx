import './sums.css';
import { useId, useRef } from 'preact/hooks';
import { colourOf, cssColour, inkOn, signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { itemByKey } from '@/components/plots/moving';
import { palette } from '@/components/plots/palette';
import { useMedia } from '@/components/plots/use-media';
import { type ChannelSum, decimalsOf } from './parts.ts';

interface Props {
  readonly channels: readonly ChannelSum[];
  readonly shown: number;
  readonly source: string;
  readonly onChoose: (channel: number) => void;
}

/** What each input map adds to the sum; one of them is shown term by term. */
export function Channels({ channels, shown, source, onChoose }: Props) {
  const narrow = useMedia('(max-width: 56rem)');
  const group = useRef<HTMLDivElement>(null);
  const id = useId();
  const columns = narrow ? 6 : 16;
  const sums = channels.map(({ sum }) => sum);
  const decimals = decimalsOf(sums);
  const limit = 1.15 * Math.max(...sums.map(Math.abs));
  const colours = palette.value;
  return (
    <div class="channels">
      <small id={id}>
        what each map of {source} adds to the sum: choose one to see its {channels[0].parts.length} terms
      </small>
      <div
        role="radiogroup"
        aria-labelledby={id}
        ref={group}
        style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
        onKeyDown={(event) => {
          const at = channels.findIndex(({ channel }) => channel === shown);
          const next = itemByKey(event.key, at, channels.length, columns);
          if (next === undefined) return;
          event.preventDefault();
          onChoose(channels[next].channel);
          (group.current?.children[next] as HTMLElement | undefined)?.focus();
        }}
      >
        {channels.map(({ channel, sum }) => {
          const background = colours && colourOf(sum, signedScale(colours.diverging, limit));
          const text = sum === 0 ? '0' : formatNumber(sum, { decimals });
          return (
            // biome-ignore lint/a11y/useSemanticElements: the sums stand in a grid as the maps do
            <button
              key={channel}
              type="button"
              role="radio"
              aria-checked={channel === shown}
              aria-label={`map ${channel}: ${text}`}
              tabIndex={channel === shown ? 0 : -1}
              data-value={sum}
              style={background && { background: cssColour(background), color: inkOn(background) }}
              onClick={() => onChoose(channel)}
            >
              {text}
            </button>
          );
        })}
      </div>
    </div>
  );
}
