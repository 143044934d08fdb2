/**
 * Lays out what the first paint left folded (chapter.css says what that is): from the first sign of the reader's hand
 * on, piece by piece while nothing else is to be done, since a whole chapter at once would hold the page up. A piece
 * that comes near the window before its turn is laid out by the browser itself.
 */
import { effect } from '@preact/signals';
import { handSeen, watchForHand } from '@/reader/hand';

/** Pieces are laid out in goes of so many milliseconds. */
const share = 6;

const page = document.documentElement;
const whenIdle = (go: () => void) =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(go) : setTimeout(go, share);

function unfold(): void {
  const pieces = [
    ...document.querySelectorAll<HTMLElement>('.chapter > *, .chapter > .row > *, .chapter .figure > .plate'),
  ];
  let next = 0;
  const go = () => {
    const end = performance.now() + share;
    while (next < pieces.length && performance.now() < end) {
      const piece = pieces[next++];
      piece.style.contentVisibility = 'visible';
      piece.getBoundingClientRect();
    }
    if (next < pieces.length) whenIdle(go);
    else page.dataset.unfolded = '';
  };
  whenIdle(go);
}

if ('folded' in page.dataset) {
  watchForHand();
  effect(() => {
    if (handSeen.value) unfold();
  });
}
