import type { Place } from './geometry.ts';

interface Props {
  readonly title: string;
  /** The box that the thread marks in this picture, and the picture itself, in the figure's CSS pixels. */
  readonly box: Place;
  readonly picture: Place;
  /** Number of the marked cell among all, for those who cannot see where it stands. */
  readonly index: number;
  readonly count: number;
  /** The marked cell in words. */
  readonly text: string;
  /** Hears a key; says whether it took it. */
  readonly onKey: (key: string) => boolean;
}

/** The thread's mark in one picture as something that the keyboard can take hold of and move. */
export function Handle({ title, box, picture, index, count, text, onKey }: Props) {
  return (
    <span
      class="handle"
      role="slider"
      tabIndex={0}
      aria-label={`${title}: the thread's cell`}
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={index}
      aria-valuetext={text}
      style={{
        left: `${box.x - picture.x}px`,
        top: `${box.y - picture.y}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      }}
      onKeyDown={(event) => {
        if (!event.ctrlKey && !event.altKey && !event.metaKey && onKey(event.key)) event.preventDefault();
      }}
    />
  );
}
