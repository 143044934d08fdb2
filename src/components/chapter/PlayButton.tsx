import type { ComponentChildren } from 'preact';
import { play, playing, stopPlaying } from '@/reader/player';

interface Props {
  /** A name that no other sound of the page has. */
  readonly what: string;
  /** Undefined until there is something to hear. */
  readonly samples: Float32Array | undefined;
  /** Hz. */
  readonly sampleRate: number | undefined;
  /** What the button says while nothing plays: "Play". */
  readonly children: ComponentChildren;
}

/** A button that plays samples, and stops them. */
export function PlayButton({ what, samples, sampleRate, children }: Props) {
  const on = playing.value?.what === what;
  return (
    <button
      type="button"
      class="btn plain"
      disabled={!samples}
      onClick={() => (on ? stopPlaying() : samples && sampleRate && play(what, samples, sampleRate))}
    >
      {on ? 'Stop' : children}
    </button>
  );
}
