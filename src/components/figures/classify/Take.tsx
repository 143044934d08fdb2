import { useRef } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { Axis } from '@/components/plots/Axis';
import { formatNumber, formatRange } from '@/components/plots/format';
import type { Clip } from '@/reader/clip';
import { play, playing, stopPlaying } from '@/reader/player';
import { framed, moveFrame } from './frame.ts';
import { chosen } from './model.ts';
import { startByKey, tileByKey, within } from './second.ts';

/** The clip's wave, with the second that is judged in a frame that can be moved. */
export function Take({ clip }: { readonly clip: Clip | undefined }) {
  const model = chosen.value;
  if (!clip || !model) return <div class="take" />;
  const { samples, sampleRate, name } = clip;
  const { start, bounds, tiles, seconds: judged } = framed(clip, model);
  const seconds = samples.length / sampleRate;
  const what = judged === 1 && tiles.length === 1 ? 'second' : tiles.length === 1 ? 'part' : 'tile';
  // Of a clip shorter than what is judged, the silence around it is shown too.
  const from = Math.min(0, start);
  const length = Math.max(seconds, judged);
  const share = (second: number) => `${(100 * (second - from)) / length}%`;
  const move = (next: number) => moveFrame(clip, model, within(next, bounds));
  const frame = { left: share(start), width: `${(100 * judged) / length}%` };
  return (
    <div class="take">
      <TakeArea start={start} judged={judged} from={from} length={length} movable={bounds[1] > bounds[0]} move={move}>
        <div class="take-wave" style={{ left: share(0), width: `${(100 * seconds) / length}%` }}>
          <Wave samples={samples} label={`Waveform of ${name}, ${formatNumber(seconds, { decimals: 2, unit: 's' })}`} />
        </div>
        {bounds[1] > bounds[0] ? (
          <div
            class="second"
            role="slider"
            tabIndex={0}
            aria-label={what === 'tile' ? 'The tile to look at' : `The ${what} to judge`}
            aria-valuemin={bounds[0]}
            aria-valuemax={bounds[1]}
            aria-valuenow={start}
            aria-valuetext={formatRange(start, start + judged, { decimals: 2, unit: 's' })}
            style={frame}
            onKeyDown={(event) => {
              if (event.ctrlKey || event.altKey || event.metaKey) return;
              const next = tiles.length > 1 ? tileByKey(event.key, start, tiles) : startByKey(event, start, bounds);
              if (next === undefined) return;
              event.preventDefault();
              moveFrame(clip, model, next);
            }}
          >
            <span class="h l" />
            <span class="h r" />
          </div>
        ) : (
          <div class="second still" style={frame} />
        )}
        <Playhead clip={clip} start={start} share={share} />
      </TakeArea>
      <Axis
        side="bottom"
        unit="s"
        scale={{ count: 1, first: from + length / 2, step: length }}
        wanted={Math.min(8, Math.max(4, length))}
      />
      <p class="take-tools">
        {tiles.length > 1 && (
          <span>
            Tile {tiles.indexOf(start) + 1} of {tiles.length} is open; the answer is the mean over all.
          </span>
        )}
        {bounds[1] > bounds[0] && tiles.length === 1 && (
          <label>
            <span>Judged from</span>
            <input
              type="number"
              min={bounds[0]}
              max={bounds[1]}
              step="0.01"
              value={start.toFixed(2)}
              onChange={({ currentTarget }) => {
                const { valueAsNumber } = currentTarget;
                if (Number.isFinite(valueAsNumber)) move(valueAsNumber);
                else currentTarget.value = start.toFixed(2);
              }}
            />
            <span>s</span>
          </label>
        )}
        <PlayPart clip={clip} start={start} seconds={judged} what={what} />
      </p>
    </div>
  );
}

interface AreaProps {
  readonly start: number;
  /** How much is judged, seconds. */
  readonly judged: number;
  readonly from: number;
  readonly length: number;
  readonly movable: boolean;
  readonly move: (start: number) => void;
  readonly children: preact.ComponentChildren;
}

/** Pressed beside the frame, its middle comes there; pressed in it, it is taken along. */
function TakeArea({ start, judged, from, length, movable, move, children }: AreaProps) {
  const grip = useRef<number>();
  const secondAt = (area: HTMLElement, x: number) => {
    const { left, width } = area.getBoundingClientRect();
    return from + ((x - left) / width) * length;
  };
  return (
    <div
      class={movable ? 'take-area movable' : 'take-area'}
      onPointerDown={(event) => {
        if (!movable || event.button !== 0) return;
        const { currentTarget, clientX, pointerId } = event;
        const second = secondAt(currentTarget, clientX);
        const onHandle = event.target instanceof Element && event.target.closest('.second') !== null;
        const inside = second >= start && second <= start + judged;
        grip.current = onHandle || inside ? second - start : judged / 2;
        currentTarget.setPointerCapture(pointerId);
        if (!onHandle && !inside) move(second - grip.current);
      }}
      onPointerMove={({ currentTarget, clientX }) => {
        if (grip.current !== undefined) move(secondAt(currentTarget, clientX) - grip.current);
      }}
      onLostPointerCapture={() => {
        grip.current = undefined;
      }}
    >
      {children}
    </div>
  );
}

interface PlayheadProps {
  readonly clip: Clip;
  readonly start: number;
  readonly share: (second: number) => string;
}

function Playhead({ clip, start, share }: PlayheadProps) {
  const now = playing.value;
  if (!now || (now.what !== clip.id && now.what !== partOf(clip))) return null;
  return (
    <span class="take-head" style={{ left: share(now.what === clip.id ? now.at : Math.max(0, start) + now.at) }} />
  );
}

interface PlayProps {
  readonly clip: Clip;
  readonly start: number;
  readonly seconds: number;
  /** "second" */
  readonly what: string;
}

function PlayPart({ clip, start, seconds, what }: PlayProps) {
  const { samples, sampleRate } = clip;
  const on = playing.value?.what === partOf(clip);
  const first = Math.max(0, Math.round(start * sampleRate));
  return (
    <button
      type="button"
      class="link"
      onClick={() =>
        on
          ? stopPlaying()
          : play(partOf(clip), samples.subarray(first, first + Math.round(seconds * sampleRate)), sampleRate)
      }
    >
      {on ? 'Stop' : `Play this ${what}`}
    </button>
  );
}

/** The name by which the player tells the judged part from the whole clip. */
function partOf({ id }: Clip): string {
  return `${id} part`;
}
