import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { isLit } from '@/components/chapter/lit';
import { mapAt } from '@/components/plots/map-grid';
import { cellAtPoint } from '@/components/plots/moving';
import { pointing } from '@/components/plots/pointing';
import { offsetOf, type Tensor } from '@/lib/tensor';
import { CellHandle } from './CellHandle.tsx';
import { pooledShape } from './flatten-look.ts';
import { mapColumns as columns, paintAllMaps, paintPlane } from './paint.ts';

interface Props {
  readonly pooled: Tensor | undefined;
  readonly limit: number;
  /** [time, frequency, channel]. */
  readonly cell: readonly [number, number, number];
  readonly onChoose: (index: number) => void;
}

const [times, frequencies, channels] = pooledShape;

/** The 64 maps, and the chosen one of them large. */
export function FlattenMaps({ pooled, limit, cell, onChoose }: Props) {
  const [time, frequency, channel] = cell;
  const all = useMemo(() => pooled && paintAllMaps(pooled, limit), [pooled, limit]);
  const one = useMemo(() => pooled && paintPlane(pooled, limit, channel), [pooled, limit, channel]);
  const to = (i: number, j: number, c: number) => onChoose(offsetOf(pooledShape, [i, j, c]));
  const share = (count: number) => `${100 / count}%`;
  const row = Math.floor(channel / columns);
  return (
    <div class="d-maps">
      <div>
        <p class="d-head">64 maps of 14 × 14</p>
        <div
          class="pic d-map touchable"
          {...pointing((x, y) =>
            to(time, frequency, mapAt({ width: 1, height: 1, columns, count: channels, gap: 0, line: 0 }, x, y)),
          )}
        >
          <LivePicture
            still="dense-maps"
            themed
            label="The 64 maps that max-pooling gives, one a channel"
            paint={all}
          />
          <span
            class={`d-box${isLit('8.1', 'c') ? ' lit' : ''}`}
            style={{
              left: `${(100 * (channel % columns)) / columns}%`,
              top: `${(100 * row) / (channels / columns)}%`,
              width: share(columns),
              height: share(channels / columns),
            }}
          />
        </div>
      </div>
      <div>
        <p class="d-head">Map {channel}</p>
        <div
          class="pic d-map touchable"
          {...pointing((x, y) => {
            const [i, j] = cellAtPoint(x, y, [0, 0, channel], [...pooledShape], 1);
            to(i, j, channel);
          })}
        >
          <LivePicture still="dense-map" themed label={`Map ${channel}, 14 moments by 14 bands`} paint={one} />
          {isLit('8.1', 'i') && (
            <span
              class="d-box lit"
              style={{ left: `${(100 * time) / times}%`, top: 0, width: share(times), height: '100%' }}
            />
          )}
          {isLit('8.1', 'j') && (
            <span
              class="d-box lit"
              style={{
                left: 0,
                top: `${100 - (100 * (frequency + 1)) / frequencies}%`,
                width: '100%',
                height: share(frequencies),
              }}
            />
          )}
          <CellHandle
            label="Cell of the map"
            cell={[time, frequency]}
            shape={[times, frequencies]}
            text={`moment ${time}, band ${frequency}, channel ${channel}`}
            onMove={([i, j]) => to(i, j, channel)}
          />
        </div>
      </div>
      <p class="d-key">In each map time runs to the right (i) and frequency up (j).</p>
    </div>
  );
}
