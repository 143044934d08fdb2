import type { PanelKey } from './panels.ts';
import { type Layout, layouts, pictureName, type Snapshot, type Theme } from './snapshot.ts';

interface Props {
  readonly snapshot: Snapshot;
  readonly panel: PanelKey;
  readonly text: string;
}

/** A panel's picture made at build time, in the theme and layout that the page has without script. */
export function StillPicture({ snapshot, panel, text }: Props) {
  if (panel === 'waveform') {
    return (
      <svg class="still" viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={text}>
        <path d={snapshot.wave} />
      </svg>
    );
  }
  return (
    <picture>
      <source media="(max-width: 56rem) and (prefers-color-scheme: dark)" srcset={address(panel, 'narrow', 'dark')} />
      <source media="(max-width: 56rem)" srcset={address(panel, 'narrow', 'light')} />
      <source media="(prefers-color-scheme: dark)" srcset={address(panel, 'wide', 'dark')} />
      <img class="still" src={address(panel, 'wide', 'light')} alt={text} decoding="sync" />
    </picture>
  );
}

/** The boxes of the thread in a still picture, one for each layout. */
export function StillMarks({ snapshot, panel }: Omit<Props, 'text'>) {
  return (
    <>
      {layouts.map((layout) => {
        const mark = snapshot.marks[layout][panel];
        if (!mark) return null;
        const { left, top, right, bottom } = mark;
        const style = {
          left: `${100 * left}%`,
          top: `${100 * top}%`,
          width: `${100 * (right - left)}%`,
          height: `${100 * (bottom - top)}%`,
        };
        return <span key={layout} class={`still-mark only-${layout}`} style={style} />;
      })}
    </>
  );
}

function address(panel: PanelKey, layout: Layout, theme: Theme): string {
  return `/glance/${pictureName(panel, layout, theme)}.png`;
}
