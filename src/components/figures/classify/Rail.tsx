import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Wave } from '@/components/controls/Wave';
import { formatDimensions } from '@/components/plots/format';
import { Picture } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { open, outputOf, trail } from './cursor.ts';
import { type Entry, isSound, plainShape } from './entries.ts';
import type { Run } from './judge.ts';
import { writeAddress } from './place.ts';
import { railOf } from './rail.ts';
import { cellsOf, shadesOf, strongestChannel } from './shades.ts';

interface Props {
  readonly entries: readonly Entry[];
  readonly current: Entry | undefined;
  readonly run: Run | undefined;
}

/** The way from the sound to the answer: each stage with a thumbnail. */
export function Rail({ entries, current, run }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // On a narrow page the rail is a row that scrolls.
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && link)
      list.current.scrollLeft = link.offsetLeft - (list.current.clientWidth - link.offsetWidth) / 2;
  }, [current?.key]);
  return (
    <nav class="rail" aria-label="Stages">
      <ol ref={list}>
        {railOf(entries, current).map(({ entry, title, inner }) => (
          <li key={entry.key} class={inner ? 'inner' : undefined}>
            <a
              href={writeAddress({ stage: entry.key })}
              aria-current={entry.key === current?.key ? 'true' : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                trail.value = [];
                open(entry);
              }}
            >
              <span class={isSound(entry) ? 'thumb on-soot' : 'thumb'} aria-hidden="true">
                {run && <Thumb entry={entry} run={run} />}
              </span>
              <span>
                <b>{title}</b>
                <span class="shape">{formatDimensions(plainShape(entry.shape))}</span>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Thumb({ entry, run }: { readonly entry: Entry; readonly run: Run }) {
  const sound = isSound(entry);
  const paint = useMemo(() => {
    if (sound) return undefined;
    const { values, scale } = shadesOf(run.info.stages, entry.output, outputOf(run, entry.output));
    const cells = cellsOf(
      values,
      values.shape.length === 3 ? strongestChannel(values) : 0,
      Math.ceil(Math.sqrt(values.shape[0])),
    );
    return (raster: Parameters<typeof paintCells>[0], colours: Parameters<typeof scale>[0]) =>
      paintCells(raster, wholeOf(raster), cells, scale(colours));
  }, [entry, run]);
  return paint ? (
    <Picture label={entry.title} paint={paint} />
  ) : (
    <Wave samples={outputOf(run, entry.output).data} label={entry.title} />
  );
}
