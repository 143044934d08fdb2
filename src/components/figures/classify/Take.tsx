import { useRef } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { Axis } from '@/components/plots/Axis';
import { formatNumber, formatRange } from '@/components/plots/format';
import type { Clip } from '@/reader/clip';
import { judgedSeconds, startBounds } from '@/reader/make-clip';
import { play, playing, stopPlaying } from '@/reader/player';
import { judgeFrom } from '@/reader/store';
import { startByKey, within } from './second.ts';

/** The clip's wave, with the second that is judged in a frame that can be moved. */
export function Take({ clip }: { readonly clip: Clip | undefined }) {
  if (!clip) return <div class="take" />;
  const { samples, sampleRate, start, name } = clip;
  const seconds = samples.length / sampleRate;
  const bounds = startBounds(samples.length, sampleRate);
  // Of a clip shorter than a second, the silence around it is shown too.
  const from = Math.min(0, start);
  const length = Math.max(seconds, judgedSeconds);
  const share = (second: number) => `${(100 * (second - from)) / length}%`;
  const move = (next: number) => void judgeFrom(within(next, bounds));
  const frame = { left: share(start), width: `${(100 * judgedSeconds) / length}%` };
  return (
    <div class="take">
      <TakeArea start={start} from={from} length={length} movable={bounds[1] > bounds[0]} move={move}>
        <div class="take-wave" style={{ left: share(0), width: `${(100 * seconds) / length}%` }}>
          <Wave samples={samples} label={`Waveform of ${name}, ${formatNumber(seconds, { decimals: 2, unit: 's' })}`} />
        </div>
        {bounds[1] > bounds[0] ? (
          <div
            class="second"
            role="slider"
            tabIndex={0}
            aria-label="The second to judge"
            aria-valuemin={bounds[0]}
            aria-valuemax={bounds[1]}
            aria-valuenow={start}
            aria-valuetext={formatRange(start, start + judgedSeconds, { decimals: 2, unit: 's' })}
            style={frame}
            onKeyDown={(event) => {
              const next =
                event.ctrlKey || event.altKey || event.metaKey ? undefined : startByKey(event, start, bounds);
              if (next === undefined) return;
              event.preventDefault();
              void judgeFrom(next);
            }}
          >
            <span class="h l" />
            <span class="h r" />
          </div>
        ) : (
          <div class="second still" style={frame} />
        )}
        <Playhead clip={clip} share={share} />
      </TakeArea>
      <Axis
        side="bottom"
        unit="s"
        scale={{ count: 1, first: from + length / 2, step: length }}
        wanted={Math.min(8, Math.max(4, length))}
      />
      <p class="take-tools">
        {bounds[1] > bounds[0] && (
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
        <PlaySecond clip={clip} />
      </p>
    </div>
  );
}

interface AreaProps {
  readonly start: number;
  readonly from: number;
  readonly length: number;
  readonly movable: boolean;
  readonly move: (start: number) => void;
  readonly children: preact.ComponentChildren;
}

/** Pressed beside the frame, its middle comes there; pressed in it, it is taken along. */
function TakeArea({ start, from, length, movable, move, children }: AreaProps) {
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
        const inside = second >= start && second <= start + judgedSeconds;
        grip.current = onHandle || inside ? second - start : judgedSeconds / 2;
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

function Playhead({ clip, share }: { readonly clip: Clip; readonly share: (second: number) => string }) {
  const now = playing.value;
  if (!now || (now.what !== clip.id && now.what !== secondOf(clip))) return null;
  return (
    <span class="take-head" style={{ left: share(now.what === clip.id ? now.at : Math.max(0, clip.start) + now.at) }} />
  );
}

function PlaySecond({ clip }: { readonly clip: Clip }) {
  const { samples, sampleRate, start } = clip;
  const on = playing.value?.what === secondOf(clip);
  const first = Math.max(0, Math.round(start * sampleRate));
  return (
    <button
      type="button"
      class="link"
      onClick={() =>
        on
          ? stopPlaying()
          : play(secondOf(clip), samples.subarray(first, first + Math.round(judgedSeconds * sampleRate)), sampleRate)
      }
    >
      {on ? 'Stop' : 'Play this second'}
    </button>
  );
}

/** The name by which the player tells the judged second from the whole clip. */
function secondOf({ id }: Clip): string {
  return `${id} second`;
}
